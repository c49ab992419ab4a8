"""Reading holidays from a calendar file (iCalendar, RFC 5545), as calendar programs export it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar.error import BrokenCalendarProperty

from .holidays import Days

MOST_BYTES = 512 * 1024
MOST_EVENTS = 3_000
LONGEST = datetime.timedelta(days=120)
AHEAD = datetime.timedelta(days=3 * 366)
DAY = datetime.timedelta(days=1)


class NotACalendar(Exception):
    """The file cannot be read as a calendar; the message says why, for people."""


@dataclass
class Preview:
    """What a file would bring: what is new, what is there already, and what is left out, with its reason."""

    new: list[Days] = field(default_factory=list)
    same: list[Days] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)


def preview(content: bytes, *, today: datetime.date, known: Set[Days]) -> Preview:
    """Sort the events of a file by what would become of them. Raises NotACalendar."""
    found = Preview()
    for name, days, reason in _events(content):
        reason = reason or _out_of_range(days, today)
        if reason or days is None:
            found.left_out.append((name, reason))
        elif days in known:
            found.same.append(days)
        else:
            found.new.append(days)
    found.new, found.same = sorted(set(found.new)), sorted(set(found.same))
    return found


def _out_of_range(days: Days | None, today: datetime.date) -> str:
    if days is None:
        return ""
    if days.last_day < today:
        return _("over already")
    if days.first_day > today + AHEAD:
        return _("more than three years ahead")
    if days.last_day - days.first_day > LONGEST:
        return _("longer than 120 days")
    return ""


def _events(content: bytes) -> Iterator[tuple[str, Days | None, str]]:
    """Name, days, and why an event is no holiday. Raises NotACalendar."""
    for event in _read(content):
        name = " ".join(str(event.get("SUMMARY", "")).split())[:120]
        yield name or _("Without a name"), *_days(event, name)


def _read(content: bytes) -> list[Any]:
    if len(content) > MOST_BYTES:
        raise NotACalendar(
            _("The file is larger than 512 KB. Export the holidays alone, or one school year.")
        )
    try:
        calendars = Calendar.from_ical(content.decode("utf-8-sig"), multiple=True)
        events = [event for each in calendars for event in each.walk("VEVENT")]
    except UnicodeDecodeError as wrong:
        raise NotACalendar(
            _("The file is not text. Choose a calendar file, whose name ends in .ics.")
        ) from wrong
    except (ValueError, KeyError, IndexError, AttributeError, TypeError) as wrong:
        words = _("The file is not a calendar, or it is damaged: %(detail)s") % {"detail": str(wrong)[:120]}
        raise NotACalendar(words) from wrong
    if not events:
        raise NotACalendar(_("There is no event in this file."))
    if len(events) > MOST_EVENTS:
        raise NotACalendar(_("The file has more than 3,000 events. Export the holidays alone."))
    return events


def _days(event: Any, name: str) -> tuple[Days | None, str]:
    if not name:
        return None, _("has no name")
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return None, _("called off")
    if event.get("RRULE") or event.get("RDATE"):
        return None, _("repeats: add its days by hand")
    first = _value(event, "DTSTART")
    if isinstance(first, datetime.datetime):
        return None, _("not a whole day")
    if not isinstance(first, datetime.date):
        return None, _("its date cannot be read")
    last = _last_day(event, first)
    return (Days(first, last, name), "") if last else (None, _("its last day cannot be read"))


def _last_day(event: Any, first: datetime.date) -> datetime.date | None:
    """The last day, included: DTEND names the day after it (RFC 5545, 3.6.1); without one it is one day."""
    if "DTEND" in event:
        end = _value(event, "DTEND")
    elif "DURATION" in event:
        length = _value(event, "DURATION")
        end = first + length if isinstance(length, datetime.timedelta) else None
    else:
        return first
    if not isinstance(end, datetime.date) or isinstance(end, datetime.datetime) or end < first:
        return None
    return max(first, end - DAY)


def _value(event: Any, name: str) -> Any:
    """A date, a moment or a length; None where the event has none that can be read."""
    try:
        return event[name].dt
    except (KeyError, AttributeError, BrokenCalendarProperty):
        return None
