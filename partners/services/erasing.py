"""Erasing a person at a partner on request: nothing that names them or leads to them stays in the directory.

What stays says that somebody was there: which letters went to them, which calls were made. Letters as signed,
agreements and closed decisions keep the name as it stood (docs/retention.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast

from accounts import clock
from accounts.models import Membership
from accounts.phones import as_written
from accounts.versions import compare_and_set
from partners.families import family
from partners.models import (
    Contact,
    ExternalId,
    ImportBatch,
    ImportRow,
    Interaction,
    Partner,
    PartnerLink,
    Proposal,
    SearchWord,
)
from partners.search import correctable, words_of

from .searching import refresh_search

STRUCK = "…"
# How an import calls a person, and what it keeps of where they belong (interchange/columns.py, staging.py).
CONTACT, OWNER = "contact", "organization"


class AlreadyErased(Exception):
    """Nothing of this person is left."""


@transaction.atomic
def erase_contact(*, contact: Contact, version: int, by: Membership) -> None:
    """Erase a person for good; they have left from today on, where they had not before.

    Raises AlreadyErased, and ChangedMeanwhile where the record has another version.
    """
    if contact.erased_at is not None:
        raise AlreadyErased
    known, contact_name = _known_as(contact), contact.name
    left_on = contact.left_on or clock.today(by.district)
    compare_and_set(
        contact,
        expected=version,
        **dict.fromkeys(("name", "salutation", "role", "email", "phone"), ""),
        extra={},
        left_on=left_on,
        erased_at=clock.now(),
    )
    PartnerLink.objects.filter(contact=contact, revoked_at=None).update(revoked_at=clock.now())
    _empty_own_rows(contact)
    if known:
        _strike(known, contact)
    winner = contact.partner.winner
    assured = Partner.objects.filter(pk__in=family(winner), assured_by__in=[contact_name, *known])
    assured.update(assured_by=F("name"), changed_at=clock.now())
    refresh_search([contact.partner_id], district_id=contact.district_id)
    _forget_words(contact.district_id, words_of([contact_name]))


def _known_as(contact: Contact) -> list[str]:
    """The texts that name a person or lead to them, the longest first.

    A name of one word, such as "May", may be a word like any other: it goes from the person's own rows alone.
    """
    name = contact.name if " " in contact.name.strip() else ""
    texts = {name, contact.email, contact.phone, as_written(contact.phone)} - {""}
    return sorted(texts, key=len, reverse=True)


def _empty_own_rows(contact: Contact) -> None:
    """Empty what proposals and imports keep of the person's own record."""
    Proposal.objects.filter(target_uid=contact.uid).update(was=None, now=None)
    own_rows = ImportRow.objects.filter(entity=CONTACT, target_uid=contact.uid)
    own_rows.update(raw={}, changes={}, before={}, problem={})
    for row in ExternalId.objects.filter(entity=CONTACT, object_id=contact.pk):
        kept = {name: said for name, said in row.last_values.items() if name == OWNER}
        ExternalId.objects.filter(pk=row.pk).update(last_values=kept)


def _strike(known: list[str], contact: Contact) -> None:
    """Strike a person out of notes, proposals, and what imports keep of files."""
    notes = Interaction.objects.filter(partner__in=family(contact.partner.winner))
    for note in notes.filter(_any_in("note", known)):
        struck = _without(note.note, known)
        Interaction.objects.filter(pk=note.pk).update(note=struck, version=F("version") + 1)
    _strike_json(Proposal.objects.all(), known, "was", "now")
    _strike_json(ImportRow.objects.all(), known, "raw", "changes", "before", "problem")
    _strike_json(ImportBatch.objects.all(), known, "kept")


def _strike_json(rows: Any, known: list[str], *names: str) -> None:
    """Strike the texts out of every value of JSON fields that holds one."""
    texts = {f"{name}_text": Cast(name, TextField()) for name in names}
    holding = [_any_in(name, known) for name in texts]
    found = rows.annotate(**texts).filter(reduce(or_, holding))
    for row in found.only(*names):
        values = {name: _everywhere(getattr(row, name), lambda text: _without(text, known)) for name in names}
        type(row)._default_manager.filter(pk=row.pk).update(**values)


def _any_in(name: str, known: list[str]) -> Q:
    """Rows whose text holds one of these, in whatever case."""
    return reduce(or_, (Q(**{f"{name}__icontains": text}) for text in known))


def _without(text: str, known: list[str]) -> str:
    """A text with each of these struck out where it stands as a word of its own."""
    pattern = "|".join(re.escape(one) for one in known)
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", STRUCK, text, flags=re.IGNORECASE)


def _everywhere(value: Any, change: Callable[[str], str]) -> Any:
    """A JSON value with every text in it changed."""
    if isinstance(value, dict):
        return {key: _everywhere(one, change) for key, one in value.items()}
    if isinstance(value, list):
        return [_everywhere(one, change) for one in value]
    return change(value) if isinstance(value, str) else value


def _forget_words(district_id: int, words: set[str]) -> None:
    """Take the words out of the directory that no partner is found by any more."""
    for word in correctable(words):
        if not Partner.objects.matching(f"d{district_id}x{word}").exists():
            SearchWord.objects.filter(word=word).delete()
