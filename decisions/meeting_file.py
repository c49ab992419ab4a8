"""A meeting as a file for a calendar program (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from icalendar import Calendar, Event
from icalendar.enums import STATUS

from accounts import clock

from .models import Meeting
from .pages.meetings import to_report


def as_calendar(meeting: Meeting) -> bytes:
    """The meeting as one event. Its UID stays, and SEQUENCE rises with each change, so that a file taken
    again moves the entry instead of doubling it (RFC 5545, 3.8.7.4). Partners may be given it: it leads to
    no page that only we can open."""
    calendar = Calendar()
    calendar.add("prodid", "-//Partnership portal//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"{meeting.uid}@meetings")
    event.add("dtstamp", clock.now())
    event.add("sequence", meeting.version)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", meeting.group.full_name)
    event.add("status", STATUS.CANCELLED if meeting.is_called_off else STATUS.CONFIRMED)
    for name, value in (("location", meeting.place), ("url", meeting.link)):
        if value:
            event.add(name, value)
    event.add("description", "\n".join(_lines(meeting)))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _lines(meeting: Meeting) -> Iterator[str]:
    yield from meeting.agenda_items
    yield from (decision.question for decision in meeting.decisions.order_by("opened_at", "pk"))
    for decision in to_report(meeting):
        yield _("To report: %(question)s") % {"question": decision.question}
    if meeting.interpreter:
        yield _("Interpreter: %(who)s") % {"who": meeting.interpreter}
    if meeting.notes:
        yield meeting.notes
