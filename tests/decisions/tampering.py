"""What somebody can do to the register who may do everything in the database.

As a superuser where the server has the role that made it, else as the owner of the tables, which can do the
same by other statements. Every way of tampering is a function of a random generator; all of it happens in the
test's own transaction.
"""

from __future__ import annotations

import datetime
import json
import random
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from decisions.ledger import chained
from decisions.models import ChainHead, Event, Sealed

VOUCHED = (
    "event",
    "chainhead",
    "sealed",
    "decision",
    "decisionseat",
    "round",
    "position",
    "recusal",
    "notice",
    "charter",
    "charterrule",
    "attachment",
    "evidence",
)
"""The tables that the register vouches for, without the "decisions_" before their names."""
NOT_VOUCHED = {
    ("decision", "version"): "counts edits",
    ("decision", "search_text"): "made of number and question, and shown nowhere",
    ("decision", "owner_id"): "who looks after it is handed on; the register keeps who it was at the close",
}
"""Columns whose change is not found, and why that may be. Beside these: id, which shows where a row points to
it."""


def superuser() -> bool:
    """Whether we work as one."""
    return bool(run("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")[0][0])


@contextmanager
def guards_down() -> Iterator[None]:
    """No trigger, no key, no rule of a table holds as long as the block lasts. Constraints do not come back:
    whoever calls this rolls back."""
    run("SET CONSTRAINTS ALL IMMEDIATE")
    _drop_constraints("cu" if superuser() else "cfu")
    if superuser():
        run("SET LOCAL session_replication_role = replica")
    else:
        _triggers("DISABLE")
    yield
    run("SET CONSTRAINTS ALL IMMEDIATE")
    if superuser():
        run("SET LOCAL session_replication_role = origin")
    else:
        _triggers("ENABLE")


def _drop_constraints(kinds: str) -> None:
    """Checks, uniqueness, and keys from or to a table that the register vouches for."""
    names = [f"decisions_{table}" for table in VOUCHED]
    found = run(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = ANY(%s)"
        " AND (conrelid::regclass::text = ANY(%s) OR confrelid::regclass::text = ANY(%s))",
        list(kinds),
        names,
        names,
    )
    for table, name in found:
        run(f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{name}" CASCADE')


def _triggers(switch: str) -> None:
    for table in VOUCHED:
        run(f"ALTER TABLE decisions_{table} {switch} TRIGGER USER")


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
    """The last decision with all that was said in it, and the portal's own note of where the chain ends."""
    decision = Event.objects.get(seq=last()).decision_uid
    first = Event.objects.filter(decision_uid=decision).order_by("seq")[0].seq
    _drop(first, last())
    of = "decision_id = (SELECT id FROM decisions_decision WHERE uid = %s)"
    run(
        f"DELETE FROM decisions_position WHERE round_id IN (SELECT id FROM decisions_round WHERE {of})",
        decision,
    )
    for table in ("round", "decisionseat"):
        run(f"DELETE FROM decisions_{table} WHERE {of}", decision)
    run("DELETE FROM decisions_decision WHERE uid = %s", decision)
    ChainHead.objects.update(seq=first - 1, hash=Event.objects.get(seq=first - 1).hash)


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
    """How answers are known, in entry and table, and every hash from there on with the note of the end."""
    first = rng.choice(list(Event.objects.filter(body__contains='"source":"meeting"')))
    run(
        "UPDATE decisions_position SET source = 'phone' WHERE id IN"
        " (SELECT position_id FROM decisions_sealed WHERE event_id = %s)",
        first.pk,
    )
    prev = first.prev
    for event in Event.objects.filter(seq__gte=first.seq).order_by("seq"):
        body = event.body.replace('"source":"meeting"', '"source":"phone"') if event == first else event.body
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


def answers_in_another_order(rng: random.Random) -> None:
    """The first and the last answer of a seat, each with its text: another one counts."""
    twice = "SELECT min(id), max(id) FROM decisions_position GROUP BY decision_seat_id HAVING count(*) > 1"
    one, other = rng.choice(run(twice))
    for table, column in (("position", "id"), ("sealed", "position_id")):
        swap = f"UPDATE decisions_{table} SET {column} = %s WHERE {column} = %s"
        for to, at in ((-1, one), (one, other), (other, -1)):
            run(swap, to, at)


def columns() -> list[tuple[str, str]]:
    """Every column of every table that the register vouches for, with its table."""
    return [
        (table, name)
        for table in VOUCHED
        for (name,) in run(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped ORDER BY attnum",
            f"decisions_{table}",
        )
    ]


def change(table: str, column: str, rng: random.Random) -> None:
    """Another value in one row of a column."""
    rows = run(f'SELECT id, "{column}" FROM decisions_{table} ORDER BY id')
    pk, value = rng.choice(rows)
    kind = run(
        "SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = %s::regclass AND attname = %s",
        f"decisions_{table}",
        column,
    )[0][0]
    others = [other for _pk, other in rows if other not in (value, None)]
    to = rng.choice(others) if others and rng.random() < 0.5 else OTHER[kind](value, rng)
    to = json.dumps(to) if kind == "jsonb" else to
    run(f'UPDATE decisions_{table} SET "{column}" = %s WHERE id = %s', to, pk)


def _other_json(value: Any, rng: random.Random) -> Any:
    if isinstance(value, str):
        value = json.loads(value)
    if isinstance(value, dict) and value:
        name = rng.choice(sorted(value))
        return rng.choice([{**value, name: "Other."}, {k: v for k, v in value.items() if k != name}])
    return {"other": 1}


OTHER: dict[str, Callable[[Any, random.Random], Any]] = {
    "bigint": lambda value, rng: (value or 0) + rng.randint(1, 10**6),
    "integer": lambda value, rng: (value or 0) + rng.randint(1, 10**6),
    "smallint": lambda value, rng: (value or 0) + rng.randint(1, 99),
    "boolean": lambda value, rng: not value,
    "uuid": lambda value, rng: str(uuid.UUID(int=rng.getrandbits(128))),
    "date": lambda value, rng: (value or TODAY.date()) + datetime.timedelta(days=rng.randint(1, 999)),
    "timestamp with time zone": lambda value, rng: (
        (value or TODAY) + datetime.timedelta(microseconds=rng.randint(1, 10**12))
    ),
    "text": lambda value, rng: another(value, rng, "abc123") if value else "x",
    "character varying": lambda value, rng: another(value, rng, "abc123") if value else "x",
    "jsonb": _other_json,
}
"""By type of column: another value than this."""
TODAY = datetime.datetime(2026, 10, 1, tzinfo=datetime.UTC)


def any_column(rng: random.Random) -> None:
    """One value anywhere."""
    change(*rng.choice([one for one in columns() if one not in NOT_VOUCHED and one[1] != "id"]), rng)


def any_row_gone(rng: random.Random) -> None:
    """One row anywhere."""
    table = rng.choice(VOUCHED)
    pk = rng.choice(run(f"SELECT id FROM decisions_{table}"))[0]
    run(f"DELETE FROM decisions_{table} WHERE id = %s", pk)


def any_row_twice(rng: random.Random) -> None:
    """One row more, the same as another."""
    table = rng.choice([table for table in VOUCHED if table != "chainhead"])
    names = ", ".join(f'"{name}"' for of, name in columns() if of == table and name != "id")
    pk = rng.choice(run(f"SELECT id FROM decisions_{table}"))[0]
    run(
        f"INSERT INTO decisions_{table} (id, {names}) OVERRIDING SYSTEM VALUE"
        f" SELECT id + 1000000, {names} FROM decisions_{table} WHERE id = %s",
        pk,
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
    answers_in_another_order,
    any_row_gone,
    any_row_twice,
    any_column,
]
SEEN_FROM_OUTSIDE_ALONE: list[Tampering] = [the_tail_and_the_head, all_anew_from_one_on]
"""Whoever owns the database can write the whole chain anew: only a code that somebody else holds shows it."""
