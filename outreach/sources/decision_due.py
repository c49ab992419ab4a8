"""An answer not yet given: one mail to a seat that was asked by link, before its time to answer ends."""

import datetime
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from accounts.holidays import SATURDAY
from accounts.models import District
from decisions.enums import State
from decisions.models import AnswerLink
from outreach.guard import drafted
from outreach.hours import opening
from outreach.registry import Draft, Drafted, MailSource, Window, zone_of

from .decision_links import draft_for, link, moot, with_standing, working

KIND = "decision_due"
DAY = datetime.timedelta(days=1)


def _drafts(district: District, window: Window) -> Sequence[Drafted]:
    """One for each seat that was asked, has not answered, and whose time to answer ends in the window."""
    asked = AnswerLink.objects.asked().filter(
        decision_seat__decision__state=State.OPEN,
        decision_seat__decision__closes_at__gt=window.now,
        decision_seat__decision__closes_at__lt=window.until + 4 * DAY,
    )
    rows = with_standing(working(asked, window.now)).filter(answered=False, may_not=False)
    return drafted(KIND, rows, lambda one: _in_window(district, one, window))


def _in_window(district: District, link: Any, window: Window) -> Draft | None:
    decision = link.decision_seat.decision
    due = _before(decision.closes_at, zone_of(district, decision.group.school))
    asked = max(filter(None, (link.mail_wanted_at, link.copied_at)))
    if not (window.since <= due <= window.until) or due < asked + DAY:
        return None
    return draft_for(KIND, district, link, due, decision.closes_at.isoformat())


def _before(closes_at: datetime.datetime, zone: ZoneInfo) -> datetime.datetime:
    """The opening of the last weekday before the day on which answers end."""
    day = closes_at.astimezone(zone).date() - DAY
    while day.weekday() >= SATURDAY:
        day -= DAY
    return opening(day, zone)


SOURCE = MailSource(
    kind=KIND,
    label=_("An answer not yet given"),
    says=_(
        "One reminder to whoever was asked by a personal link and has not answered, on the last weekday"
        " before the time to answer ends. It goes in the name of whoever asked."
    ),
    reminder=True,
    needs_switch=True,
    drafts=_drafts,
    moot=moot,
    link=link,
)
