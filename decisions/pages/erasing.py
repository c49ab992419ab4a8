"""Texts that are about persons: which of a decision can be erased, and what stands in place of those that
were."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from decisions.enums import AskedBy
from decisions.facts import TEXTS_OF
from decisions.models import Attachment, Decision, Event, Evidence, Position, Recusal, Sealed
from decisions.seal import ERASED
from decisions.words import ERASED_WORDS

TEXTS = {
    "question": gettext_lazy("Question"),
    "meaning": gettext_lazy("What a yes would mean"),
    "question_es": gettext_lazy("The question in Spanish"),
    "meaning_es": gettext_lazy("What a yes would mean, in Spanish"),
    "method_reason": gettext_lazy("Why another method"),
    "text": gettext_lazy("The question as it stood in a further round"),
    "text_es": gettext_lazy("The question of a further round in Spanish"),
    "options": gettext_lazy("The options"),
    "options_es": gettext_lazy("The options in Spanish"),
    "reason": gettext_lazy("Reason"),
    "told": gettext_lazy("What the seats were told"),
    "evidence": gettext_lazy("What shows answers"),
    "file": gettext_lazy("A file"),
    "rationale": gettext_lazy("Why"),
    "dissent": gettext_lazy("What was said against"),
    "kept_because": gettext_lazy("Why it was kept at its review"),
    "mandate": gettext_lazy("What it may decide"),
    "asks": gettext_lazy("A question that came by a personal link"),
    "colleague": gettext_lazy("To whom a personal link was passed on"),
}
"""What can be erased: whatever somebody typed. Names of those who act for the district, and of seats, stay as
they stood (docs/register.md)."""


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
    found = {_words(row): row for row in reversed(rows)}
    return [Erasable(row, words) for words, row in reversed(found.items()) if words]


def _words(row: Sealed) -> str:
    texts = [(label, row.text(name)) for name, label in TEXTS.items() if row.text(name)]
    thing = row.position or row.recusal
    whose = [thing.decision_seat.label] if thing and texts else []
    return ". ".join([*whose, *(f"{label}: {text}" for label, text in texts)])


def erased_words(thing: Position | Recusal | Attachment | Evidence) -> str:
    """What stands in place of a text that was erased, or nothing."""
    sealed = getattr(thing, "sealed", None)
    return _erasure(json.loads(sealed.erasure.body)) if sealed and sealed.erasure else ""


def _erasure(entry: Mapping[str, str]) -> str:
    day = localtime(datetime.datetime.fromisoformat(entry["at"])).date()
    return ERASED_WORDS[AskedBy(entry["asked_by"])] % {"day": formats.date_format(day, "DATE_FORMAT")}


def erased_of(events: Sequence[Event]) -> Mapping[str, str]:
    """What stands in place of the decision's own texts where they were erased, by the names of TEXTS."""
    entries = [json.loads(event.body) for event in events]
    words = {entry["digest"]: _erasure(entry) for entry in entries if entry["kind"] == ERASED}
    return {
        name: words[entry[field]]
        for entry in entries
        for field, names in {**TEXTS_OF.get(entry["kind"], {}), "options": ("options",)}.items()
        for name in names
        if entry.get(field) in words
    }
