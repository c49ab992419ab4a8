"""An example beside a way to decide: what it would take of the seats that a group has today."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decisions.outcome import Voice, decide
from decisions.rule import Answer, Method, Quorum, Rule


def example(rule: Rule, seats: int) -> str:
    """What it takes: "As with our 12 seats: 7 must say yes, if all vote." Nothing where no seat votes."""
    takes = _takes(rule, seats) if seats and not rule.fallback else ""
    if not takes:
        return ""
    words = ngettext("As with our %(seats)d seat: %(takes)s", "As with our %(seats)d seats: %(takes)s", seats)
    return words % {"seats": seats, "takes": takes}


def _takes(rule: Rule, seats: int) -> str:
    if rule.method in (Method.MAJORITY, Method.TWO_THIRDS, Method.SHARE):
        needs = _needed(rule, [Answer.YES] * seats)
        words = ngettext("%(n)d must say yes, if all vote.", "%(n)d must say yes, if all vote.", needs)
        return words % {"n": needs}
    if rule.method is Method.GRADIENTS:
        needs = _needed(rule, [1] * seats)
        words = ngettext(
            "%(n)d must be at levels 1 to 3, if all answer.",
            "%(n)d must be at levels 1 to 3, if all answer.",
            needs,
        )
        return words % {"n": needs}
    return {
        Method.CONSENSUS: _("one that cannot live with it stops it."),
        Method.MINUS_ONE: _("two that cannot live with it stop it."),
        Method.MINUS_TWO: _("three that cannot live with it stop it."),
        Method.CONSENT: _("one objection is enough to talk about it once more."),
        Method.UNANIMITY: _("one no stops it."),
        Method.NO_OBJECTION: _("one objection stops it, and so does one seat that was not told."),
        Method.FIST: _("one that shows fewer fingers stops it."),
    }.get(rule.method, "")


def _needed(rule: Rule, ballots: list[Answer] | list[int]) -> int:
    """What the count itself says it needs, where all seats answer."""
    free = Rule(rule.method, Quorum(count=1, sectors=0), share=rule.share)
    return decide([Voice("", ballot) for ballot in ballots], free).figures["needs"]
