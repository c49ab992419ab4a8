"""May they be in our building on that day? One answer in words, with its reasons, from the records alone.

A partner serves a school after its principal's yes, with what the way of working there needs: one of the
named agreements, and every named paper. A waiver stands for the one that it names. For a subcontractor the
lead agency's agreement and insurance count too, as long as an agreement of its own names the lead. No table
is read here; partners/cleared.py brings the records.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .agreed_enums import AGREEMENT, PaperKind
from .enums import Stage
from .models import RequirementProfile
from .spans import LAST, Span, holds_until

YES, PROFILE, PARTNERSHIP = "yes", "profile", "partnership"
BESIDE_THE_ROAD = (Stage.PAUSED, Stage.DECLINED, Stage.ENDED)


class State(StrEnum):
    """What the front desk needs to know."""

    CLEARED = "cleared"
    NOT_CLEARED = "not_cleared"
    NOT_ASKED = "not_asked"


class Why(StrEnum):
    """What stands in the way."""

    MISSING = "missing"
    ENDED = "ended"
    STOPPED = "stopped"
    BEGINS = "begins"
    WAITS = "waits"


SIGNS = {State.CLEARED: "ok", State.NOT_CLEARED: "risk", State.NOT_ASKED: "info"}
NAMES: dict[str, Any] = {
    AGREEMENT: pgettext_lazy("cleared", "agreement"),
    PaperKind.INSURANCE: pgettext_lazy("cleared", "insurance"),
    PaperKind.ADDITIONAL_INSURED: pgettext_lazy("cleared", "additional-insured endorsement"),
    PaperKind.CLEARANCE_LETTER: pgettext_lazy("cleared", "clearance letter"),
    PaperKind.W9: pgettext_lazy("cleared", "W-9"),
    PaperKind.NONPROFIT_LETTER: pgettext_lazy("cleared", "nonprofit letter"),
    PaperKind.OTHER: pgettext_lazy("cleared", "other paper"),
}
SENTENCES: dict[tuple[str, Why], Any] = {
    (PROFILE, Why.MISSING): _("how they work here is not chosen yet"),
    (YES, Why.MISSING): _("the principal has not said yes"),
    (YES, Why.ENDED): _("the principal's yes ended %(day)s"),
    (YES, Why.STOPPED): _("the principal took the yes back on %(day)s"),
    (AGREEMENT, Why.WAITS): _("agreement is not in force yet"),
}
ANY: dict[Why, Any] = {
    Why.MISSING: _("%(what)s is missing"),
    Why.ENDED: _("%(what)s ended %(day)s"),
    Why.STOPPED: _("%(what)s was ended early, on %(day)s"),
    Why.BEGINS: _("%(what)s begins %(day)s"),
    Why.WAITS: _("%(what)s waits to be accepted"),
}
OF_THE_STAGE: dict[str, Any] = {
    Stage.PAUSED: _("paused since %(day)s"),
    Stage.DECLINED: _("not now, since %(day)s"),
    Stage.ENDED: _("the partnership ended %(day)s"),
}


class Held(NamedTuple):
    """What counts on some days: a yes, an agreement of a kind, a paper. `stopped`: the day that ended it."""

    what: str
    span: Span
    kind: str = ""
    stopped: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """What there is of a partner at one school.

    `waits` names what is offered or drawn up but does not count yet; `stage` holds since `stage_since`.
    """

    profile: RequirementProfile | None = None
    held: Sequence[Held] = ()
    waivers: Sequence[Held] = ()
    waits: frozenset[str] = field(default_factory=frozenset)
    stage: str = Stage.ACTIVE
    stage_since: datetime.date = datetime.date.min


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands in the way: what, why and, where it has one, its day."""

    what: str
    why: Why
    day: datetime.date | None = None
    stage: str = ""

    def words(self, today: datetime.date) -> str:
        """It as part of a sentence: "insurance ended March 3"."""
        sentence = OF_THE_STAGE.get(self.stage) or SENTENCES.get((self.what, self.why)) or ANY[self.why]
        return str(sentence) % {"what": NAMES.get(self.what, ""), "day": in_words(self.day, today)}


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that is needed, on one day: until when it is there, or the reason why it is not.

    `until` is None where no end is known. `is_waived`: nothing but a waiver stands for it.
    """

    what: str
    day: datetime.date
    until: datetime.date | None = None
    reason: Reason | None = None
    is_waived: bool = False

    @property
    def name(self) -> str:
        """What it is, as a line begins."""
        name = str(_("the principal's yes") if self.what == YES else NAMES[self.what])
        return name[:1].upper() + name[1:]

    @property
    def sign(self) -> str:
        """The mark before the words."""
        return "risk" if self.reason else "info" if self.is_waived else "ok"

    @property
    def words(self) -> str:
        """How it stands, as sentence."""
        if self.reason:
            words = self.reason.words(self.day)
            return words[:1].upper() + words[1:]
        if self.is_waived:
            return str(_("Not needed until %(day)s, by a waiver")) % {"day": in_words(self.until, self.day)}
        if self.until is None:
            return str(_("In place, with no end date"))
        return str(_("In place until %(day)s")) % {"day": in_words(self.until, self.day)}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer for one day. `until`: the last day of it, None where no end is known.

    `without` names what a waiver stands for on that day.
    """

    state: State
    day: datetime.date
    until: datetime.date | None = None
    reasons: tuple[Reason, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def sign(self) -> str:
        """The mark that stands before the words (partials/state.html)."""
        return SIGNS[self.state]

    @property
    def verdict(self) -> str:
        """The answer itself: "Cleared until June 30"."""
        if self.state == State.NOT_ASKED:
            return str(_("Not asked"))
        if self.state == State.NOT_CLEARED:
            return str(_("Not cleared"))
        if self.until is None:
            return str(_("Cleared, with no end date"))
        return str(_("Cleared until %(day)s")) % {"day": in_words(self.until, self.day)}

    @property
    def because(self) -> str:
        """Why, or what they do without: "insurance ended March 3"."""
        if self.without:
            names = ", ".join(str(NAMES[what]) for what in self.without)
            return str(_("by a waiver without: %(names)s")) % {"names": names}
        return "; ".join(reason.words(self.day) for reason in self.reasons)

    @property
    def words(self) -> str:
        """All of it in one line: "Not cleared: insurance ended March 3"."""
        return f"{self.verdict}: {self.because}" if self.because else self.verdict


def answer(records: Records, day: datetime.date) -> Answer:
    """The answer for that day.

    Not asked is who has no way of working chosen, or was never put before the principal.
    """
    if records.stage in BESIDE_THE_ROAD and records.stage_since <= day:
        off = Reason(PARTNERSHIP, Why.ENDED, records.stage_since, records.stage)
        return Answer(State.NOT_CLEARED, day, reasons=(off,))
    if records.profile is None:
        return Answer(State.NOT_ASKED, day, reasons=(Reason(PROFILE, Why.MISSING),))
    needs = checklist(records, day)
    lacking = tuple(need.reason for need in needs if need.reason is not None)
    if needs[0].reason is not None and needs[0].reason.why == Why.MISSING:
        return Answer(State.NOT_ASKED, day, reasons=lacking)
    if lacking:
        return Answer(State.NOT_CLEARED, day, reasons=lacking)
    until = min((need.until for need in needs if need.until is not None), default=None)
    return Answer(State.CLEARED, day, until, without=tuple(need.what for need in needs if need.is_waived))


def checklist(records: Records, day: datetime.date) -> list[Need]:
    """How each thing stands that the way of working needs: the principal's yes first; empty without one."""
    profile = records.profile
    return [] if profile is None else [_need(what, profile, records, day) for what in _required(profile)]


def _need(what: str, profile: RequirementProfile, records: Records, day: datetime.date) -> Need:
    there = list(_there(what, profile, records))
    until = holds_until((one.span for one in there), day)
    if until is None:
        return Need(what, day, reason=_why(what, there, day, records))
    waived = all(one in records.waivers for one in there if one.span.holds(day))
    return Need(what, day, None if until == LAST else until, is_waived=waived)


def _required(profile: RequirementProfile) -> list[str]:
    """What is needed: the principal's yes first."""
    return [YES, *([AGREEMENT] if profile.needs_agreement else []), *profile.paper_kinds]


def _there(what: str, profile: RequirementProfile, records: Records) -> Iterator[Held]:
    """What meets one requirement, on some days or other; a waiver among it."""
    kinds = profile.agreement_kinds if what == AGREEMENT else []
    yield from (one for one in records.held if one.what == what and (not kinds or one.kind in kinds))
    yield from (one for one in records.waivers if one.what == what)


def _why(what: str, there: Sequence[Held], day: datetime.date, records: Records) -> Reason:
    """Why it does not count on that day: it ended, begins later, waits for somebody, or is not there."""
    over = max((one for one in there if one.span.last < day), key=lambda one: one.span.last, default=None)
    later = (one.span.first for one in there if one.span.first > day and not one.span.is_empty)
    begins = min(later, default=None)
    if over is not None:
        return Reason(what, Why.STOPPED if over.stopped else Why.ENDED, over.stopped or over.span.last)
    if begins is not None and what != YES:
        return Reason(what, Why.BEGINS, begins)
    return Reason(what, Why.WAITS if what in records.waits else Why.MISSING)


def in_words(day: datetime.date | None, today: datetime.date) -> str:
    """A day as people say it: without the year where it is this one. "" for none."""
    if day is None:
        return ""
    return date_format(day, "MONTH_DAY_FORMAT" if day.year == today.year else "DATE_FORMAT")
