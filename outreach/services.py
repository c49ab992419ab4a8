"""What people do with mail and with their Today: keyword-only, atomic, by somebody, raising named errors."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import QuerySet

from accounts import clock
from accounts.models import District, Membership
from accounts.outgoing import nudge_outbox

from . import registry
from .addresses import address_hmac, clean
from .enums import EVERY_REMINDER, UNSENT, Reason, State, SuppressedBecause
from .models import HomeState, KindSwitch, Message, MessageEvent, Suppression
from .states import change, event
from .switches import kinds_on
from .wishes import stopped_kinds

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
    rows = Message.objects.filter(kind=kind, state=was).select_for_update().order_by("pk")
    if on:
        nudge_outbox()
    return _move_all(rows, state, "" if on else Reason.KIND_OFF, by)


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


def _move_all(rows: QuerySet[Message], state: State, reason: Reason | str, by: Membership | None) -> int:
    """Move rows, which the query locks, to a state, with an event each. Out: how many."""
    found = list(rows)
    MessageEvent.objects.bulk_create(event(row, state, reason, by=by) for row in found)
    return change(Message.objects.filter(pk__in=[row.pk for row in found]), state, reason)


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
        address_hmac=address_hmac(address),
        kind=kind,
        defaults={"because": because, "at": clock.now(), "by": by},
    )


@transaction.atomic
def unsubscribe(*, district: District, address: str, kind: str, by: Membership | None = None) -> None:
    """Send an address nothing more of a kind, or with EVERY_REMINDER no reminder and no notice.

    What waits for it ends at once; what a sender is claiming just then is passed over, since the sender looks
    once more. Asked once more, nothing changes.
    """
    suppress(district=district, address=address, because=SuppressedBecause.UNSUBSCRIBED, kind=kind, by=by)
    stopped = [source.kind for source in registry.mail_sources() if kind in registry.stopped_by(source.kind)]
    waiting = Message.objects.unsent().to_any([clean(address)]).filter(kind__in=stopped)
    rows = waiting.select_for_update(skip_locked=True, of=("self",))
    _move_all(rows, State.SUPPRESSED, Reason.BLOCKED, by)


@transaction.atomic
def want_again(*, address: str, kinds: Iterable[str], by: Membership | None = None) -> None:
    """Take back what its owner unsubscribed from; what we stopped stays so.

    What was planned for a later day, and ended when they unsubscribed, waits again.
    """
    Suppression.objects.filter(
        address_hmac=address_hmac(address), because=SuppressedBecause.UNSUBSCRIBED, kind__in=list(kinds)
    ).delete()
    [stopped] = stopped_kinds([address]).values()
    free = {
        source.kind for source in registry.by_themselves() if not registry.stopped_by(source.kind) & stopped
    }
    ended = Message.objects.to_any([clean(address)]).filter(
        state=State.SUPPRESSED, reason=Reason.BLOCKED, not_before__gt=clock.now()
    )
    rows, on = ended.select_for_update(of=("self",)).order_by("pk"), kinds_on()
    _move_all(rows.filter(kind__in=free & on), State.QUEUED, "", by)
    _move_all(rows.filter(kind__in=free - on), State.WAITING, Reason.KIND_OFF, by)


@transaction.atomic
def choose_kinds(*, wanted: Collection[str], by: Membership) -> None:
    """Keep which reminders and notices one of us wants by mail; holds for what waits already."""
    offered = {source.kind for source in registry.by_themselves()}
    for kind in sorted(offered.difference(wanted)):
        unsubscribe(district=by.district, address=by.user.email, kind=kind, by=by)
    want_again(address=by.user.email, kinds=[EVERY_REMINDER, *wanted], by=by)


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
