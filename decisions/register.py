"""The register's writes and its check: appends events to a district's chain, and walks it."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from accounts import clock
from accounts.models import District

from .ledger import CUT, GENESIS, Problem, Verified, canonical, chained, verify
from .models import ChainHead, Event, Position, Recusal, Sealed
from .seal import Kept, Seals, Whose, sealed


@dataclass
class Sealer:
    """Turns what concerns persons into salted digests for an event, and keeps the rest to store beside it."""

    kept: list[dict[str, Any]] = field(default_factory=list)

    def digest(self, *, beside: Position | Recusal | None = None, **person: Any) -> str:
        """The digest that stands for these texts in the event. `beside`: the row with which they were
        said."""
        salt = secrets.token_hex(16)
        row: dict[str, Any] = {"digest": sealed(salt, person), "salt": salt, "person": person}
        if beside is not None:
            row["position" if isinstance(beside, Position) else "recusal"] = beside
        self.kept.append(row)
        return str(row["digest"])


def append(
    *, district_id: int, decision_uid: uuid.UUID, kind: str, fields: Mapping[str, Any], sealer: Sealer
) -> Event:
    """Write the next event of the district's chain. Call it last in its transaction: it holds the chain's
    lock.

    `fields` must hold no personal data: seats by their uid, persons as digests of `sealer`.
    """
    head = _locked_head(district_id)
    seq = head.seq + 1
    body = canonical(seq, decision_uid, {"kind": kind, "at": clock.now().isoformat(), **fields})
    event: Event = Event.objects.create(
        district_id=district_id,
        seq=seq,
        decision_uid=decision_uid,
        body=body,
        prev=head.hash,
        hash=chained(head.hash, body),
    )
    Sealed.objects.bulk_create(Sealed(district_id=district_id, event=event, **row) for row in sealer.kept)
    ChainHead.objects.filter(pk=head.pk).update(seq=seq, hash=event.hash)
    return event


def _locked_head(district_id: int) -> ChainHead:
    heads = ChainHead.objects.select_for_update().filter(district_id=district_id)
    head: ChainHead | None = heads.first()
    if head is None:
        ChainHead.objects.bulk_create([ChainHead(district_id=district_id)], ignore_conflicts=True)
        head = heads.get()
    return head


def verify_register(*, district: District, known: str | None = None) -> Verified:
    """Walk a district's chain in one pass: its events, what is sealed beside each, and the end that the
    portal itself keeps. `known`: the hash of an entry, as somebody outside holds it."""
    columns = ("seq", "decision_uid", "body", "prev", "hash")
    events = Event.objects.filter(district=district).order_by("seq").values_list(*columns, named=True)
    with _one_moment():
        head = ChainHead.objects.filter(district=district).first() or ChainHead(seq=0, hash=GENESIS)
        seals = Seals(_Beside(district).at)
        walk = events.iterator(chunk_size=2000)
        found = verify(walk, head=head.hash, known=known, beside=seals.misfit)
    if found.problem is None and found.events != head.seq:
        found = replace(found, problem=Problem(found.events + 1, CUT))
    return found if found.problem else replace(found, problem=seals.left())


@contextmanager
def _one_moment() -> Iterator[None]:
    """Every read inside sees the same moment, whatever others write meanwhile. A caller's own transaction is
    left as it is."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


class _Beside:
    """What is kept beside each event, read along with the walk: ask for the events in their order."""

    COLUMNS = (
        "event__seq",
        "digest",
        "salt",
        "person",
        "erasure__seq",
        "position__round__n",
        "position__decision_seat__uid",
        "position__answer",
        "position__source",
        "recusal__decision_seat__uid",
    )

    def __init__(self, district: District) -> None:
        rows = Sealed.objects.filter(district=district).order_by("event__seq", "pk")
        walk = rows.values_list(*self.COLUMNS).iterator(chunk_size=2000)
        self._groups = groupby(walk, key=lambda row: row[0])
        self._next = next(self._groups, None)

    def at(self, seq: int) -> Sequence[Kept]:
        """What is kept beside the event of that number."""
        kept: Sequence[Kept] = ()
        while self._next and self._next[0] <= seq:
            if self._next[0] == seq:
                kept = [_kept(row) for row in self._next[1]]
            self._next = next(self._groups, None)
        return kept


def _kept(row: tuple[Any, ...]) -> Kept:
    _seq, digest, salt, person, erasure, round_n, seat, answer, source, stepped_out = row
    whose: Whose = ()
    if seat:
        whose = (round_n, str(seat), answer, source)
    elif stepped_out:
        whose = (str(stepped_out),)
    return Kept(digest, salt, person, whose, erasure)


def events_of(decision_uid: uuid.UUID) -> Sequence[Event]:
    """The events of one decision, in their order."""
    return list(Event.objects.filter(decision_uid=decision_uid).order_by("seq"))
