"""Meetings: planned, changed, called off; who is there; minutes; and what stands on the agenda."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts import clock
from accounts.models import Membership
from accounts.versions import compare_and_set
from decisions.enums import State
from decisions.models import Attendance, Decision, Group, Meeting, Seat
from decisions.register import Sealer, append

from .meeting_errors import AttendanceTaken, CalledOff, EndsBeforeMeeting, NotOfThisMeeting, NotYet
from .while_open import touch


def plan_meeting(
    *,
    group: Group,
    starts_at: datetime.datetime,
    carries: Sequence[Decision] = (),
    by: Membership,
    **said: Any,
) -> Meeting:
    """A new meeting of a group; `said`: how long, place, link, interpreter, notes and agenda.

    `carries`: open questions of the group that go on its agenda. Raises what `put_on_agenda` raises.
    """
    with transaction.atomic():
        meeting: Meeting = Meeting.objects.create(
            district_id=by.district_id,
            group=group,
            starts_at=starts_at,
            planned_by=by,
            planned_at=clock.now(),
            **_stripped(said),
        )
        _move(carries, meeting, by)
    return meeting


def change_meeting(*, meeting: Meeting, version: int, by: Membership, **said: Any) -> None:
    """Change when and where a meeting is, what for, or its minutes. Raises CalledOff, ChangedMeanwhile."""
    if meeting.is_called_off:
        raise CalledOff
    compare_and_set(meeting, expected=version, **_stripped(said))


def _stripped(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}


def call_off_meeting(*, meeting: Meeting, version: int, by: Membership) -> None:
    """Say that a meeting does not take place; its questions are free for another one.

    Raises AttendanceTaken where it took place, ChangedMeanwhile.
    """
    with transaction.atomic():
        if _locked(meeting).attended_at:
            raise AttendanceTaken
        compare_and_set(meeting, expected=version, called_off_at=clock.now(), called_off_by=by)
        _move(meeting.decisions.filter(state=State.OPEN), None, by)


def record_attendance(
    *, meeting: Meeting, seats: Iterable[Seat], here: Iterable[Seat], by: Membership
) -> None:
    """Who of `seats` is at the meeting; it can be set right as people come and go. Nobody: no roll was taken.

    A close that counted the seats before is told that something changed. Raises CalledOff, NotYet before its
    day.
    """
    there = {seat.pk for seat in here}
    with transaction.atomic():
        row = _locked(meeting)
        if row.is_called_off:
            raise CalledOff
        if clock.today(by.district) < row.day:
            raise NotYet
        _keep_roll(row, seats, there, by)
        meeting.decisions.filter(state=State.OPEN).update(version=F("version") + 1)
    meeting.refresh_from_db(fields=["attended_at", "attended_by"])


def _keep_roll(meeting: Meeting, seats: Iterable[Seat], there: Set[int], by: Membership) -> None:
    rows = [
        Attendance(district_id=by.district_id, meeting=meeting, seat=seat, here=seat.pk in there)
        for seat in seats
    ]
    Attendance.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["meeting", "seat"], update_fields=["here"]
    )
    if not there:
        Meeting.objects.filter(pk=meeting.pk).update(attended_at=None, attended_by=None)
    elif meeting.attended_at is None:
        Meeting.objects.filter(pk=meeting.pk).update(attended_at=clock.now(), attended_by=by)


def put_on_agenda(*, decision: Decision, meeting: Meeting | None, by: Membership) -> None:
    """Have an open question taken at a meeting of its group, or (None) at no meeting.

    Raises AlreadyClosed; NotOfThisMeeting where the meeting is another group's or was called off;
    EndsBeforeMeeting where its time to answer does.
    """
    with transaction.atomic():
        _move([decision], meeting, by)
    decision.meeting = meeting
    decision.version += 1


def _move(decisions: Iterable[Decision], meeting: Meeting | None, by: Membership) -> None:
    """Each row is taken, in one order, before the first entry: that one holds the chain until the end."""
    rows = sorted(decisions, key=lambda decision: decision.pk)
    for decision in rows:
        fitting(decision.group, meeting, decision.closes_at)
    for decision in rows:
        touch(decision)
    Decision.objects.filter(pk__in=[decision.pk for decision in rows]).update(meeting=meeting)
    for decision in rows:
        sealer = Sealer()
        append(
            district_id=decision.district_id,
            decision_uid=decision.uid,
            kind="agenda",
            fields={**taken_at(meeting), "by": sealer.name("put_by", by)},
            sealer=sealer,
        )


def fitting(group: Group, meeting: Meeting | None, closes_at: datetime.datetime | None) -> Meeting | None:
    """The meeting, held as it is until the transaction ends: call it before a decision's row is taken.

    Raises NotOfThisMeeting where a group's question can't be taken there; EndsBeforeMeeting where its time to
    answer is over before the meeting is.
    """
    if meeting is None:
        return None
    row = _locked(meeting)
    if row.group_id != group.pk or row.is_called_off:
        raise NotOfThisMeeting
    if closes_at is not None and closes_at < row.ends_at:
        raise EndsBeforeMeeting
    return meeting


def _locked(meeting: Meeting) -> Meeting:
    row: Meeting = (
        Meeting.objects.select_for_update(of=("self",), no_key=True)
        .select_related("district")
        .get(pk=meeting.pk)
    )
    return row


def taken_at(meeting: Meeting | None) -> dict[str, str | None]:
    """What an entry says of the meeting at which a question is taken."""
    return {"meeting": str(meeting.uid) if meeting else None}
