"""What a group still has to do, as a table and for calendars."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accounts import clock
from accounts.models import District
from accounts.urls_in import absolute, url_in

from .action_items import OpenItem

DAY = datetime.timedelta(days=1)


def lines(items: Sequence[OpenItem]) -> list[list[str]]:
    """One line a thing to do, the first with their names."""
    columns = [_("What is to be done"), _("Who"), _("By when"), _("Decision"), _("Question")]
    return [columns, *map(_line, items)]


def _line(item: OpenItem) -> list[str]:
    due = item.task.due_on.isoformat() if item.task.due_on else ""
    return [item.task.title, item.who, due, item.decision.reference, item.decision.question]


def calendar(items: Sequence[OpenItem], district: District) -> bytes:
    """The same as an iCalendar file (RFC 5545): an all-day event on the day by which each is to be done.

    Events, and not to-dos (VTODO), since Google Calendar and Outlook leave to-dos out when they read a file,
    and Apple's Calendar hands them to another program. TRANSP says that the day stays free. What has no day
    is in the table alone. Each keeps its UID, so that a file taken again moves what it brought before.
    """
    made = Calendar()
    made.add("prodid", "-//Partnership portal//Action items//EN")
    made.add("version", "2.0")
    for item in items:
        if item.task.due_on:
            made.add_component(_event(item, item.task.due_on, district))
    return bytes(made.to_ical())


def _event(item: OpenItem, due_on: datetime.date, district: District) -> Event:
    decision, event = item.decision, Event()
    page = absolute(url_in(district, "decisions:page", uid=decision.uid))
    event.add("uid", f"{item.task.uid}@{district.slug}")
    event.add("dtstamp", clock.now())
    event.add("dtstart", due_on)
    event.add("dtend", due_on + DAY)
    event.add("summary", f"{item.task.title} ({item.who})" if item.who else item.task.title)
    event.add("description", f"{decision.reference}: {decision.question}\n{page}")
    event.add("url", page)
    event.add("transp", "TRANSPARENT")
    return event
