"""The arithmetic of an outcome in words: one sentence, and one row a step. Rendered from the figures that
are kept, so the same record can be read in every language.

"7 yes, 3 no, 1 abstained; of 10 votes cast, 6 must be yes; 11 of 16 seats answered, from 4 sectors, and a
quorum takes 9, from 3 sectors: adopted"
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decisions.methods import Figures, answers_of
from decisions.rule import Answer, Base, Method, Outcome
from decisions.words import METHOD_WORDS


def sentence(outcome: str, figures: Figures) -> str:
    """The whole arithmetic as one sentence without a full stop, in the language that is active."""
    clauses = [_answers(figures), *_terms(figures), *_stepped_out(figures), _quorum(figures)]
    return _("%(arithmetic)s: %(verdict)s") % {
        "arithmetic": "; ".join(clauses),
        "verdict": verdict(outcome, figures),
    }


def verdict(outcome: str, figures: Figures) -> str:
    """The outcome and, where it is not adopted, by how much: "not adopted, one vote short"."""
    if outcome == Outcome.ADOPTED:
        return _("adopted")
    if outcome == Outcome.NO_QUORUM:
        return _("no quorum, %(short)s") % {"short": _quorum_short(figures)}
    if outcome == Outcome.DEFERRED:
        if figures.get("tied"):
            return _("a tie, back at the next meeting")
        return _("no consensus yet, back at the next meeting")
    return _("not adopted, %(short)s") % {"short": _short(figures)}


def _answers(figures: Figures) -> str:
    """Each answer that the method offers with its count; only yes and no are said when nobody gave them."""
    said = [
        _count_of(answer, figures[answer.value])
        for answer in answers_of(Method(figures["method"]))
        if figures[answer.value] or answer in (Answer.YES, Answer.NO)
    ]
    return ", ".join(said)


def _count_of(answer: Answer, n: int) -> str:
    text = {
        Answer.YES: ngettext("%(n)d yes", "%(n)d yes", n),
        Answer.NO: ngettext("%(n)d no", "%(n)d no", n),
        Answer.ABSTAIN: ngettext("%(n)d abstained", "%(n)d abstained", n),
        Answer.ASIDE: ngettext("%(n)d stands aside", "%(n)d stand aside", n),
        Answer.BLOCK: ngettext("%(n)d cannot live with it", "%(n)d cannot live with it", n),
    }[answer]
    return text % {"n": n}


def _terms(figures: Figures) -> list[str]:
    """What the method asks for; nothing where the quorum already failed and no share was counted."""
    if "needs" in figures:
        return [_share(Base(figures["base"]), figures["out_of"], figures["needs"])]
    if "asides_allowed" in figures:
        n = figures["asides_allowed"]
        return [ngettext("at most %(n)d may stand aside", "at most %(n)d may stand aside", n) % {"n": n}]
    return []


def _share(base: Base, out_of: int, needs: int) -> str:
    """How many yes it takes, and out of what they are counted."""
    words = {
        Base.CAST: ngettext(
            "of %(n)d vote cast, %(needs)d must be yes", "of %(n)d votes cast, %(needs)d must be yes", out_of
        ),
        Base.PRESENT: ngettext(
            "of %(n)d seat that answered, %(needs)d must say yes",
            "of %(n)d seats that answered, %(needs)d must say yes",
            out_of,
        ),
        Base.ALL: ngettext(
            "of %(n)d seat in all, %(needs)d must say yes",
            "of %(n)d seats in all, %(needs)d must say yes",
            out_of,
        ),
    }[base]
    return words % {"n": out_of, "needs": needs}


def _stepped_out(figures: Figures) -> list[str]:
    n = figures["recused"]
    return [ngettext("%(n)d seat stepped out", "%(n)d seats stepped out", n) % {"n": n}] if n else []


def _quorum(figures: Figures) -> str:
    """How many seats answered, of how many sectors, and what a quorum takes of both."""
    eligible = figures["eligible"]
    text = ngettext(
        "%(present)d of %(eligible)d seat answered", "%(present)d of %(eligible)d seats answered", eligible
    )
    answered = text % {"present": figures["present"], "eligible": eligible}
    needs = figures["quorum_needs"]
    if not figures["sectors_need"]:
        return _("%(answered)s, and a quorum takes %(needs)d") % {"answered": answered, "needs": needs}
    return _("%(answered)s, from %(sectors)s, and a quorum takes %(needs)d, from %(wanted)s") % {
        "answered": answered,
        "sectors": _sectors(figures["sectors"]),
        "needs": needs,
        "wanted": _sectors(figures["sectors_need"]),
    }


def _sectors(n: int) -> str:
    return ngettext("%(n)d sector", "%(n)d sectors", n) % {"n": n}


def _quorum_short(figures: Figures) -> str:
    seats = figures["quorum_needs"] - figures["present"]
    if seats > 0:
        return ngettext("one answer short", "%(n)d answers short", seats) % {"n": seats}
    sectors = figures["sectors_need"] - figures["sectors"]
    return ngettext("one sector short", "%(n)d sectors short", sectors) % {"n": sectors}


def _short(figures: Figures) -> str:
    if figures.get("tied"):
        return _("a tie")
    if "short" in figures:
        return ngettext("one vote short", "%(n)d votes short", figures["short"]) % {"n": figures["short"]}
    if figures["block"]:
        n = figures["block"]
        return ngettext("one seat cannot live with it", "%(n)d seats cannot live with it", n) % {"n": n}
    if not figures["yes"]:
        return _("nobody said yes")
    over = figures["aside"] - figures["asides_allowed"]
    return ngettext("one too many stands aside", "%(n)d too many stand aside", over) % {"n": over}


def tally(figures: Figures) -> list[tuple[str, int, str]]:
    """One square a seat: the answer's code, how many, and the word after the number."""
    shown = [
        (answer.value, figures[answer.value], _tally_word(answer, figures[answer.value]))
        for answer in answers_of(Method(figures["method"]))
        if figures[answer.value]
    ]
    if figures["silent"]:
        shown.append(("none", figures["silent"], _("no answer")))
    if figures["recused"]:
        n = figures["recused"]
        shown.append(("out", n, ngettext("stepped out", "stepped out", n)))
    return shown


def _tally_word(answer: Answer, n: int) -> str:
    return {
        Answer.YES: ngettext("yes", "yes", n),
        Answer.NO: ngettext("no", "no", n),
        Answer.ABSTAIN: ngettext("abstains", "abstain", n),
        Answer.ASIDE: ngettext("stands aside", "stand aside", n),
        Answer.BLOCK: ngettext("cannot live with it", "cannot live with it", n),
    }[answer]


class Row(NamedTuple):
    """One step of the arithmetic: its name, the figures in words, whether it is met, and that word."""

    label: str
    text: str
    met: bool
    mark: str


def rows(outcome: str, figures: Figures) -> list[Row]:
    """The steps in their order: quorum, sectors (where the rule asks for any), the method."""
    steps = [_row(_("Quorum"), _quorum_row(figures), figures["present"] >= figures["quorum_needs"])]
    if figures["sectors_need"]:
        steps.append(_row(_("Sectors"), _sectors_row(figures), figures["sectors"] >= figures["sectors_need"]))
    if outcome != Outcome.NO_QUORUM:
        steps.append(_row(_("The rule"), _rule_row(figures), outcome == Outcome.ADOPTED))
    return steps


def _row(label: str, text: str, met: bool) -> Row:
    return Row(label, text, met, _("met") if met else _("not met"))


def _quorum_row(figures: Figures) -> str:
    eligible = figures["eligible"]
    text = ngettext(
        "%(present)d of %(eligible)d seat with a vote answered; it takes %(needs)d",
        "%(present)d of %(eligible)d seats with a vote answered; it takes %(needs)d",
        eligible,
    )
    return text % {"present": figures["present"], "eligible": eligible, "needs": figures["quorum_needs"]}


def _sectors_row(figures: Figures) -> str:
    n = figures["sectors"]
    text = ngettext(
        "%(n)d sector answered; it takes %(needs)d", "%(n)d sectors answered; it takes %(needs)d", n
    )
    return text % {"n": n, "needs": figures["sectors_need"]}


def _rule_row(figures: Figures) -> str:
    method = METHOD_WORDS[Method(figures["method"])]
    return f"{method}: {'; '.join([_answers(figures), *_terms(figures)])}"
