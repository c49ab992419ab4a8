"""A group's meetings: the list, one meeting, and what is proposed for the next."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import clock
from accounts.holidays import SchoolCalendar
from decisions.enums import Kind, Standing, State
from decisions.models import Attendance, Decision, DecisionSeat, Group, Meeting, Seat
from decisions.next_meeting import next_start
from decisions.rule import NAMED, Outcome

from .groups import InForce, in_force, seats_today
from .log import LogRow

REPORTED = datetime.timedelta(days=90)
"""How far back the first meeting of a group looks for what is to be reported."""
FEW = 3
"""How many meetings a group's page names of those that were."""
CARRIED = ("minutes_long", "place", "link", "interpreter", "notes")
"""What the next meeting takes over from the last."""


@dataclass(frozen=True)
class SeatHere:
    """A seat at a meeting: its number in the list, and whether it is here (None: not said yet)."""

    n: int
    seat: Seat
    here: bool | None

    @property
    def votes(self) -> bool:
        """Whether the quorum counts it."""
        return self.seat.standing == Standing.VOTES


@dataclass(frozen=True)
class MeetingPage:
    """A meeting: who is there, what it takes to decide, the questions that are taken there, those that could
    be, and what was decided without a meeting and is to be reported."""

    meeting: Meeting
    seats: Sequence[SeatHere]
    how: InForce
    rows: Sequence[LogRow]
    waiting: Sequence[Decision]
    reports: Sequence[LogRow]

    @property
    def here(self) -> list[SeatHere]:
        """The seats that are here."""
        return [line for line in self.seats if line.here]

    @property
    def missing(self) -> list[SeatHere]:
        """The seats of which it is recorded that they are not here."""
        return [line for line in self.seats if line.here is False]

    @property
    def roll_words(self) -> str:
        """What the roll is called."""
        return roll_words(self.meeting)

    @property
    def quorum_words(self) -> str:
        """How many of the voting seats are here, and how many must be; of a meeting that is over, how many
        were."""
        voting = [line for line in self.seats if line.votes]
        here = sum(bool(line.here) for line in voting)
        figures = {"here": here, "seats": len(voting)}
        if self.meeting.is_over:
            words = ngettext(
                "%(here)d of %(seats)d seat that votes was there.",
                "%(here)d of %(seats)d seats that vote were there.",
                len(voting),
            )
            return words % figures
        words = ngettext(
            "%(here)d of %(seats)d seat that votes is here.",
            "%(here)d of %(seats)d seats that vote are here.",
            len(voting),
        )
        needed = self.how.rule.quorum.seats_needed(len(voting))
        enough = ngettext("%(n)d must answer or be here.", "%(n)d must answer or be here.", needed)
        if self.how.by_kind:
            enough = ngettext(
                "%(n)d must answer or be here, for most questions.",
                "%(n)d must answer or be here, for most questions.",
                needed,
            )
        return f"{words % figures} {enough % {'n': needed}}"

    @property
    def takes_roll(self) -> bool:
        """Whether it can be recorded who is there: on its day, and later."""
        return not self.meeting.is_called_off and clock.today(self.meeting.district) >= self.meeting.day


def roll_words(meeting: Meeting) -> str:
    """What the roll of a meeting is called, before and after its end."""
    return _("Who was there") if meeting.is_over else _("Who is here")


def meeting_page(meeting: Meeting) -> MeetingPage:
    """The page of a meeting: eleven queries."""
    seats = seats_at(meeting)
    how = in_force(meeting.group, [line.seat for line in seats], meeting.day)
    taken = meeting.decisions.order_by("opened_at", "pk")
    rows, reports = ([LogRow(decision) for decision in part] for part in (taken, to_report(meeting)))
    return MeetingPage(meeting, seats, how, rows, open_elsewhere(meeting), reports)


def seats_at(meeting: Meeting) -> list[SeatHere]:
    """The group's seats on the day of a meeting, and those that its open questions keep from their own day;
    those that vote first, numbered: five queries."""
    said = dict(Attendance.objects.filter(meeting=meeting).values_list("seat_id", "here"))
    today = seats_today(meeting.group, meeting.day)
    asked = DecisionSeat.objects.filter(decision__meeting=meeting, decision__state=State.OPEN)
    kept = Seat.objects.filter(pk__in=asked.values("seat")).exclude(pk__in=[seat.pk for seat in today])
    seats = [*today, *kept.select_related("partner", "school")]
    in_order = sorted(seats, key=lambda seat: (seat.standing != Standing.VOTES, seat.label.casefold()))
    return [SeatHere(n, seat, said.get(seat.pk)) for n, seat in enumerate(in_order, start=1)]


def open_questions(group: Group) -> list[Decision]:
    """The open questions of a group, the oldest first, with the meeting on whose agenda each stands."""
    waiting = group.decisions.filter(state=State.OPEN).select_related("meeting")
    return list(waiting.order_by("opened_at", "pk"))


def open_elsewhere(meeting: Meeting) -> list[Decision]:
    """Those that are not on this meeting's agenda and can be put there."""
    waiting = [decision for decision in open_questions(meeting.group) if decision.meeting != meeting]
    return [one for one in waiting if one.closes_at is None or one.closes_at >= meeting.ends_at]


def to_report(meeting: Meeting) -> list[Decision]:
    """What the group decided without a meeting since the last one at which it was or will be reported (its
    roll was taken, or it is still to come), or in the 90 days before its first: urgent matters, and what one
    seat decided. Two queries."""
    group, starts_at = meeting.group, meeting.starts_at
    hears = Q(attended_at__isnull=False) | Q(starts_at__gt=clock.now())
    before = group.meetings.filter(hears, called_off_at=None, starts_at__lt=starts_at).first()
    since = before.starts_at if before else starts_at - REPORTED
    closed = group.decisions.filter(meeting=None, closed_at__gte=since, closed_at__lt=starts_at)
    by_few = closed.filter(Q(kind=Kind.URGENT) | Q(method__in=NAMED))
    return list(by_few.exclude(outcome=Outcome.WITHDRAWN).order_by("closed_at", "pk"))


@dataclass(frozen=True)
class GroupMeetings:
    """The meetings of a group: those to come, the next one first, and those that were, the last one
    first."""

    coming: Sequence[Meeting]
    past: Sequence[Meeting]

    @property
    def any(self) -> bool:
        """Whether the group has met, or will."""
        return bool(self.coming or self.past)


def meetings_of(group: Group, *, most_past: int | None = None) -> GroupMeetings:
    """A group's meetings: two queries. `most_past`: how many of those that were."""
    coming = list(Meeting.objects.filter(group=group).coming(clock.now()))
    past = group.meetings.exclude(pk__in=[meeting.pk for meeting in coming])
    taken = Decision.objects.order_by("opened_at", "pk")
    if most_past is None:
        past = past.prefetch_related(Prefetch("decisions", queryset=taken, to_attr="taken"))
    return GroupMeetings(coming, list(past[:most_past]))


def proposed(group: Group) -> dict[str, Any]:
    """What the form for a new meeting says at first: the rhythm, place and notes of the last ones."""
    last_two = list(group.meetings.filter(called_off_at=None)[:2])
    if not last_two:
        return {}
    last, zone = last_two[0], group.district.tz
    calendar = SchoolCalendar(clock.today(group.district))
    begin = next_start(
        last.starts_at,
        last_two[1].starts_at if len(last_two) > 1 else None,
        not_before=clock.now(),
        zone=zone,
        works=lambda day: calendar.is_school_day(day, group.school),
    ).astimezone(zone)
    carried = {name: getattr(last, name) for name in CARRIED}
    return {"day": begin.date(), "hour": begin.time(), **carried}
