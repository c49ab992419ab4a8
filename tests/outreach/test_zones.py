"""Civil hours in every zone of the United States, and where clocks do what no American one does."""

import datetime
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from django_scopes import scope

from accounts.clock import at_local
from accounts.holidays import SATURDAY, SchoolCalendar
from outreach.hours import CLOSES, OPENS, civil
from tests.conftest import Cast

ZONES = [
    "America/New_York",
    "America/Detroit",
    "America/Indiana/Indianapolis",
    "America/Chicago",
    "America/Menominee",
    "America/North_Dakota/Center",
    "America/Denver",
    "America/Boise",
    "America/Phoenix",  # without summer time
    "America/Los_Angeles",
    "America/Anchorage",
    "America/Adak",
    "America/Puerto_Rico",
    "Pacific/Honolulu",
    "Pacific/Guam",
    "Pacific/Pago_Pago",
    "Australia/Lord_Howe",  # summer time of half an hour
    "Pacific/Apia",  # without December 30, 2011
]
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
FIRST, LAST = datetime.date(2026, 1, 1), datetime.date(2037, 12, 31)
NEVER = datetime.date(2011, 12, 30)
NINE = datetime.time(OPENS)


@pytest.fixture
def calendar(cast: Cast) -> Iterator[SchoolCalendar]:
    with scope(district=cast.larkmoor):
        yield SchoolCalendar(NEVER - 7 * DAY)


def instants(
    first: datetime.date, last: datetime.date, step: datetime.timedelta
) -> Iterator[datetime.datetime]:
    moment = datetime.datetime.combine(first, datetime.time(), datetime.UTC)
    while moment.date() <= last:
        yield moment
        moment += step


def hours_around_changes(zone: ZoneInfo) -> Iterator[datetime.datetime]:
    """Each hour of the three days about each change of the clocks there, until 2037."""
    for moment in instants(FIRST, LAST, DAY):
        if moment.astimezone(zone).utcoffset() != (moment + DAY).astimezone(zone).utcoffset():
            yield from instants(moment.date() - DAY, moment.date() + DAY, HOUR)


@pytest.mark.parametrize("name", ZONES)
def test_what_is_due_at_night_goes_at_nine_once_on_each_weekday(calendar: SchoolCalendar, name: str) -> None:
    zone = ZoneInfo(name)
    days = [FIRST + n * DAY for n in range((LAST - FIRST).days)]
    going = {civil(at_local(day, 0, zone), zone, None, calendar).astimezone(zone) for day in days}
    weekdays = [day for day in days if day.weekday() < SATURDAY]
    assert sorted(going) == [datetime.datetime.combine(day, NINE, zone) for day in weekdays]


@pytest.mark.parametrize("name", ZONES)
def test_around_each_change_of_the_clocks_nothing_goes_early_or_outside_the_window(
    calendar: SchoolCalendar, name: str
) -> None:
    zone = ZoneInfo(name)
    wrong = []
    for moment in hours_around_changes(zone):
        goes = civil(moment, zone, None, calendar)
        local = goes.astimezone(zone)
        if goes < moment or not OPENS <= local.hour < CLOSES or local.weekday() >= SATURDAY:
            wrong.append((moment, local))
    assert wrong == []


def test_a_friday_that_never_was_is_passed_over(calendar: SchoolCalendar) -> None:
    """Samoa went from Thursday, December 29, 2011, to Saturday, December 31."""
    zone = ZoneInfo("Pacific/Apia")
    evening = datetime.datetime(2011, 12, 29, 18, tzinfo=zone)
    goes = civil(evening, zone, None, calendar)
    assert goes.astimezone(zone) == datetime.datetime(2012, 1, 2, 9, tzinfo=zone)
