"""A rule in plain words, and whether a group's seats could ever decide by it."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decisions.methods import METHODS, silence_assents
from decisions.rule import CHOOSING, NAMED, Method, Quorum, Rule, Share
from decisions.starting import Reach
from decisions.words import (
    ABSTENTION_WORDS,
    AUTHORITY_WORDS,
    BASE_WORDS,
    CLOSER_WORDS,
    METHOD_WORDS,
    TIE_WORDS,
)


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


Lines = list[tuple[str, str]]


def rule_lines(rule: Rule, *, decider: str = "", mandate: str = "") -> Lines:
    """A rule as pairs of label and words, in the order in which a page lists them. `decider`: the name of the
    seat that decides, where one does; `mandate`: what it may decide where a matter is given to it."""
    key = rule.method
    entry = METHODS[key]
    lines = [(_("Method"), str(METHOD_WORDS[key]))]
    if entry.quorum:
        lines.append((_("Quorum"), upper_first(quorum_words(rule.quorum))))
    if key in NAMED:
        given = mandate if key is Method.DELEGATED else ""
        alone = [(_("Who decides"), decider), (_("What it may decide"), given)]
        lines += [(label, words) for label, words in alone if words]
    lines += TERMS[key](rule)
    lines.append((_("Silence"), _silence(rule, assents=silence_assents(key))))
    if key is Method.MAJORITY or key in CHOOSING:
        lines.append((_("A tie"), str(TIE_WORDS[rule.tie])))
    if rule.fallback:
        lines.append((_fallback_label(rule), str(METHOD_WORDS[rule.fallback])))
    if rule.authority:
        lines.append((_("The last word"), upper_first(str(AUTHORITY_WORDS[rule.authority]))))
    return [*lines, *_manners(rule)]


def _silence(rule: Rule, *, assents: bool) -> str:
    if assents:
        return _("Is a yes")
    if rule.silence:
        return _("Is not a yes, unless a question goes by “no objection by a deadline”")
    return _("Is not a yes")


def _manners(rule: Rule) -> Lines:
    """How a question is asked and answered, where that is not as usual."""
    found = []
    if rule.closes:
        found.append((_("Who counts and closes"), str(CLOSER_WORDS[rule.closes])))
    if rule.notice_days:
        words = ngettext(
            "At least %(n)d day from asking to closing",
            "At least %(n)d days from asking to closing",
            rule.notice_days,
        )
        found.append((_("Notice"), words % {"n": rule.notice_days}))
    if rule.proxies:
        found.append((_("Proxies"), _("A seat may give its voice to another")))
    if rule.hidden_tally:
        found.append((_("Answers"), _("Are shown once the question is closed")))
    return found


def _counted(rule: Rule) -> Lines:
    return [
        (_("Counted out of"), upper_first(str(BASE_WORDS[rule.base]))),
        (_("Abstention"), str(ABSTENTION_WORDS[rule.abstention])),
    ]


def share_words(share: Share) -> str:
    """ "At least 3 of every 4"."""
    return _("At least %(part)d of every %(whole)d") % {"part": share.numerator, "whole": share.denominator}


def _share_of(rule: Rule) -> Lines:
    return [(_("Share"), share_words(rule.share)), *_counted(rule)]


def _aside(rule: Rule) -> Lines:
    return [(_("Standing aside"), _limit_words(rule.asides, _("Any number of seats may stand aside")))]


def _abstaining(rule: Rule) -> Lines:
    return [(_("Abstention"), _limit_words(rule.abstentions, _("Any number of seats may abstain")))]


def _gradient(rule: Rule) -> Lines:
    limit = _limit_words(rule.serious, "")
    return [*_share_of(rule), (_("Serious disagreement"), limit), (_("A veto"), _("Stops it"))]


def _fingers(rule: Rule) -> Lines:
    n = rule.fingers
    words = ngettext("At least %(n)d finger each", "At least %(n)d fingers each", n)
    return [(_("Fingers"), words % {"n": n})]


def _dots(rule: Rule) -> Lines:
    return [(_("Dots for each seat"), str(rule.dots))]


def _top(rule: Rule) -> Lines:
    return [(_("Scores"), _("From 0 to %(n)d") % {"n": rule.top})]


def _advice(rule: Rule) -> Lines:
    n = rule.advisers
    words = ngettext("Of %(n)d seat, before the decision", "Of %(n)d seats, before the decision", n)
    return [(_("Advice"), words % {"n": n})]


def _nothing(rule: Rule) -> Lines:
    return []


TERMS: dict[Method, Callable[[Rule], Lines]] = {
    **dict.fromkeys(Method, _nothing),
    **dict.fromkeys((Method.MAJORITY, Method.TWO_THIRDS), _counted),
    **dict.fromkeys((Method.CONSENSUS, Method.MINUS_ONE, Method.MINUS_TWO), _aside),
    Method.SHARE: _share_of,
    Method.UNANIMITY: _abstaining,
    Method.GRADIENTS: _gradient,
    Method.FIST: _fingers,
    Method.DOTS: _dots,
    Method.SCORE: _top,
    Method.LEADER: _advice,
}
"""What a method reads of a rule beyond quorum and tie, in words."""


def upper_first(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def _limit_words(limit: int | None, without: str) -> str:
    if limit is None:
        return without
    return ngettext("At most %(n)d seat", "At most %(n)d seats", limit) % {"n": limit}


def _fallback_label(rule: Rule) -> str:
    first = _("From meeting %(n)d on") % {"n": rule.fallback_round}
    if rule.fallback_round == 2:
        first = _("At the second meeting")
    if not rule.fallback_days:
        return first
    words = ngettext(
        "%(first)s, or at a meeting %(n)d day or more after the question was put",
        "%(first)s, or at a meeting %(n)d days or more after the question was put",
        rule.fallback_days,
    )
    return words % {"first": first, "n": rule.fallback_days}


def as_with(rule: Rule, seats: int) -> str:
    """The example beside a rule: "as with our 12 seats: 7"."""
    needed = rule.quorum.seats_needed(seats)
    text = ngettext("as with our %(n)d seat: %(needed)d", "as with our %(n)d seats: %(needed)d", seats)
    return text % {"n": seats, "needed": needed}


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
