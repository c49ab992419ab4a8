"""The outbox: claim by compare-and-set with a lease, look once more, send, mark.

A worker that dies leaves its messages leased; when the lease runs out they are claimed again and go under the
same Message-ID, so at most the one that it was handing over is doubled. A connection that breaks after the
server began to take a message leaves it uncertain, for a person to decide.
"""

from __future__ import annotations

import datetime
import logging
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django_scopes import scope, scopes_disabled

from accounts import clock
from accounts.holidays import SchoolCalendar
from accounts.models import District

from . import caps, mail, registry, smtp
from .addresses import clean
from .enums import Reason, State
from .guard import going_on, told
from .hours import civil, school_days
from .models import Message, MessageEvent
from .registry import MailSource
from .states import change, event
from .stops import is_stopped
from .switches import kinds_on
from .wishes import stopped_kinds

BATCH = 20
LEASE = datetime.timedelta(minutes=5)
FRESH = 1.0  # seconds for which a look at what makes a message moot holds
BACKOFF = tuple(datetime.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
AWAY_FOR = datetime.timedelta(minutes=2)

log = logging.getLogger("outreach")

Verdict = tuple[State, Reason | str, str]
Tally = Counter[str]


def drain(*, seconds: float | None = None) -> Tally:
    """Send everything that is due, in every district, until nothing is left or the time is up.

    Out: how many messages ended in which state; "stopped" are those held where all mail is stopped.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    tally: Tally = Counter()
    with connected() as connection:
        for district in districts_with_mail():
            with scope(district=district), going_on(f"Sending mail of {district.slug}"):
                while not is_stopped() and (batch := claim(district)):
                    tally += deliver(district, batch, connection)
                    if tally["away"] or (deadline and time.monotonic() > deadline):
                        return tally
                if is_stopped():
                    tally["stopped"] += Message.objects.due(clock.now()).count()
    return tally


def districts_with_mail() -> list[District]:
    """The districts that have something due."""
    with scopes_disabled():
        due = Message.objects.due(clock.now()).values("district")
        return list(District.objects.filter(pk__in=due, closed_at=None).order_by("pk"))


@contextmanager
def connected() -> Iterator[BaseEmailBackend]:
    """One connection for many messages, closed at the end whatever state it is in."""
    connection = get_connection()
    try:
        yield connection
    finally:
        hang_up(connection)


def hang_up(connection: BaseEmailBackend) -> None:
    """Close a connection that may be broken already; the next message opens another."""
    try:
        connection.close()
    except OSError:
        connection.connection = None  # type: ignore[attr-defined]


@transaction.atomic
def claim(district: District) -> list[Message]:
    """Take up to 20 due messages of a district, the oldest first, for the length of a lease.

    What comes out still says why each waited until now (`reason`); the rows say so no more.
    """
    rows = (
        Message.objects.due(clock.now())
        .filter(district=district)
        .select_related("school", "district")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("not_before", "pk")
    )
    batch = list(rows[:BATCH])
    left_behind = [message for message in batch if message.state == State.SENDING]
    MessageEvent.objects.bulk_create(event(message, State.QUEUED, Reason.CRASHED) for message in left_behind)
    Message.objects.filter(pk__in=[message.pk for message in batch]).update(
        state=State.SENDING, reason="", detail="", attempts=F("attempts") + 1, lease_until=Now() + LEASE
    )
    for message in batch:
        message.attempts += 1
    return batch


def deliver(district: District, batch: Sequence[Message], connection: BaseEmailBackend) -> Tally:
    """Send a claimed batch, one by one; each is marked before the next one goes.

    What makes a message moot is read for the whole batch, and once more for the rest when that is over a
    second ago. Where the server can't be reached the rest of the batch is put back ("away" in the tally),
    and where all mail was stopped meanwhile, too.
    """
    tally: Tally = Counter()
    found, looked = look_again(district, batch), time.monotonic()
    tally[State.QUEUED] += hold_back(district, batch, found)
    for n, message in enumerate(batch):
        if time.monotonic() - looked > FRESH:
            found, looked = look_again(district, batch[n:]), time.monotonic()
            tally[State.QUEUED] += hold_back(district, batch[n:], found)
        if is_stopped():
            put_back(batch[n:])
            break
        if not still_mine(message):
            continue
        outcome = found.get(message.pk) or as_it_stands(message, connection)
        mark(message, outcome)
        tally[outcome[0]] += 1
        if outcome[1] == Reason.AWAY:
            for rest in batch[n + 1 :]:
                mark(rest, outcome)
            tally["away"] += 1
            break
    return tally


def look_again(district: District, batch: Sequence[Message]) -> dict[int, Verdict]:
    """By key of the row: what must not go now, and why.

    Blocked, switched off, moot or perhaps moot, without words, or not at this hour.
    """
    found: dict[int, Verdict] = {}
    stopped = stopped_kinds(message.to for message in batch)
    on, calendar = kinds_on(), school_days(district)
    for kind in {message.kind for message in batch}:
        of_kind = [message for message in batch if message.kind == kind]
        source = registry.mail_source(kind)
        moot = moot_now(source, of_kind)
        for message in of_kind:
            if stopped[clean(message.to)] & registry.stopped_by(kind):
                found[message.pk] = (State.SUPPRESSED, Reason.BLOCKED, "")
            elif message.pk in moot:
                reason = moot[message.pk]
                state = State.QUEUED if reason == Reason.UNCHECKED else State.SKIPPED
                found[message.pk] = (state, reason, "")
            elif not message.body:
                found[message.pk] = without_words(message)
            elif kind not in on:
                found[message.pk] = (State.WAITING, Reason.KIND_OFF, "")
            elif source and source.reminder and opens(district, message, calendar) > clock.now():
                found[message.pk] = (State.QUEUED, Reason.RESTING, "")
    return found


@transaction.atomic
def hold_back(district: District, batch: Sequence[Message], found: dict[int, Verdict]) -> int:
    """Put off what is more than an address outside may get; `found` says what does not go anyway.

    Out: how many were put off. They are marked here, and not in their turn, so that another who sends need
    not count them.
    """
    wanted = [message for message in batch if message.pk not in found]
    held = caps.too_many(district, wanted, batch)
    return sum(mark(one.message, (State.QUEUED, one.reason, ""), one.goes_at) for one in held)


def moot_now(source: MailSource | None, messages: Sequence[Message]) -> dict[int, Reason]:
    """By key of the row: why a message of a kind need not go. Where that cannot be told, none goes yet."""
    if source is None:
        return {message.pk: Reason.GONE for message in messages}
    try:
        return source.moot(messages)
    except Exception as error:
        log.error("Looking again at %s failed, its mail waits: %s", source.kind, told(error))
        return {message.pk: Reason.UNCHECKED for message in messages}


def without_words(message: Message) -> Verdict:
    """What becomes of a message whose text was erased: the plan writes a reminder anew, or drops it; another
    kind waits once, since it is taken up anew before its next turn, where it can be."""
    source = registry.mail_source(message.kind)
    if (source and source.reminder) or message.reason != Reason.UNCHECKED:
        return State.QUEUED, Reason.UNCHECKED, ""
    return State.SKIPPED, Reason.GONE, ""


def opens(district: District, message: Message, calendar: SchoolCalendar | None = None) -> datetime.datetime:
    """From when on a reminder may go, counted from now; holidays by a calendar that many can share."""
    zone = registry.zone_of(district, message.school)
    return civil(clock.now(), zone, message.school, calendar or school_days(district))


def still_mine(message: Message) -> bool:
    """Whether this claim still holds, and a full lease for the one message that comes next."""
    held = Message.objects.filter(pk=message.pk, state=State.SENDING, attempts=message.attempts)
    return bool(held.filter(lease_until__gt=Now()).update(lease_until=Now() + LEASE) == 1)


def put_back(messages: Sequence[Message]) -> None:
    """Undo the claims that still hold: nothing happened to these messages."""
    for message in messages:
        change(
            Message.objects.filter(pk=message.pk, state=State.SENDING, attempts=message.attempts),
            State.QUEUED,
        )


def as_it_stands(message: Message, connection: BaseEmailBackend) -> Verdict:
    """Hand a message over with the words that it has now: they may have been erased since it was claimed."""
    message.refresh_from_db(fields=["subject", "body"])
    return hand_over(message, connection) if message.body else without_words(message)


def hand_over(message: Message, connection: BaseEmailBackend) -> Verdict:
    """Give one message to the mail server. Never raises: out comes what became of it."""
    try:
        built = mail.build(message, connection)
    except Exception as error:
        return State.FAILED, Reason.BROKEN, smtp.error_words(error)
    try:
        connection.open()
    except OSError as error:
        hang_up(connection)
        return State.QUEUED, Reason.AWAY, smtp.error_words(error)
    try:
        connection.send_messages([built])
    except Exception as error:
        hang_up(connection)
        return smtp.verdict(error)
    return State.SENT, "", ""


@transaction.atomic
def mark(message: Message, outcome: Verdict, goes_at: datetime.datetime | None = None) -> bool:
    """Write what became of a claimed message, where the claim still holds; `goes_at`: when it goes next."""
    state, reason, detail = outcome
    not_before = goes_at or message.not_before
    if reason == Reason.RETRY:
        tries = tries_of(message)
        if tries == len(BACKOFF):
            state, reason = State.FAILED, Reason.TRIES
        else:
            not_before = clock.now() + BACKOFF[tries]
    elif reason in (Reason.AWAY, Reason.UNCHECKED):
        not_before = clock.now() + AWAY_FOR
    elif reason == Reason.RESTING:
        not_before = opens(message.district, message)
    held = Message.objects.filter(pk=message.pk, state=State.SENDING, attempts=message.attempts)
    if not change(held, state, reason, detail, not_before=not_before):
        return False
    event(message, state, reason, detail).save()
    if state == State.SENT:
        tell_source(message)
    return True


def tries_of(message: Message) -> int:
    """How often the server put it off since it was written, or since a person last sent it again."""
    by_hand = MessageEvent.objects.filter(message=message, reason=Reason.BY_HAND).order_by("-pk").first()
    put_off = MessageEvent.objects.filter(message=message, reason=Reason.RETRY)
    return int(put_off.filter(pk__gt=by_hand.pk if by_hand else 0).count())


def tell_source(message: Message) -> None:
    """Let a kind's own floor know. What fails there must not undo the mark: the message has gone."""
    source = registry.mail_source(message.kind)
    try:
        with transaction.atomic():
            if source:
                source.sent(message)
    except Exception:
        log.exception("Message %s was sent, and its %s could not be told", message.uid, message.kind)
