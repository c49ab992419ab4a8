"""Civil hours: reminders go between 9 and 17 on weekdays, where the school is."""

import datetime
from zoneinfo import ZoneInfo

from accounts.clock import at_local

OPENS, CLOSES = 9, 17
SATURDAY = 5
DAY = datetime.timedelta(days=1)


def next_weekday(day: datetime.date) -> datetime.date:
    """The day itself, or the Monday after a weekend."""
    while day.weekday() >= SATURDAY:
        day += DAY
    return day


def opening(day: datetime.date, zone: ZoneInfo) -> datetime.datetime:
    """The instant at which the first weekday from `day` on opens there."""
    return at_local(next_weekday(day), OPENS, zone)


def civil(moment: datetime.datetime, zone: ZoneInfo) -> datetime.datetime:
    """The moment itself where it lies in civil hours there, else the next opening."""
    local = moment.astimezone(zone)
    if local.weekday() < SATURDAY and OPENS <= local.hour < CLOSES:
        return moment
    if local.hour < OPENS:
        return opening(local.date(), zone)
    return opening(local.date() + DAY, zone)
