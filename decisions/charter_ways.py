"""The choices of the form "How we decide", each with the rule that it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from .enums import Kind
from .rule import Authority, Method, Quorum, Rule, Share
from .words import METHOD_MEANS, METHOD_WORDS

FALLBACK = "consensus_then_two_thirds"


@dataclass(frozen=True)
class Way:
    """A choice of the form: its name, what it means, and its rule with the usual terms."""

    name: Any
    means: Any
    rule: Rule


WAYS: dict[str, Way] = {
    FALLBACK: Way(
        gettext_lazy("Consensus; at a later meeting two thirds"),
        gettext_lazy(
            "It is adopted when every seat can live with it; where that is not reached, two thirds decide at "
            "the second meeting, or from the one that you name under “More about the count”."
        ),
        Rule(Method.CONSENSUS, fallback=Method.TWO_THIRDS),
    ),
    **{method: Way(METHOD_WORDS[method], METHOD_MEANS[method], Rule(method)) for method in Method},
}
OFTEN = (FALLBACK, Method.CONSENT, Method.MAJORITY, Method.TWO_THIRDS, Method.LEADER)
MORE = tuple(code for code in WAYS if code not in OFTEN)
"""The methods on the form, and those behind "More ways to decide"."""
QUORUMS = {
    "half": Quorum(1, 2, sectors=0),
    "two_thirds": Quorum(2, 3, more_than=False, sectors=0),
    "all": Quorum(1, 1, more_than=False, sectors=0),
}
SHARES = {"3/5": Share(3, 5), "3/4": Share(3, 4), "4/5": Share(4, 5), "9/10": Share(9, 10)}
BY_KIND = [kind for kind in Kind if kind is not Kind.EVERYDAY]
USUAL = {
    Kind.MEMBERS: (Method.MAJORITY, ""),
    Kind.MONEY: (Method.TWO_THIRDS, Authority.SUPERINTENDENT),
    Kind.SHARING: (FALLBACK, Authority.SUPERINTENDENT),
}
"""What the form proposes for single kinds: the method, and whose the last word is."""
