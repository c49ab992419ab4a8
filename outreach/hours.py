"""Civil hours: reminders go between 9 and 17 on school days, where the school is."""

import datetime
from zoneinfo import ZoneInfo

from accounts.clock import at_local, today
from accounts.holidays import SATURDAY, SchoolCalendar
from accounts.models import District, School

OPENS, CLOSES = 9, 17
DAY = datetime.timedelta(days=1)


def next_weekday(day: datetime.date) -> datetime.date:
    """The day itself, or the Monday after a weekend."""
    while day.weekday() >= SATURDAY:
        day += DAY
    return day


def opening(day: datetime.date, zone: ZoneInfo) -> datetime.datetime:
    """The instant at which the first weekday from `day` on opens there."""
    return at_local(next_weekday(day), OPENS, zone)


def civil(
    moment: datetime.datetime, zone: ZoneInfo, school: School | None, calendar: SchoolCalendar
) -> datetime.datetime:
    """The moment itself where it lies in civil hours there, else the next opening on a school day.

    A day that a zone leaves out (Samoa's December 30, 2011) opens on another day, so it is passed over.
    """
    local = moment.astimezone(zone)
    day = local.date()
    if local.hour >= CLOSES:
        day += DAY
    elif local.hour >= OPENS and calendar.is_school_day(day, school):
        return moment
    while (
        not calendar.is_school_day(day, school) or at_local(day, OPENS, zone).astimezone(zone).date() != day
    ):
        day += DAY
    return at_local(day, OPENS, zone)


def school_days(district: District) -> SchoolCalendar:
    """The school days that can matter from now on: a school's today may be the district's yesterday."""
    return SchoolCalendar(today(district) - DAY)
