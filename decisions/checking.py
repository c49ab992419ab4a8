"""Whether a code belongs to the register, for anybody who holds one: which entry it is, and whether all fit.

Nothing of what was asked or answered is said. The walk over a register is kept for a few minutes, so that
many who ask cost one; what is kept is of the register as it ended then.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass

from django.core.cache import cache
from django_scopes import scope

from accounts import clock
from accounts.models import District

from .ledger import SHORTENED, Verified, in_fours
from .models import ChainHead, Event
from .register import verify_chain
from .words import ENTRY_WORDS

KEPT = 300  # seconds


@dataclass(frozen=True)
class Checked:
    """An entry that has the code: whose register and its number; when and what, where the walk reached it and
    so its text can be trusted; and how the walk went."""

    district: District
    seq: int
    at: datetime.datetime | None
    what: str
    walk: Verified
    walked_at: datetime.datetime

    @property
    def is_whole(self) -> bool:
        """Whether all entries fit together."""
        return self.walk.problem is None

    @property
    def last_code(self) -> str:
        """The code of the last entry, in fours."""
        return in_fours(self.walk.head)


def check_code(code: str) -> Checked | None:
    """Find a code, whole or shortened, in all registers; None where no entry has it. Call it outside of any
    district's scope."""
    event = _event(code)
    if event is None:
        return None
    walk, walked_at = _walk(event.district)
    at, what = _said(event) if event.seq <= walk.events else (None, "")
    return Checked(event.district, event.seq, at, what, walk, walked_at)


def _said(event: Event) -> tuple[datetime.datetime, str]:
    entry = json.loads(event.body)
    return datetime.datetime.fromisoformat(entry["at"]), str(ENTRY_WORDS[entry["kind"]])


def _event(code: str) -> Event | None:
    start, _middle, end = code.partition(SHORTENED)
    found = Event.objects.select_related("district")
    if end:
        # Hexadecimal digits sort before "g": a range, which an index serves in any collation.
        found = found.filter(hash__gte=start, hash__lt=f"{start}g", hash__endswith=end)
    else:
        found = found.filter(hash=start)
    event: Event | None = found.first()
    return event


def _walk(district: District) -> tuple[Verified, datetime.datetime]:
    with scope(district=district):
        head = ChainHead.objects.filter(district=district).values_list("hash", flat=True).first()
        key = f"register:{district.pk}:{head}"
        kept: tuple[Verified, datetime.datetime] | None = cache.get(key)
        if kept is None:
            kept = (verify_chain(district=district), clock.now())
            cache.set(key, kept, KEPT)
        return kept
