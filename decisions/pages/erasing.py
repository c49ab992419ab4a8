"""Texts that are about persons: which of a decision can be erased, and what stands in place of those that
were."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from decisions.enums import AskedBy
from decisions.models import Decision, Event, Position, Recusal, Sealed
from decisions.words import ERASED_WORDS

TEXTS = {
    "reason": gettext_lazy("Reason"),
    "told": gettext_lazy("What the seats were told"),
    "rationale": gettext_lazy("Why"),
    "dissent": gettext_lazy("What was said against"),
}
"""What can be erased. Names of those who act for the district stay as they stood (docs/register.md)."""


@dataclass(frozen=True)
class Erasable:
    """A text that can be erased, with its words: whose it is, and what it says."""

    sealed: Sealed
    words: str


def erasable(decision: Decision) -> Sequence[Erasable]:
    """The texts of a decision that can be erased, in the order in which they were recorded: one query."""
    rows = (
        Sealed.objects.filter(event__decision_uid=decision.uid, person__has_any_keys=[*TEXTS])
        .select_related("position__decision_seat", "recusal__decision_seat")
        .order_by("event__seq", "pk")
    )
    found = [Erasable(row, _words(row)) for row in rows]
    return [one for one in found if one.words]


def _words(row: Sealed) -> str:
    texts = [(label, row.text(name)) for name, label in TEXTS.items() if row.text(name)]
    thing = row.position or row.recusal
    whose = [thing.decision_seat.label] if thing and texts else []
    return ". ".join([*whose, *(f"{label}: {text}" for label, text in texts)])


def erased_words(thing: Position | Recusal) -> str:
    """What stands in place of a text that was erased, or nothing."""
    sealed = getattr(thing, "sealed", None)
    return _erasure(sealed.erasure) if sealed and sealed.erasure else ""


def _erasure(event: Event) -> str:
    entry = json.loads(event.body)
    day = localtime(datetime.datetime.fromisoformat(entry["at"])).date()
    return ERASED_WORDS[AskedBy(entry["asked_by"])] % {"day": formats.date_format(day, "DATE_FORMAT")}


def erased_of_close(decision: Decision) -> Mapping[str, str]:
    """What stands in place of "why" and "against" where they were erased: one query."""
    rows = Sealed.objects.filter(
        Q(position=None, recusal=None), event__decision_uid=decision.uid, erasure__isnull=False
    ).select_related("event", "erasure")
    words = {}
    for row in rows:
        entry = json.loads(row.event.body)
        # Before "why" and "against" had a seal each, one covered both.
        names = [name for name in ("why", "against") if entry.get(name, entry.get("sealed")) == row.digest]
        words.update(dict.fromkeys(names, _erasure(row.erasure)))
    return words
