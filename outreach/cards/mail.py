"""Mail on Today: what did not go, and reminders that are ready and wait for their kind to be switched on."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import clock
from accounts.models import Membership
from accounts.rules import is_staff, keeps_records
from accounts.urls_in import url_in
from outreach.enums import State
from outreach.models import Message
from outreach.planning import AHEAD
from outreach.registry import Card, CardSource, Rows

LOOK_BACK = datetime.timedelta(days=30)


def troubled(membership: Membership, day: datetime.date) -> Rows:
    """Messages of the last month that failed, or may not have arrived."""
    if not keeps_records(membership):
        return Message.objects.none()
    rows = Message.objects.for_member(membership)
    return rows.filter(state__in=(State.FAILED, State.UNCERTAIN), ended_at__gt=clock.now() - LOOK_BACK)


def troubled_card(membership: Membership, rows: list[Any]) -> Card:
    """ "Look at 2 messages that did not go" """
    n = len(rows)
    list_url = url_in(membership.district, "outreach:mail") + "?state=trouble"
    return Card(
        what=ngettext("Look at a message that did not go", "Look at %(n)d messages that did not go", n)
        % {"n": n},
        about="",
        why=rows[0].get_reason_display(),
        act_label=_("See why"),
        act_url=url_in(membership.district, "outreach:message", uid=rows[0].uid) if n == 1 else list_url,
    )


def ready(membership: Membership, day: datetime.date) -> Rows:
    """Reminders that would go within two weeks, were their kind switched on."""
    if not is_staff(membership):
        return Message.objects.none()
    return Message.objects.for_member(membership).filter(
        state=State.WAITING, not_before__lt=clock.now() + AHEAD
    )


def ready_card(membership: Membership, rows: list[Any]) -> Card:
    """ "Look at 12 messages that are ready to send" """
    n, kinds = len(rows), {row.kind for row in rows}
    where = ("outreach:kind", {"kind": kinds.pop()}) if len(kinds) == 1 else ("outreach:kinds", {})
    return Card(
        what=ngettext(
            "Look at a message that is ready to send", "Look at %(n)d messages that are ready to send", n
        )
        % {"n": n},
        about="",
        why=_("Nothing leaves for people outside by itself until you switch its kind on."),
        act_label=_("See what would go"),
        act_url=url_in(membership.district, where[0], **where[1]),
    )


SOURCES = (
    CardSource("mail_trouble", troubled, troubled_card, together=True),
    CardSource("mail_ready", ready, ready_card, together=True, can_be_done=False),
)
