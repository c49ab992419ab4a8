"""The one clock. Instants are UTC; a due date is a local date in the school's or district's zone.

In a demo and in tests the clock can be moved by one row, so that browser and worker travel together; in
production the row is never read (settings.MOVABLE_CLOCK).
"""

import datetime
import math
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from .models import ClockOffset, District, School

_offset: ContextVar[datetime.timedelta] = ContextVar("offset", default=datetime.timedelta())


def now() -> datetime.datetime:
    """This instant, in UTC, by the portal's clock."""
    return timezone.now() + _offset.get()


def today(place: District | School) -> datetime.date:
    """The local date at a school or district."""
    return local_day(now(), place)


def local_day(at: datetime.datetime, place: District | School) -> datetime.date:
    """The local date of an instant at a school or district."""
    return at.astimezone(place.tz).date()


def at_local(day: datetime.date, hour: int, zone: ZoneInfo) -> datetime.datetime:
    """The instant at which a local day reaches an hour there.

    An hour that a change to summer time skips is read one hour later, as zoneinfo does.
    """
    return datetime.datetime.combine(day, datetime.time(hour), zone).astimezone(datetime.UTC)


def read() -> None:
    """Take up the stored offset: called when a request and when a task begins."""
    if settings.MOVABLE_CLOCK:
        seconds = ClockOffset.objects.values_list("seconds", flat=True).first() or 0
        _offset.set(datetime.timedelta(seconds=seconds))


@contextmanager
def shifted(by: datetime.timedelta) -> Iterator[None]:
    """Live for a while at another time, in this thread alone: how the demo writes what happened last week."""
    token = _offset.set(_offset.get() + by)
    try:
        yield
    finally:
        _offset.reset(token)


def move(by: datetime.timedelta) -> None:
    """Move the clock ahead, or back, for everybody. Raises RuntimeError where the clock may not be moved."""
    if not settings.MOVABLE_CLOCK:
        raise RuntimeError("The clock can be moved in a demo and in tests only.")
    row = ClockOffset.objects.first() or ClockOffset()
    row.seconds += math.ceil(by.total_seconds())
    row.save()
    read()
