"""The words of decisions: one label a value, and a rule described in plain words. All of it is translatable.

Code keeps the field's terms (base, recuse, block); these are what a page shows.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from decisions.enums import AskedBy
from decisions.methods import Reach
from decisions.rule import Abstention, Answer, Base, Method, Outcome, Quorum, Rule, Tie

METHOD_WORDS = {
    Method.MAJORITY: gettext_lazy("Simple majority"),
    Method.TWO_THIRDS: gettext_lazy("Two thirds"),
    Method.CONSENSUS: gettext_lazy("Consensus"),
}
ANSWER_WORDS = {
    Answer.YES: gettext_lazy("Yes"),
    Answer.NO: gettext_lazy("No"),
    Answer.ABSTAIN: gettext_lazy("Abstains"),
    Answer.ASIDE: gettext_lazy("Stands aside"),
    Answer.BLOCK: gettext_lazy("Cannot live with it"),
}
OUTCOME_WORDS = {
    Outcome.ADOPTED: gettext_lazy("Adopted"),
    Outcome.NOT_ADOPTED: gettext_lazy("Not adopted"),
    Outcome.NO_QUORUM: gettext_lazy("No quorum"),
    Outcome.DEFERRED: gettext_lazy("Deferred"),
}
BASE_WORDS = {
    Base.CAST: gettext_lazy("votes cast"),
    Base.PRESENT: gettext_lazy("seats that answered"),
    Base.ALL: gettext_lazy("all seats"),
}
ABSTENTION_WORDS = {
    Abstention.QUORUM_ONLY: gettext_lazy("Counts to the quorum only"),
    Abstention.AS_NO: gettext_lazy("Counts as a no"),
}
TIE_WORDS = {
    Tie.FAILS: gettext_lazy("Not adopted"),
    Tie.DEFERS: gettext_lazy("Back at the next meeting"),
}
ENTRY_WORDS = {
    "opened": gettext_lazy("The question was put, to the seats of that day"),
    "answered": gettext_lazy("Answers were recorded"),
    "stepped_out": gettext_lazy("A seat stepped out"),
    "round": gettext_lazy("A further round began"),
    "closed": gettext_lazy("It was counted and closed"),
    "charter": gettext_lazy("A new way to decide was put in force"),
    "erased": gettext_lazy("A text of a person was erased"),
}
ERASED_WORDS = {
    AskedBy.PERSON: gettext_lazy("Erased on %(day)s at the request of the person whom it was about."),
    AskedBy.SEAT: gettext_lazy("Erased on %(day)s at the request of the seat that had said it."),
    AskedBy.AUTHORITY: gettext_lazy("Erased on %(day)s at the request of a court or an authority."),
    AskedBy.DISTRICT: gettext_lazy("Erased on %(day)s at the request of the district."),
}
METHOD_MEANS = {
    Method.MAJORITY: gettext_lazy("It is adopted when more than half of those counted say yes."),
    Method.TWO_THIRDS: gettext_lazy("It is adopted when at least two thirds of those counted say yes."),
    Method.CONSENSUS: gettext_lazy(
        "It is adopted when at least one seat says yes and every other can live with it."
    ),
}


def quorum_words(quorum: Quorum) -> str:
    """How many must answer: "more than half of the seats, and 3 sectors"."""
    seats = _share_words(quorum)
    if not quorum.sectors:
        return seats
    sectors = ngettext("%(n)d sector", "%(n)d sectors", quorum.sectors) % {"n": quorum.sectors}
    return _("%(seats)s, and %(sectors)s") % {"seats": seats, "sectors": sectors}


def _share_words(quorum: Quorum) -> str:
    if quorum.count:
        return ngettext("%(n)d seat", "%(n)d seats", quorum.count) % {"n": quorum.count}
    share = (quorum.numerator, quorum.denominator)
    if share == (1, 2) and quorum.more_than:
        return _("more than half of the seats")
    if share[0] == share[1]:
        return _("all seats")
    figures = {"part": share[0], "whole": share[1]}
    if quorum.more_than:
        return _("more than %(part)d of every %(whole)d seats") % figures
    return _("at least %(part)d of every %(whole)d seats") % figures


def rule_lines(rule: Rule, round_n: int = 1) -> list[tuple[str, str]]:
    """A rule as pairs of label and words, in the order in which a page lists them."""
    key = rule.method_in(round_n)
    lines = [(_("Method"), str(METHOD_WORDS[key])), (_("Quorum"), _upper_first(quorum_words(rule.quorum)))]
    if key is Method.CONSENSUS:
        lines.append((_("Standing aside"), _asides_words(rule.asides)))
    else:
        lines.append((_("Counted out of"), _upper_first(str(BASE_WORDS[rule.base]))))
        lines.append((_("Abstention"), str(ABSTENTION_WORDS[rule.abstention])))
    lines.append((_("Silence"), _("Is not a yes")))
    if key is Method.MAJORITY:
        lines.append((_("A tie"), str(TIE_WORDS[rule.tie])))
    waiting = rule.next_method(round_n)
    if waiting:
        lines.append((_fallback_label(rule.fallback_round), str(METHOD_WORDS[waiting])))
    return lines


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _asides_words(limit: int | None) -> str:
    if limit is None:
        return _("Any number of seats may stand aside")
    return ngettext("At most %(n)d seat", "At most %(n)d seats", limit) % {"n": limit}


def _fallback_label(round_n: int) -> str:
    if round_n == 2:
        return _("At the second meeting")
    return _("From meeting %(n)d on") % {"n": round_n}


def as_with(rule: Rule, seats: int) -> str:
    """The example beside a rule: "as with our 12 seats: 7 must answer"."""
    needed = rule.quorum.seats_needed(seats)
    answer = ngettext("%(n)d must answer", "%(n)d must answer", needed) % {"n": needed}
    text = ngettext("as with our %(n)d seat: %(answer)s", "as with our %(n)d seats: %(answer)s", seats)
    return text % {"n": seats, "answer": answer}


def reach_words(measured: Reach) -> str:
    """Whether today's seats could ever make the quorum."""
    figures = {
        "seats": measured.seats,
        "needed": measured.seats_needed,
        "sectors": measured.sectors,
        "sectors_needed": measured.sectors_needed,
    }
    if not measured.seats:
        return _("No seat votes yet, so nothing can be decided.")
    if measured.misses == "seats":
        text = ngettext(
            "Today's %(seats)d seat can never reach this: %(needed)d must answer.",
            "Today's %(seats)d seats can never reach this: %(needed)d must answer.",
            measured.seats,
        )
    elif measured.misses == "sectors":
        text = ngettext(
            "Today's seats are of %(sectors)d sector and can never reach this: it needs %(sectors_needed)d.",
            "Today's seats are of %(sectors)d sectors and can never reach this: it needs %(sectors_needed)d.",
            measured.sectors,
        )
    else:
        text = ngettext(
            "Today's %(seats)d seat can reach this: %(needed)d must answer.",
            "Today's %(seats)d seats can reach this: %(needed)d must answer.",
            measured.seats,
        )
    return text % figures
