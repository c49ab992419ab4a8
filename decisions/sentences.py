"""The arithmetic of an outcome in words: one sentence, and one row a step. Rendered from the figures that
are kept, so the same record can be read in every language.

"7 yes, 3 no, 1 abstained; of 10 votes cast, 6 must be yes; 11 of 16 seats took part, from 4 sectors, and a
quorum takes 9, from 3 sectors: adopted"
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decisions.figures import Figures
from decisions.methods import silence_assents
from decisions.rule import MET, Authority, Base, Method, Outcome
from decisions.short_of import quorum_short, short_of
from decisions.tallied import answers_given, option_with
from decisions.words import AUTHORITY_WORDS, METHOD_WORDS


def sentence(outcome: str, figures: Figures) -> str:
    """The whole arithmetic as one sentence without a full stop, in the language that is active. Of a question
    that was withdrawn, what was answered until then: nothing was asked of it."""
    if outcome == Outcome.WITHDRAWN:
        clauses = [answers_given(figures), *_stepped_out(figures)]
    else:
        clauses = [
            *(answers_given(figures), *_said_nothing(figures), *_terms(figures)),
            *(*_stepped_out(figures), *_quorum(figures)),
        ]
    return _("%(arithmetic)s: %(verdict)s") % {
        "arithmetic": "; ".join(clauses),
        "verdict": verdict(outcome, figures),
    }


def verdict(outcome: str, figures: Figures) -> str:
    """The outcome and, where it is not adopted, by how much: "not adopted, one vote short"."""
    if outcome in MET:
        return _chosen(_adopted(outcome, figures), figures)
    if outcome == Outcome.NO_QUORUM:
        return _("no quorum, %(short)s") % {"short": quorum_short(figures)}
    if outcome == Outcome.DEFERRED:
        return _deferred(figures)
    if outcome == Outcome.WITHDRAWN:
        return _("withdrawn before it was counted")
    return _("not adopted, %(short)s") % {"short": short_of(figures)}


def _adopted(outcome: str, figures: Figures) -> str:
    if outcome == Outcome.ADOPTED:
        return _("adopted")
    return _("recommended to %(authority)s") % {"authority": AUTHORITY_WORDS[Authority(figures["authority"])]}


def _chosen(words: str, figures: Figures) -> str:
    """With the option that was chosen, where there are several."""
    if "winner" not in figures:
        return words
    of = {"adopted": words, "option": figures["winner"] + 1}
    if figures.get("tied"):
        return _("%(adopted)s, option %(option)d, which of those tied stands first in the list") % of
    return _("%(adopted)s, option %(option)d") % of


def _deferred(figures: Figures) -> str:
    if figures.get("early"):
        return _("too early to count")
    if figures.get("again"):
        return _("an objection round comes next")
    if figures.get("tied"):
        return _("a tie, back at the next meeting")
    if "consensus" in figures["method"]:
        return _("no consensus yet, back at the next meeting")
    return _("no agreement yet, back at the next meeting")


def _terms(figures: Figures) -> list[str]:
    """What the method asks for; nothing where the quorum already failed and nothing more was counted."""
    if "levels" in figures and "needs" in figures:
        return [_supporting(figures), _serious(figures["serious_allowed"])]
    if "needs" in figures:
        return [_share(Base(figures["base"]), figures["out_of"], figures["needs"])]
    return [*_limits(figures), *_steps(figures)]


def _supporting(figures: Figures) -> str:
    words = ngettext(
        "of %(n)d counted, %(needs)d must be at levels 1 to 3",
        "of %(n)d counted, %(needs)d must be at levels 1 to 3",
        figures["out_of"],
    )
    return words % {"n": figures["out_of"], "needs": figures["needs"]}


def _serious(n: int) -> str:
    words = ngettext("at most %(n)d may disagree seriously", "at most %(n)d may disagree seriously", n)
    return words % {"n": n}


def _limits(figures: Figures) -> list[str]:
    """The limits that the rule names, each in a clause."""
    found = []
    if "asides_allowed" in figures:
        n = figures["asides_allowed"]
        found.append(ngettext("at most %(n)d may stand aside", "at most %(n)d may stand aside", n) % {"n": n})
    if "blocks_allowed" in figures:
        n = figures["blocks_allowed"]
        words = ngettext("it takes more than %(n)d to stop it", "it takes more than %(n)d to stop it", n)
        found.append(words % {"n": n})
    if "abstentions_allowed" in figures:
        n = figures["abstentions_allowed"]
        found.append(ngettext("at most %(n)d may abstain", "at most %(n)d may abstain", n) % {"n": n})
    if "fingers_needed" in figures:
        n = figures["fingers_needed"]
        words = ngettext("each must show at least %(n)d", "each must show at least %(n)d", n)
        found.append(words % {"n": n})
    if "advice_needed" in figures:
        n = figures["advice_needed"]
        words = ngettext("advice of %(n)d seat is asked for", "advice of %(n)d seats is asked for", n)
        found.append(words % {"n": n})
    return found


def _steps(figures: Figures) -> list[str]:
    """The rounds of a runoff after the first: who was dropped, and what the others have then."""
    found, gone, steps = [], set(), figures.get("steps", [])
    for step, following in pairwise(steps):
        gone.add(step["dropped"])
        left = [option_with(i, n) for i, n in enumerate(following["totals"]) if i not in gone]
        words = _("option %(option)d is dropped, then %(left)s")
        found.append(words % {"option": step["dropped"] + 1, "left": ", ".join(left)})
    return found


def _share(base: Base, out_of: int, needs: int) -> str:
    """How many yes it takes, and out of what they are counted."""
    words = {
        Base.CAST: ngettext(
            "of %(n)d vote cast, %(needs)d must be yes", "of %(n)d votes cast, %(needs)d must be yes", out_of
        ),
        Base.PRESENT: ngettext(
            "of %(n)d seat that took part, %(needs)d must say yes",
            "of %(n)d seats that took part, %(needs)d must say yes",
            out_of,
        ),
        Base.ALL: ngettext(
            "of %(n)d seat in all, %(needs)d must say yes",
            "of %(n)d seats in all, %(needs)d must say yes",
            out_of,
        ),
    }[base]
    return words % {"n": out_of, "needs": needs}


def _said_nothing(figures: Figures) -> list[str]:
    """How many were silent, where that is a yes."""
    n = figures["silent"]
    if not n or not silence_assents(figures["method"]):
        return []
    return [ngettext("%(n)d said nothing", "%(n)d said nothing", n) % {"n": n}]


def _stepped_out(figures: Figures) -> list[str]:
    n = figures["recused"]
    return [ngettext("%(n)d seat stepped out", "%(n)d seats stepped out", n) % {"n": n}] if n else []


def _quorum(figures: Figures) -> list[str]:
    """How many seats took part, of how many sectors, and what a quorum takes of both, where one holds."""
    needs, eligible = figures["quorum_needs"], figures["eligible"]
    if not needs:
        return []
    text = ngettext(
        "%(present)d of %(eligible)d seat took part", "%(present)d of %(eligible)d seats took part", eligible
    )
    if silence_assents(figures["method"]):
        text = ngettext(
            "%(present)d of %(eligible)d seat took part or was told",
            "%(present)d of %(eligible)d seats took part or were told",
            eligible,
        )
    answered = text % {"present": figures["present"], "eligible": eligible}
    if not figures["sectors_need"]:
        return [_("%(answered)s, and a quorum takes %(needs)d") % {"answered": answered, "needs": needs}]
    words = _("%(answered)s, from %(sectors)s, and a quorum takes %(needs)d, from %(wanted)s")
    return [
        words
        % {
            "answered": answered,
            "sectors": _sectors(figures["sectors"]),
            "needs": needs,
            "wanted": _sectors(figures["sectors_need"]),
        }
    ]


def _sectors(n: int) -> str:
    return ngettext("%(n)d sector", "%(n)d sectors", n) % {"n": n}


class Row(NamedTuple):
    """One step of the arithmetic: its name, the figures in words, whether it is met, and that word."""

    label: str
    text: str
    met: bool
    mark: str


def rows(outcome: str, figures: Figures) -> list[Row]:
    """The steps in their order: quorum and sectors (where the rule asks for any), the method; none where
    nobody counted."""
    steps: list[Row] = []
    if outcome == Outcome.WITHDRAWN:
        return steps
    if figures["quorum_needs"]:
        met = figures["present"] >= figures["quorum_needs"]
        steps.append(_row(_("Quorum"), _quorum_row(figures), met))
    if figures["sectors_need"]:
        steps.append(_row(_("Sectors"), _sectors_row(figures), figures["sectors"] >= figures["sectors_need"]))
    if outcome != Outcome.NO_QUORUM:
        steps.append(_row(_("The rule"), _rule_row(figures), outcome in MET))
    return steps


def _row(label: str, text: str, met: bool) -> Row:
    return Row(label, text, met, _("met") if met else _("not met"))


def _quorum_row(figures: Figures) -> str:
    eligible = figures["eligible"]
    text = ngettext(
        "%(present)d of %(eligible)d seat with a vote took part; it takes %(needs)d",
        "%(present)d of %(eligible)d seats with a vote took part; it takes %(needs)d",
        eligible,
    )
    if silence_assents(figures["method"]):
        text = ngettext(
            "%(present)d of %(eligible)d seat with a vote took part or was told; it takes %(needs)d",
            "%(present)d of %(eligible)d seats with a vote took part or were told; it takes %(needs)d",
            eligible,
        )
    return text % {"present": figures["present"], "eligible": eligible, "needs": figures["quorum_needs"]}


def _sectors_row(figures: Figures) -> str:
    n = figures["sectors"]
    text = ngettext(
        "%(n)d sector took part; it takes %(needs)d", "%(n)d sectors took part; it takes %(needs)d", n
    )
    return text % {"n": n, "needs": figures["sectors_need"]}


def _rule_row(figures: Figures) -> str:
    method = METHOD_WORDS[Method(figures["method"])]
    return f"{method}: {'; '.join([answers_given(figures), *_terms(figures)])}"
