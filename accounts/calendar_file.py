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
MOST_NEW = 500
PARTS = 4  # a big file has alarms and time zones beside its events
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
    if len(found.new) > MOST_NEW:
        raise NotACalendar(_too_many())
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
        name = _name(event)
        yield name or _("Without a name"), *_days(event, name)


def _name(event: Any) -> str:
    """The first of an event's names, in one line of characters that can be shown."""
    named = event.get("SUMMARY", "")
    text = str(named[0] if isinstance(named, list) else named)
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:120]


def _too_many() -> str:
    return _("There are too many events in this file. Export the holidays alone, or one school year.")


def _damaged() -> str:
    return _(
        "The file is not a calendar, or it is damaged. Export it again from your calendar program; the file's"
        " name ends in .ics."
    )


def _read(content: bytes) -> list[Any]:
    if len(content) > MOST_BYTES:
        raise NotACalendar(
            _("The file is larger than 512 KB. Export the holidays alone, or one school year.")
        )
    text = _text(content)
    begun = text.upper()
    if begun.count("BEGIN:VEVENT") > MOST_EVENTS or begun.count("BEGIN:") > MOST_EVENTS * PARTS:
        raise NotACalendar(_too_many())
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        events = [event for each in calendars for event in each.walk("VEVENT")]
    except (ValueError, KeyError, IndexError, AttributeError, TypeError) as wrong:
        raise NotACalendar(_damaged()) from wrong
    if not events and "BEGIN:VEVENT" in begun:
        raise NotACalendar(_damaged())
    if not events:
        raise NotACalendar(_("There is no event in this file. Export the calendar that has the holidays."))
    return events


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        words = _(
            "The file cannot be read as text in UTF-8. Export it again from your calendar program, as a file"
            " whose name ends in .ics."
        )
        raise NotACalendar(words) from wrong
    if text.lstrip().startswith("<"):
        words = _(
            "This is a web page, not a calendar. Look on it for “Export” or “Download”: that gives a file"
            " whose name ends in .ics."
        )
        raise NotACalendar(words)
    return text


def _days(event: Any, name: str) -> tuple[Days | None, str]:
    if not name:
        return None, _("has no name")
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return None, _("called off")
    if "RRULE" in event or "RDATE" in event:
        return None, _("repeats: add its days by hand")
    first = _value(event, "DTSTART")
    if isinstance(first, datetime.datetime):
        days = _from_midnight_to_midnight(first, _value(event, "DTEND"), name)
        return days, "" if days else _("not a whole day")
    if not isinstance(first, datetime.date):
        return None, _("its date cannot be read")
    try:
        last = _last_day(event, first)
    except OverflowError:
        last = None
    return (Days(first, last, name), "") if last else (None, _("its last day cannot be read"))


def _from_midnight_to_midnight(first: datetime.datetime, end: Any, name: str) -> Days | None:
    """Whole days as some programs write them: from midnight to a later midnight of a place. UTC is none."""
    midnights = isinstance(end, datetime.datetime) and {first.time(), end.time()} == {datetime.time.min}
    if not midnights or first.tzname() == "UTC" or end.date() <= first.date():
        return None
    return Days(first.date(), end.date() - DAY, name)


def _last_day(event: Any, first: datetime.date) -> datetime.date | None:
    """The last day, included: DTEND names the day after it (RFC 5545, 3.6.1); without one it is one day.

    Raises OverflowError where it is on no calendar.
    """
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
