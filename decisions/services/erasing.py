"""Erasing a text that is about a person: the register keeps that it was there, not what it said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from accounts import clock
from accounts.models import Membership
from decisions.copies import blank_copies
from decisions.enums import AskedBy
from decisions.facts import blanked, left_of
from decisions.models import AnswerLink, Decision, Event, Round, Sealed
from decisions.register import Sealer, append
from decisions.seal import ERASED

from .errors import AlreadyErased
from .files import take_file_away
from .opening import search_text

COPIED = ("question", "meaning", "question_es", "meaning_es", "method_reason", "rationale", "dissent")
"""Sealed texts of which the decision's own row keeps a copy, for its pages."""
IN_BOTH = (frozenset(("options", "options_es")), frozenset(("text", "text_es")))
"""Texts of a round, each in both languages."""
ERASED_NAME = "…"
"""What stands in place of the name of a colleague to whom a link was passed on."""


def erase(*, text: Sealed, asked_by: AskedBy | str, because: str, by: Membership) -> Event:
    """Take a text and its salt away for good, and write in the chain at whose request: the chain stays whole.

    What says the same goes, too, in both languages: options in each round, a text in each that asked it, and
    what upper floors keep of the question, such as mail about it (decisions/copies.py).
    `because` is sealed, with the name of `by`. Raises AlreadyErased.
    """
    with transaction.atomic():
        row = _locked(Sealed.objects.filter(pk=text.pk)).get()
        if row.person is None:
            raise AlreadyErased
        blank_copies(row.event.decision_uid)
        event = _erase(row, asked_by, because, by)
        for again in _same_in_other_words(row):
            _erase(again, asked_by, because, by)
    return event


def _same_in_other_words(row: Sealed) -> list[Sealed]:
    """What else goes with a text: the options in every round, or the words of its round, and of each that
    asked the same, in both languages."""
    names = next((both for both in IN_BOTH if row.person and row.person.keys() & both), frozenset())
    of_decision = Sealed.objects.filter(event__decision_uid=row.event.decision_uid)
    found = list(_locked(of_decision.filter(person__has_any_keys=[*names]))) if names else []
    if "options" in names:
        return found
    rounds = {_round_of(other.event) for other in found if _says_the_same(other, row)}
    return [other for other in found if _round_of(other.event) in {*rounds, _round_of(row.event)}]


def _says_the_same(other: Sealed, row: Sealed) -> bool:
    """Whether two texts have words in common, whole."""
    said = (row.person or {}).values()
    return any(text in said for text in (other.person or {}).values() if text)


def _round_of(event: Event) -> int:
    """The round that an event is about; the first where it names none."""
    n: int = json.loads(event.body).get("round", 1)
    return n


def _locked(texts: QuerySet[Sealed]) -> QuerySet[Sealed]:
    return texts.select_for_update(of=("self",)).select_related("event").order_by("pk")


def _erase(row: Sealed, asked_by: AskedBy | str, because: str, by: Membership) -> Event:
    _erase_copies(row.event, row.person or {})
    if "file" in (row.person or {}):
        take_file_away(row)
    sealer = Sealer()
    event = append(
        district_id=row.district_id,
        decision_uid=row.event.decision_uid,
        kind=ERASED,
        fields={
            "digest": row.digest,
            "of": row.event.seq,
            "asked_by": str(asked_by),
            "sealed": sealer.digest(because=because.strip(), erased_by=by.user.name),
        },
        sealer=sealer,
    )
    Sealed.objects.filter(pk=row.pk).update(salt="", person=None, erasure=event)
    return event


def _erase_copies(event: Event, person: Mapping[str, Any]) -> None:
    """Take the text out of the tables that pages read, and out of the search."""
    copies = {name: left_of(name) for name in COPIED if name in person}
    if copies:
        decision = Decision.objects.select_for_update().get(uid=event.decision_uid)
        if "question" in copies:
            copies["search_text"] = search_text(decision.reference, "")
        Decision.objects.filter(pk=decision.pk).update(version=F("version") + 1, **copies)
    rounds = Round.objects.filter(decision__uid=event.decision_uid, n=_round_of(event))
    left: dict[str, Any] = {name: "" for name in ("text", "text_es") if name in person}
    left |= {name: blanked(len(person[name])) for name in ("options", "options_es") if name in person}
    for name, rest in left.items():
        rounds.exclude(**{name: rest}).update(**{name: rest})
    if "colleague" in person:
        passed_to = AnswerLink.objects.filter(passed_on__notes__sealed__event=event)
        passed_to.update(name=ERASED_NAME, email="", revoked_at=clock.now())
