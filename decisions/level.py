"""The level of collaboration that a log of decisions shows, in words and never as a score.

Pure. Source: Frey et al., Measuring Collaboration Among Grant Partners (2006), after Hogue: levels are
defined by how decisions are shared. Networking and cooperation: each decides for itself. Coordination: some
decisions are shared. Coalition: all members have a vote. Collaboration: all decisions by consensus.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partners.enums import Level

from .rule import MET, Method, Outcome

TAKEN = (*MET, Outcome.NOT_ADOPTED)
"""Outcomes of a question that was decided; others were not."""
NOT_BY_VOTE = (Method.LEADER, Method.DELEGATED, Method.NO_OBJECTION)
BY_CONSENSUS = (Method.CONSENSUS, Method.UNANIMITY, Method.CONSENT)


@dataclass(frozen=True)
class Closed:
    """A closed decision: the method that decided it, its outcome, how many seats answered, and how many
    members had no vote (they only advised; who observes is no member)."""

    method: Method
    outcome: Outcome
    answered: int
    without_vote: int = 0

    @property
    def is_shared(self) -> bool:
        """Whether more than one member had a part in it."""
        return self.answered > 1

    @property
    def is_by_vote(self) -> bool:
        """Whether the members' answers decided it."""
        return self.is_shared and self.method not in NOT_BY_VOTE

    @property
    def is_consensus(self) -> bool:
        """Whether it was reached by consensus."""
        return self.is_shared and self.method in BY_CONSENSUS and self.outcome in MET


class Because(StrEnum):
    """Why it is this level and not the next."""

    NOTHING_SHARED = "nothing_shared"
    NOT_ALL_VOTE = "not_all_vote"
    FEW_BY_VOTE = "few_by_vote"
    NOT_ALL_CONSENSUS = "not_all_consensus"
    ALL_CONSENSUS = "all_consensus"


@dataclass(frozen=True)
class Seen:
    """What a log shows: a level (the highest that it can be), why no other, and how many decisions were
    shared."""

    level: Level
    because: Because
    shared: int


def seen(decisions: Iterable[Closed]) -> Seen:
    """The level that these decisions of one group show."""
    taken = [one for one in decisions if one.outcome in TAKEN]
    shared = sum(one.is_shared for one in taken)
    if not shared:
        return Seen(Level.COOPERATION, Because.NOTHING_SHARED, 0)
    if any(one.without_vote for one in taken):
        return Seen(Level.COORDINATION, Because.NOT_ALL_VOTE, shared)
    if all(one.is_consensus for one in taken):
        return Seen(Level.COLLABORATION, Because.ALL_CONSENSUS, shared)
    if 2 * sum(one.is_by_vote for one in taken) > len(taken):
        return Seen(Level.COALITION, Because.NOT_ALL_CONSENSUS, shared)
    return Seen(Level.COORDINATION, Because.FEW_BY_VOTE, shared)


WHY = {
    Because.NOT_ALL_VOTE: gettext_lazy("not every member has a vote"),
    Because.FEW_BY_VOTE: gettext_lazy("no more than half of all were taken by vote"),
    Because.NOT_ALL_CONSENSUS: gettext_lazy("every member has a vote, and most were taken by vote"),
    Because.ALL_CONSENSUS: gettext_lazy("every member has a vote, and all were reached by consensus"),
}


def in_words(found: Seen) -> str:
    """What the log shows, as a sentence."""
    if found.because is Because.NOTHING_SHARED:
        return _("No decision was shared in the last 12 months: networking or cooperation.")
    words = ngettext(
        "%(level)s: %(n)d decision was shared in the last 12 months; %(why)s.",
        "%(level)s: %(n)d decisions were shared in the last 12 months; %(why)s.",
        found.shared,
    )
    return words % {"level": found.level.label, "n": found.shared, "why": WHY[found.because]}
