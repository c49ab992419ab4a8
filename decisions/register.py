"""The register's writes and its check: appends events to a district's chain, and walks it."""

from __future__ import annotations

import datetime
import secrets
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from accounts import clock
from accounts.models import District, Membership

from .along import Along
from .held import first_difference
from .held_files import first_swapped
from .ledger import CUT, GENESIS, Link, Problem, Verified, canonical, chained, verify
from .models import ChainHead, Event, Position, Recusal, Sealed
from .recount import ENDS
from .seal import STRANGE, Kept, Seals, Whose, sealed

FORM = 2
"""The form of entries as they are written today. In the first, without a number, the question and a round's
text stood as they were typed."""


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

    def name(self, what: str, by: Membership | None, **more: Any) -> str:
        """The digest for who did something: their name of the day, and the number of their membership."""
        named: dict[str, Any] = {what: by.user.name if by else "", f"{what}_id": by.pk if by else None}
        return self.digest(**named, **more)


def append(
    *,
    district_id: int,
    decision_uid: uuid.UUID,
    kind: str,
    fields: Mapping[str, Any],
    sealer: Sealer,
    at: datetime.datetime | None = None,
) -> Event:
    """Write the next event of the district's chain. Call it last in its transaction: it holds the chain's
    lock. `at`: the instant that the tables have for it (now, where they have none).

    `fields` must hold no personal data: seats by their uid, persons and whatever was typed as digests of
    `sealer`.
    """
    head = _locked_head(district_id)
    seq = head.seq + 1
    common = {"kind": kind, "form": FORM, "at": (at or clock.now()).isoformat()}
    body = canonical(seq, decision_uid, {**common, **fields})
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


class Row(NamedTuple):
    """An entry as the walk reads it."""

    seq: int
    decision_uid: str
    body: str
    prev: str
    hash: str


WALK = (
    "SELECT seq, decision_uid::text, body, prev, hash FROM decisions_event"
    " WHERE district_id = %s ORDER BY seq"
)


def verify_chain(*, district: District, known: str | None = None) -> Verified:
    """Walk a district's chain in one pass: its entries and their codes, and the end that the portal itself
    keeps. `known`: the code of an entry, as somebody outside holds it."""
    with _one_moment():
        return _walk(district, known, None)


def verify_register(*, district: District, known: str | None = None) -> Verified:
    """Walk a district's chain with what is sealed beside each event; then the tables that its pages show, and
    each outcome, which is counted once more from the entries. `known` as in `verify_chain`."""
    with _one_moment():
        beside = _beside(district)
        seals = Seals(lambda seq: [_kept(row) for row in beside.at(seq)])
        found = _walk(district, known, seals.misfit)
        return replace(found, problem=found.problem or _after(district, found, seals, beside))


def _walk(district: District, known: str | None, beside: Callable[[Link], str] | None) -> Verified:
    head = ChainHead.objects.filter(district=district).first() or ChainHead(seq=0, hash=GENESIS)
    with connection.chunked_cursor() as cursor:
        cursor.execute(WALK, [district.pk])
        found = verify(map(Row._make, cursor), head=head.hash, known=known, beside=beside)
    cut = found.problem is None and found.events != head.seq
    return replace(found, problem=Problem(found.events + 1, CUT)) if cut else found


def _after(district: District, found: Verified, seals: Seals, beside: Along) -> Problem | None:
    """What only shows once the whole chain was walked and fits."""
    if beside.left_over():
        return Problem(found.events, STRANGE)
    return seals.left() or first_difference(district) or first_swapped(district)


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


BESIDE = (
    "event__seq",
    "digest",
    "salt",
    "person",
    "erasure_id",
    "erasure__seq",
    "position_id",
    "position__round__n",
    "position__decision_seat__uid",
    "position__answer",
    "position__source",
    "recusal_id",
    "recusal__decision_seat__uid",
)


def _beside(district: District) -> Along:
    """What is kept beside each event, by the event's number."""
    rows = Sealed.objects.filter(district=district).order_by("event__seq", "pk")
    return Along(rows.values_list(*BESIDE).iterator(chunk_size=2000))


def _kept(row: tuple[Any, ...]) -> Kept:
    _seq, digest, salt, person, erased, erasure, position, round_n, seat, answer, source = row[:11]
    recusal, stepped_out = row[11:]
    whose: Whose = () if position is None else (round_n, str(seat), answer, source)
    if recusal is not None:
        whose = (*whose, str(stepped_out))
    return Kept(digest, salt, person, whose, erasure or (None if erased is None else -1))


def events_of(decision_uid: uuid.UUID) -> Sequence[Event]:
    """The events of one decision, in their order."""
    return list(Event.objects.filter(decision_uid=decision_uid).order_by("seq"))


def codes_at_end(decision_uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """By decision: the code with which the register ended when it was closed or taken back. One query."""
    ends = Q(*(("body__contains", f'"kind":"{kind}"') for kind in ENDS), _connector=Q.OR)
    return dict(
        Event.objects.filter(ends, decision_uid__in=decision_uids).values_list("decision_uid", "hash")
    )
