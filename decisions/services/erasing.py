"""Erasing a text that is about a person: the register keeps that it was there, not what it said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from accounts.models import Membership
from decisions.enums import AskedBy
from decisions.facts import blanked, left_of
from decisions.models import Decision, Event, Round, Sealed
from decisions.register import Sealer, append
from decisions.seal import ERASED

from .errors import AlreadyErased
from .opening import search_text

COPIED = ("question", "meaning", "method_reason", "rationale", "dissent")
"""Sealed texts of which the decision's own row keeps a copy, for its pages."""


def erase(*, text: Sealed, asked_by: AskedBy | str, because: str, by: Membership) -> Event:
    """Take a text and its salt away for good, and write in the chain at whose request: the chain stays whole.

    Options stand in each round: wherever the same ones are sealed, they go, too. `because` is sealed, with
    the name of `by`. Raises AlreadyErased.
    """
    with transaction.atomic():
        row = _locked(Sealed.objects.filter(pk=text.pk)).get()
        if row.person is None:
            raise AlreadyErased
        event = _erase(row, asked_by, because, by)
        if "options" in row.person:
            of_decision = Sealed.objects.filter(event__decision_uid=row.event.decision_uid)
            for again in _locked(of_decision.filter(person__options=row.person["options"])):
                _erase(again, asked_by, because, by)
    return event


def _locked(texts: QuerySet[Sealed]) -> QuerySet[Sealed]:
    return texts.select_for_update(of=("self",)).select_related("event").order_by("pk")


def _erase(row: Sealed, asked_by: AskedBy | str, because: str, by: Membership) -> Event:
    _erase_copies(row.event, row.person or {})
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
    entry = json.loads(event.body)
    rounds = Round.objects.filter(decision__uid=event.decision_uid, n=entry.get("round", 1))
    if "text" in person:
        rounds.exclude(text="").update(text="")
    if "options" in person:
        rounds.update(options=blanked(entry["choices"]))
