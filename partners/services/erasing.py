"""Erasing a person at a partner on request: nothing that names them or leads to them stays in the directory.

What stays says that somebody was there: which letters went to them, which calls were made. Letters as signed,
agreements and closed decisions keep the name as it stood (docs/retention.md).
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from accounts import clock
from accounts.models import Membership
from accounts.phones import as_written
from accounts.versions import compare_and_set
from partners.families import family
from partners.models import (
    Contact,
    ExternalId,
    ImportRow,
    Partner,
    PartnerLink,
    Proposal,
    SearchWord,
)
from partners.search import correctable, words_of

from .searching import refresh_search
from .striking import strike

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
        strike(known, contact.partner)
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


def _forget_words(district_id: int, words: set[str]) -> None:
    """Take the words out of the directory that no partner is found by any more."""
    for word in correctable(words):
        if not Partner.objects.matching(f"d{district_id}x{word}").exists():
            SearchWord.objects.filter(word=word).delete()
