"""All mail stopped, for a district by its staff or for every district by whoever runs the portal.

Read before each message is handed over, so that at most the one that is under way still goes. What is due
stays as it is and goes once mail is started again.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts import clock
from accounts.models import Membership
from accounts.outgoing import nudge_outbox

from .models import MailStop, PortalMailStop

SHOWN = 50


@dataclass(frozen=True)
class Stop:
    """A stop that holds now: since when, why, and by whom (nobody: whoever runs the portal)."""

    since: datetime.datetime
    reason: str
    by: Membership | None


def portal_stop() -> Stop | None:
    """The stop of every district's mail, where there is one: one query."""
    row = PortalMailStop.objects.first()
    return Stop(row.at, row.reason, None) if row and row.is_stopped else None


def is_stopped() -> bool:
    """Whether the mail of the district in scope, or of every district, is stopped: one query."""
    latest = [
        rows.order_by("-pk").values_list("is_stopped")[:1]
        for rows in (PortalMailStop.objects, MailStop.objects)
    ]
    return any(stopped for (stopped,) in latest[0].union(latest[1], all=True))


def current_stop() -> Stop | None:
    """What stops the mail of the district in scope, the portal's own stop first: two queries at most."""
    if whole := portal_stop():
        return whole
    row = MailStop.objects.select_related("by__user").first()
    return Stop(row.at, row.reason, row.by) if row and row.is_stopped else None


def stops_so_far() -> Sequence[MailStop]:
    """The latest stops and starts of the district, the latest first: one query."""
    return list(MailStop.objects.select_related("by__user")[:SHOWN])


class NothingChanged(Exception):
    """Mail is stopped already, or was not stopped."""


@transaction.atomic
def stop(*, reason: str, by: Membership) -> None:
    """Stop all mail of a district. Raises NothingChanged where its staff have stopped it already."""
    _turn(True, reason, by)


@transaction.atomic
def start(*, by: Membership) -> None:
    """Let a district's mail go again, and send what is due. Raises NothingChanged where it goes."""
    _turn(False, "", by)
    nudge_outbox()


def _turn(stopped: bool, reason: str, by: Membership) -> None:
    latest = MailStop.objects.first()
    if stopped == bool(latest and latest.is_stopped):
        raise NothingChanged
    MailStop.objects.create(
        district_id=by.district_id, is_stopped=stopped, reason=reason, at=clock.now(), by=by
    )


def stop_portal(*, reason: str) -> None:
    """Stop the mail of every district. Raises NothingChanged where it is stopped."""
    _turn_portal(True, reason)


def start_portal() -> None:
    """Let mail go again wherever a district's staff have not stopped it. Raises NothingChanged."""
    with transaction.atomic():
        _turn_portal(False, "")
        nudge_outbox()


def _turn_portal(stopped: bool, reason: str) -> None:
    if stopped == bool(portal_stop()):
        raise NothingChanged
    PortalMailStop.objects.create(is_stopped=stopped, reason=reason, at=clock.now())
