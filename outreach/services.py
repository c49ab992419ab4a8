"""What people do with mail and with their Today: keyword-only, atomic, by somebody, raising named errors."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from accounts import clock
from accounts.models import District, Membership
from accounts.outgoing import nudge_outbox

from . import mail, registry
from .enums import UNSENT, Reason, State, SuppressedBecause
from .models import HomeState, KindSwitch, Message, MessageEvent, Suppression
from .states import change, event

AGAIN = (State.UNCERTAIN, State.FAILED)


class NotThisState(Exception):
    """The message is not where this act starts: it has gone, or somebody was first."""


@transaction.atomic
def switch(*, kind: str, on: bool, by: Membership) -> int:
    """Switch a kind of mail on or off for the district; what waits, or was about to go, follows.

    Out: how many messages followed. Raises ValueError on a kind that we do not send.
    """
    if registry.mail_source(kind) is None:
        raise ValueError(kind)
    KindSwitch.objects.create(district_id=by.district_id, kind=kind, is_on=on, at=clock.now(), by=by)
    was, state = (State.WAITING, State.QUEUED) if on else (State.QUEUED, State.WAITING)
    rows = list(Message.objects.filter(kind=kind, state=was).select_for_update())
    reason = "" if on else Reason.KIND_OFF
    MessageEvent.objects.bulk_create(event(row, state, reason, by=by) for row in rows)
    if on:
        nudge_outbox()
    return change(Message.objects.filter(pk__in=[row.pk for row in rows]), state, reason)


@transaction.atomic
def cancel(*, message: Message, by: Membership) -> None:
    """Take a message back that has not gone. Raises NotThisState."""
    rows = Message.objects.filter(pk=message.pk, state__in=UNSENT)
    _move(message, rows, State.CANCELLED, by)


@transaction.atomic
def send_again(*, message: Message, by: Membership) -> None:
    """Send a failed or uncertain message once more, under the same Message-ID, with all its tries again.

    Raises NotThisState.
    """
    rows = Message.objects.filter(pk=message.pk, state__in=AGAIN)
    _move(message, rows, State.QUEUED, by)
    nudge_outbox()


def _move(message: Message, rows: QuerySet[Message], state: State, by: Membership) -> None:
    reason = Reason.BY_HAND
    if change(rows, state, reason) != 1:
        raise NotThisState
    event(message, state, reason, by=by).save()


def suppress(
    *,
    district: District,
    address: str,
    because: SuppressedBecause,
    kind: str = "",
    by: Membership | None = None,
) -> None:
    """Send nothing more to an address, or nothing of one kind; holds for what waits already."""
    Suppression.objects.get_or_create(
        district=district,
        address_hmac=mail.address_hmac(address),
        kind=kind,
        defaults={"because": because, "at": clock.now(), "by": by},
    )


Item = tuple[uuid.UUID, datetime.date | None]


def put_off(*, kind: str, items: Iterable[Item], until: datetime.date, by: Membership) -> None:
    """Keep items off one's own Today until a day."""
    _keep(kind, items, by, snoozed_until=until)


@transaction.atomic
def mark_done(*, kind: str, items: Iterable[Item], by: Membership) -> None:
    """Say of items that they are done: ends the thing itself where its kind can, else puts it away."""
    source = registry.card_source(kind)
    items = list(items)
    for uid, _due_on in items:
        if source and source.done:
            source.done(by, uid)
    _keep(kind, items, by, done_at=clock.now())


def _keep(kind: str, items: Iterable[Item], by: Membership, **what: object) -> None:
    for uid, due_on in items:
        HomeState.objects.update_or_create(
            membership=by,
            kind=kind,
            subject_uid=uid,
            due_on=due_on,
            defaults={"district_id": by.district_id, **what},
        )
