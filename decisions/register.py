"""The register's writes and its check: appends events to a district's chain, and walks it."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts import clock
from accounts.models import District

from .ledger import Verified, canonical, chained, sealed, verify
from .models import ChainHead, Event, Sealed


@dataclass
class Sealer:
    """Turns what concerns persons into salted digests for an event, and keeps the rest to store beside it."""

    kept: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    def digest(self, **person: Any) -> str:
        """The digest that stands for these facts in the event."""
        salt = secrets.token_hex(16)
        digest = sealed(salt, person)
        self.kept.append((digest, salt, person))
        return digest


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
    Sealed.objects.bulk_create(
        Sealed(district_id=district_id, event=event, digest=digest, salt=salt, person=person)
        for digest, salt, person in sealer.kept
    )
    ChainHead.objects.filter(pk=head.pk).update(seq=seq, hash=event.hash)
    return event


def _locked_head(district_id: int) -> ChainHead:
    heads = ChainHead.objects.select_for_update().filter(district_id=district_id)
    head: ChainHead | None = heads.first()
    if head is None:
        ChainHead.objects.bulk_create([ChainHead(district_id=district_id)], ignore_conflicts=True)
        head = heads.get()
    return head


def verify_register(*, district: District, head: str | None = None) -> Verified:
    """Walk a district's chain in one pass. `head`: a hash known from elsewhere that must stand in the
    chain's end; without one, the end that the portal itself keeps."""
    if head is None:
        stored = ChainHead.objects.filter(district=district).first()
        head = stored.hash if stored else None
    columns = ("seq", "decision_uid", "body", "prev", "hash")
    events = Event.objects.filter(district=district).order_by("seq").values_list(*columns, named=True)
    return verify(events.iterator(chunk_size=2000), head=head)


def events_of(decision_uid: uuid.UUID) -> Sequence[Event]:
    """The events of one decision, in their order."""
    return list(Event.objects.filter(decision_uid=decision_uid).order_by("seq"))
