"""Keeping the outbox in step with what is due.

A reminder is written up to 14 days ahead, so that it can be read before it goes. Each pass adds what is new,
follows what changed (an address, a name, words) and drops what is no longer due, with the reason and without
its text. A date that moved is another occurrence: the old one is dropped, a new one written. Two passes at
once write one row.
What fails, be it one thing, a kind or a district, is passed over (guard.py), and the next pass tries again.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django_scopes import scope

from accounts import clock
from accounts.models import District

from . import mail, registry
from .enums import UNSENT, Reason, State
from .guard import going_on, troubled_kinds, watched
from .models import Message, MessageEvent, Reminder
from .registry import Draft, MailSource, Unknown, Window, thread_of
from .states import change, event
from .switches import kinds_on

AHEAD = datetime.timedelta(days=14)
TOO_OLD = datetime.timedelta(days=14)
FOLLOWED = ("to", "to_name", "from_name", "reply_to", "language", "subject", "body", "about")


def plan() -> int:
    """Bring every kind of mail in every district up to date. Out: how many messages are new."""
    return _in_every_district(registry.mail_sources())


def pull() -> int:
    """Take up the mail that people asked for on the floors below. Out: how many messages are new."""
    return _in_every_district([source for source in registry.mail_sources() if not source.reminder])


def _in_every_district(sources: Sequence[MailSource]) -> int:
    new = 0
    for district in open_districts():
        with going_on(f"Planning mail in {district.slug}"):
            new += plan_district(district, sources)
    return new


def open_districts() -> list[District]:
    """The districts that are not closed."""
    return list(District.objects.filter(closed_at=None).order_by("pk"))


def plan_district(district: District, sources: Sequence[MailSource] | None = None) -> int:
    """Bring these kinds of mail, or every kind, up to date in a district. Out: how many messages are new."""
    new = 0
    with scope(district=district):
        troubled = troubled_kinds()
        for source in registry.mail_sources() if sources is None else sources:
            with watched(source.kind, district, troubled) as unknown:
                new += reconcile(source, district, unknown)
    return new


def window() -> Window:
    """The days that are planned."""
    now = clock.now()
    return Window(now=now, since=now - TOO_OLD, until=now + AHEAD)


def reconcile(source: MailSource, district: District, unknown: list[Unknown]) -> int:
    """Bring one kind of mail up to date. Out: how many messages are new; in `unknown`, what failed."""
    drafts, failed = _drafts(source, district)
    unknown += failed
    known = {row.key: row for row in Message.objects.filter(key__in=drafts)}
    new = {key: draft for key, draft in drafts.items() if key not in known}
    _write(source, district, new)
    for key, row in known.items():
        _follow(source, row, drafts[key])
    if source.reminder:
        _drop(source, drafts, failed)
    return len(new)


def _drafts(source: MailSource, district: District) -> tuple[dict[str, Draft], list[Unknown]]:
    """What a kind wants to send, by key, and what could not be told."""
    found = source.drafts(district, window())
    drafts = {draft.key(source.kind): draft for draft in found if isinstance(draft, Draft)}
    return drafts, [draft for draft in found if isinstance(draft, Unknown)]


def _write(source: MailSource, district: District, drafts: dict[str, Draft]) -> None:
    """Write new messages, ready or waiting; another pass may have written some of them meanwhile.

    What was due first comes first: in that order they go where a cap lets only some go on a day.
    """
    if not drafts:
        return
    on = source.kind in kinds_on()
    Message.objects.bulk_create(
        [
            _row(source, district, key, drafts[key], on)
            for key in sorted(drafts, key=lambda key: (drafts[key].not_before, key))
        ],
        ignore_conflicts=True,
        batch_size=200,
    )
    rows = {row.key: row for row in Message.objects.filter(key__in=drafts, events=None)}
    MessageEvent.objects.bulk_create(event(row, State(row.state), row.reason) for row in rows.values())
    if source.reminder:
        Reminder.objects.bulk_create(
            [_reminder(source, row, drafts[key]) for key, row in rows.items()], ignore_conflicts=True
        )


def _row(source: MailSource, district: District, key: str, draft: Draft, on: bool) -> Message:
    state, reason = _start(draft, on)
    return Message(
        district=district,
        key=key,
        kind=source.kind,
        school=draft.school,
        subject_uid=draft.subject_uid,
        not_before=draft.not_before,
        message_id=mail.message_id(district.pk, key),
        state=state,
        reason=reason,
        created_at=clock.now(),
        ended_at=clock.now() if state == State.SKIPPED else None,
        **_kept(draft),
    )


def _kept(draft: Draft) -> dict[str, Any]:
    """What a message takes of a draft: not its text where there is no address, since it goes nowhere."""
    kept = {name: getattr(draft, name) for name in FOLLOWED}
    return kept if draft.to else {**kept, "body": ""}


def _start(draft: Draft, on: bool) -> tuple[State, Reason | str]:
    """Where a message begins: without an address it is skipped, of a kind that is off it waits."""
    if not draft.to:
        return State.SKIPPED, Reason.NO_ADDRESS
    return (State.QUEUED, "") if on else (State.WAITING, Reason.KIND_OFF)


def _reminder(source: MailSource, row: Message, draft: Draft) -> Reminder:
    return Reminder(
        district_id=row.district_id,
        kind=source.kind,
        subject_uid=draft.subject_uid,
        recipient_uid=draft.recipient_uid,
        occurrence=draft.occurrence,
        message=row,
    )


def _follow(source: MailSource, row: Message, draft: Draft) -> None:
    """Take up what changed in a message that has not gone, or that had no address to go to."""
    no_address_yet = row.state == State.SKIPPED and row.reason == Reason.NO_ADDRESS
    if row.state not in UNSENT and not (no_address_yet and draft.to):
        return
    changed = {name: value for name, value in _kept(draft).items() if getattr(row, name) != value}
    if not changed:
        return
    state, reason = State(row.state), row.reason
    if no_address_yet or not draft.to:
        state, reason = _start(draft, source.kind in kinds_on())
    done = change(Message.objects.filter(pk=row.pk, state=row.state), state, reason, **changed)
    if done and state != row.state:
        event(row, state, reason).save()


def _drop(source: MailSource, drafts: dict[str, Draft], unknown: Sequence[Unknown]) -> None:
    """Skip what waits and is no longer due: moot, moved or too old. What is unknown stays."""
    waiting = Message.objects.unsent().filter(kind=source.kind).exclude(key__in=drafts)
    gone = list(waiting.exclude(subject_uid__in=[thing.subject_uid for thing in unknown]))
    moot = source.moot(gone) if gone else {}
    replaced = {draft.thread(source.kind) for draft in drafts.values()}
    for row in gone:
        fallback = Reason.MOVED if thread_of(row.key) in replaced else Reason.TOO_OLD
        reason = moot.get(row.pk, fallback)
        if reason == Reason.UNCHECKED:
            reason = fallback
        if change(Message.objects.filter(pk=row.pk, state=row.state), State.SKIPPED, reason):
            event(row, State.SKIPPED, reason).save()


def upcoming(source: MailSource, district: District) -> list[Draft]:
    """What a kind would send in the next 14 days, and what of it waits already; reads only, soonest first."""
    found, _unknown = _drafts(source, district)
    drafts = {key: draft for key, draft in found.items() if draft.to}
    done = Message.objects.filter(key__in=drafts).exclude(state__in=UNSENT).values_list("key", flat=True)
    for key in done:
        del drafts[key]
    return sorted(drafts.values(), key=lambda draft: (draft.not_before, draft.about))
