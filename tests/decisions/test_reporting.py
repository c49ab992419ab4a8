"""What was decided without a meeting, urgently or by one seat, is reported at the next one."""

import datetime

import pytest
from django.test import Client
from icalendar import Calendar

from accounts import clock
from decisions.enums import Kind
from decisions.meeting_file import as_calendar
from decisions.meeting_paper import agenda_pdf
from decisions.models import Decision, Group
from decisions.pages.meetings import to_report
from decisions.rule import Method
from decisions.services import call_off_meeting, close_decision, open_decision, withdraw
from tests.conftest import Cast
from tests.decisions.conftest import answer, decided
from tests.decisions.test_meetings import come, meet, path
from tests.pdf import text_of
from tests.press.running import RunningPress

DAY = datetime.timedelta(days=1)


def urgently(cast: Cast, group: Group, *, days: int = 0, kind: Kind = Kind.URGENT) -> Decision:
    """Decided so many days from today, without a meeting."""
    decision = decided(group, *["yes"] * 5, kind=kind, by=cast.coordinator)
    Decision.objects.filter(pk=decision.pk).update(closed_at=clock.now() + days * DAY)
    return decision


def test_only_what_was_decided_since_the_last_meeting_that_was_held_is_reported(
    cast: Cast, by_majority: Group
) -> None:
    urgently(cast, by_majority, days=-12)
    since = urgently(cast, by_majority, days=-2)
    urgently(cast, by_majority, days=6)
    come(cast, meet(cast, by_majority, days=-10), "Juvenile")
    meet(cast, by_majority, days=-1, agenda="Nobody wrote down who was there")
    called_off = meet(cast, by_majority, days=-1)
    call_off_meeting(meeting=called_off, version=called_off.version, by=cast.coordinator)
    assert to_report(meet(cast, by_majority, days=5)) == [since]


def test_what_an_earlier_meeting_will_hear_is_not_reported_twice(cast: Cast, by_majority: Group) -> None:
    urgently(cast, by_majority, days=-2)
    called_off, november = meet(cast, by_majority, days=3), meet(cast, by_majority, days=30)
    october = meet(cast, by_majority, days=5)
    call_off_meeting(meeting=called_off, version=called_off.version, by=cast.coordinator)
    assert [len(to_report(meeting)) for meeting in (october, november)] == [1, 0]


def test_before_the_first_meeting_it_is_what_was_decided_in_ninety_days(
    cast: Cast, by_majority: Group
) -> None:
    urgently(cast, by_majority, days=-86)
    since = urgently(cast, by_majority, days=-84)
    assert to_report(meet(cast, by_majority, days=5)) == [since]


@pytest.mark.parametrize("method", [Method.LEADER, Method.DELEGATED])
def test_what_one_seat_decided_is_reported_whatever_it_is_about(
    cast: Cast, by_majority: Group, method: Method
) -> None:
    decision = urgently(cast, by_majority, days=-1, kind=Kind.PROGRAM)
    meeting = meet(cast, by_majority)
    assert to_report(meeting) == []
    Decision.objects.filter(pk=decision.pk).update(method=method)
    assert to_report(meeting) == [decision]


def test_what_a_meeting_took_what_is_open_and_what_was_taken_back_is_not_reported(
    cast: Cast, by_majority: Group
) -> None:
    asked = {"group": by_majority, "kind": Kind.URGENT, "by": cast.coordinator}
    open_decision(question="Shall we?", **asked)
    withdraw(decision=open_decision(question="Or?", **asked), reason="The bus came.", by=cast.coordinator)
    there = open_decision(question="Now?", meeting=meet(cast, by_majority), **asked)
    answer(there, *["yes"] * 5, by=cast.coordinator)
    close_decision(decision=there, version=there.version, by=cast.coordinator)
    assert to_report(meet(cast, by_majority, days=1)) == []


def test_page_and_calendar_say_what_is_to_be_reported(
    cast: Cast, by_majority: Group, coordinator: Client
) -> None:
    meeting = meet(cast, by_majority, days=1)
    assert "To report" not in coordinator.get(path(cast, "meeting", meeting)).content.decode()
    decision = urgently(cast, by_majority)
    page = coordinator.get(path(cast, "meeting", meeting)).content.decode()
    assert "To report" in page
    assert path(cast, "page", decision) in page
    [event] = Calendar.from_ical(as_calendar(meeting)).walk("VEVENT")
    assert event["DESCRIPTION"] == "To report: Shall we share one referral form?"


def test_the_agenda_on_paper_says_what_is_to_be_reported(
    cast: Cast, by_majority: Group, press: RunningPress
) -> None:
    meeting = meet(cast, by_majority, days=1)
    decision = urgently(cast, by_majority)
    text = " ".join(text_of(agenda_pdf(meeting)).split())
    assert f"To report {decision.reference}: Shall we share one referral form? Adopted" in text
