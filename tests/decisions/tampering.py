"""What somebody can do to the register who owns the database: a superuser can do no more to its rows.

Every way of tampering is a function of a random generator; all of it happens in the test's own transaction.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from decisions.ledger import chained
from decisions.models import ChainHead, Event, Sealed

TABLES = ("event", "sealed", "position", "decisionseat")


@contextmanager
def guards_down() -> Iterator[None]:
    """No trigger of ours, and no key that points to the register, as long as the block lasts. The keys do not
    come back: whoever calls this rolls back."""
    run("SET CONSTRAINTS ALL IMMEDIATE")
    keys = run(
        "SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'f' AND confrelid IN"
        " ('decisions_event'::regclass, 'decisions_position'::regclass)"
    )
    for table, key in keys:
        run(f'ALTER TABLE {table} DROP CONSTRAINT "{key}"')
    for table in TABLES:
        run(f"ALTER TABLE decisions_{table} DISABLE TRIGGER USER")
    yield
    run("SET CONSTRAINTS ALL IMMEDIATE")
    for table in TABLES:
        run(f"ALTER TABLE decisions_{table} ENABLE TRIGGER USER")


def run(sql: str, *params: object) -> list[Any]:
    """Run a statement; its rows, where it has any."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def set_event(at: int, **columns: object) -> None:
    """Write columns of an event."""
    Event.objects.filter(seq=at).update(**columns)


def last() -> int:
    """The number of the last event."""
    return int(Event.objects.order_by("-seq").values_list("seq", flat=True)[0])


def somewhere(rng: random.Random) -> Event:
    """Any event."""
    event: Event = Event.objects.get(seq=rng.randint(1, last()))
    return event


def another(text: str, rng: random.Random, letters: str) -> str:
    """The same text with one letter changed."""
    at = rng.randrange(len(text))
    return text[:at] + rng.choice(letters.replace(text[at], "")) + text[at + 1 :]


def payload(rng: random.Random) -> None:
    """One letter of what an event says."""
    event = somewhere(rng)
    set_event(event.seq, body=another(event.body, rng, "abcdefgh0123456789 "))


def its_time(rng: random.Random) -> None:
    """When it is said to have happened."""
    event = somewhere(rng)
    set_event(event.seq, body=event.body.replace('"at":"20', '"at":"19', 1))


def own_hash(rng: random.Random) -> None:
    """The event's own hash."""
    event = somewhere(rng)
    set_event(event.seq, hash=another(event.hash, rng, "0123456789abcdef"))


def previous_hash(rng: random.Random) -> None:
    """The hash before it."""
    event = somewhere(rng)
    set_event(event.seq, prev=another(event.prev, rng, "0123456789abcdef"))


def text_and_hash(rng: random.Random) -> None:
    """What it says, with its own hash made to fit."""
    event = Event.objects.get(seq=rng.randint(1, last() - 1))
    body = another(event.body, rng, "abcdefgh0123456789 ")
    set_event(event.seq, body=body, hash=chained(event.prev, body))


def number(rng: random.Random) -> None:
    """Its number."""
    set_event(somewhere(rng).seq, seq=last() + rng.randint(1, 9))


def its_decision(rng: random.Random) -> None:
    """The decision that it belongs to."""
    set_event(somewhere(rng).seq, decision_uid=uuid.UUID(int=rng.getrandbits(128)))


def out_of_the_middle(rng: random.Random) -> None:
    """An event, with what was sealed beside it, and all later ones moved up."""
    seq = rng.randint(1, last() - 1)
    _drop(seq, seq)
    if rng.random() < 0.5:
        run("UPDATE decisions_event SET seq = seq + 1000000 WHERE seq > %s", seq)
        run("UPDATE decisions_event SET seq = seq - 1000001 WHERE seq > 1000000")


def the_tail(rng: random.Random) -> None:
    """The last events."""
    _drop(rng.randint(1, last()), last())


def the_tail_and_the_head(rng: random.Random) -> None:
    """The last events, and the portal's own note of where the chain ends."""
    kept = Event.objects.filter(erased__isnull=False).order_by("-seq")[0].seq  # a text that is gone shows
    seq = rng.randint(kept + 1, last())
    _drop(seq, last())
    ChainHead.objects.update(seq=seq - 1, hash=Event.objects.get(seq=seq - 1).hash)


def _drop(first: int, to: int) -> None:
    run(
        "DELETE FROM decisions_sealed WHERE event_id IN"
        " (SELECT id FROM decisions_event WHERE seq BETWEEN %s AND %s)",
        first,
        to,
    )
    run("DELETE FROM decisions_event WHERE seq BETWEEN %s AND %s", first, to)


def one_more_at_the_end(rng: random.Random) -> None:
    """A forged event that fits the last one."""
    event = Event.objects.get(seq=last())
    _insert(event.seq + 1, event.hash, event)


def one_more_in_between(rng: random.Random) -> None:
    """A forged event that fits the one before it; all later ones move down."""
    event = Event.objects.get(seq=rng.randint(1, last() - 1))
    run("UPDATE decisions_event SET seq = seq + 1000000 WHERE seq > %s", event.seq)
    run("UPDATE decisions_event SET seq = seq - 999999 WHERE seq > 1000000")
    _insert(event.seq + 1, event.hash, event)


def _insert(seq: int, prev: str, like: Event) -> None:
    body = like.body.replace(f'"seq":{like.seq},', f'"seq":{seq},', 1)
    Event.objects.create(
        district_id=like.district_id,
        seq=seq,
        decision_uid=like.decision_uid,
        body=body,
        prev=prev,
        hash=chained(prev, body),
    )


def two_swapped(rng: random.Random) -> None:
    """The numbers of two events."""
    one, other = rng.sample(range(1, last() + 1), 2)
    set_event(one, seq=1_000_000)
    set_event(other, seq=one)
    set_event(1_000_000, seq=other)


def all_anew_from_one_on(rng: random.Random) -> None:
    """What an event says, and every hash from there on with the portal's own note of the end."""
    first = rng.randint(1, last())
    prev = ""
    for event in Event.objects.filter(seq__gte=first).order_by("seq"):
        body = event.body.replace('"at":"20', '"at":"19', 1) if event.seq == first else event.body
        prev = prev or event.prev
        set_event(event.seq, body=body, prev=prev, hash=chained(prev, body))
        prev = chained(prev, body)
    ChainHead.objects.update(hash=prev)


def _sealed(rng: random.Random, **which: object) -> Sealed:
    row: Sealed = rng.choice(list(Sealed.objects.filter(erasure=None, **which)))
    return row


def sealed_text(rng: random.Random) -> None:
    """A text that is sealed."""
    row = _sealed(rng)
    name = rng.choice(sorted(row.person or {}))
    Sealed.objects.filter(pk=row.pk).update(person={**(row.person or {}), name: "I never said that."})


def salt(rng: random.Random) -> None:
    """The salt of a text."""
    row = _sealed(rng)
    Sealed.objects.filter(pk=row.pk).update(salt=another(row.salt, rng, "0123456789abcdef"))


def sealed_text_gone(rng: random.Random) -> None:
    """A sealed text, with its row."""
    run("DELETE FROM decisions_sealed WHERE id = %s", _sealed(rng).pk)


def erased_in_silence(rng: random.Random) -> None:
    """A sealed text, as if an entry had said that it was erased."""
    free = Event.objects.filter(erased=None)
    Sealed.objects.filter(pk=_sealed(rng).pk).update(salt="", person=None, erasure=rng.choice(list(free)))


def texts_swapped(rng: random.Random) -> None:
    """Which reason stands with which answer."""
    one, other = rng.sample(list(Sealed.objects.exclude(position=None)), 2)
    Sealed.objects.filter(pk=one.pk).update(position=None)
    Sealed.objects.filter(pk=other.pk).update(position=one.position_id)
    Sealed.objects.filter(pk=one.pk).update(position=other.position_id)


def an_answer(rng: random.Random) -> None:
    """An answer in the tables, which the pages show."""
    row = _sealed(rng, position__isnull=False)
    run("UPDATE decisions_position SET answer = '\"aside\"' WHERE id = %s", row.position_id)


def one_more_text(rng: random.Random) -> None:
    """A text that nobody recorded."""
    row = _sealed(rng)
    Sealed.objects.create(
        district_id=row.district_id,
        event_id=row.event_id,
        digest=another(row.digest, rng, "0123456789abcdef"),
        salt=row.salt,
        person=row.person,
    )


Tampering = Callable[[random.Random], None]
SEEN_FROM_WITHIN: list[Tampering] = [
    payload,
    its_time,
    own_hash,
    previous_hash,
    text_and_hash,
    number,
    its_decision,
    out_of_the_middle,
    the_tail,
    one_more_at_the_end,
    one_more_in_between,
    two_swapped,
    sealed_text,
    salt,
    sealed_text_gone,
    erased_in_silence,
    texts_swapped,
    an_answer,
    one_more_text,
]
SEEN_FROM_OUTSIDE_ALONE: list[Tampering] = [the_tail_and_the_head, all_anew_from_one_on]
"""Whoever owns the database can write the whole chain anew: only a code that somebody else holds shows it."""
