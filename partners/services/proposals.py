"""What a partner's contact says of its listing by personal link, and what we take over, field by field."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts import clock
from accounts.models import Membership
from accounts.phones import as_e164
from accounts.versions import compare_and_set
from partners.agreed_enums import ProposalState, RecordKind
from partners.families import family
from partners.models import Contact, Partner, PartnerLink, Proposal, Service, Site

from .links import note_acted
from .searching import refresh_search

MODELS: dict[str, Any] = {
    RecordKind.PARTNER: Partner,
    RecordKind.SITE: Site,
    RecordKind.SERVICE: Service,
    RecordKind.CONTACT: Contact,
}
FIELDS: dict[str, tuple[str, ...]] = {
    RecordKind.PARTNER: ("name", "description", "website"),
    RecordKind.SITE: ("name", "street", "street2", "city", "state", "postal_code", "phone"),
    RecordKind.SERVICE: ("name", "description"),
    RecordKind.CONTACT: ("name", "role", "email", "phone"),
}
"""What a contact may propose to change, by record; a contact only of themselves."""


class AlreadyDecided(Exception):
    """One of us has taken this over, or has not."""


class ChangedHere(Exception):
    """Our record says something else than it did when the change was proposed."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a record of the partner, as it should be."""

    kind: str
    record: Any
    field: str
    now: str


@transaction.atomic
def confirm_listing(*, link: PartnerLink) -> None:
    """The contact says that all of it is right: the listing is verified today, by them."""
    today: datetime.date = clock.today(link.district)
    partner = link.partner.winner
    compare_and_set(
        partner,
        expected=partner.version,
        assured_on=today,
        assured_by=link.contact.name,
        changed_at=clock.now(),
    )
    note_acted(link)


@transaction.atomic
def propose(*, link: PartnerLink, changes: Iterable[Change]) -> list[Proposal]:
    """Keep the changes for us to decide on; one that still waits for the same field gives way.

    Out: those that say something else than the record. Raises ValueError for a field that is not offered.
    """
    now, batch, made = clock.now(), uuid.uuid4(), []
    for change in changes:
        if change.field not in FIELDS[change.kind]:
            raise ValueError(change.field)
        was = getattr(change.record, change.field)
        says = as_e164(change.now) if change.field == "phone" else change.now
        waiting = Proposal.objects.filter(target_uid=change.record.uid, field=change.field)
        waiting.filter(state=ProposalState.WAITING).delete()
        if says != was:
            made.append(
                Proposal(
                    district_id=link.district_id,
                    partner=link.partner.winner,
                    link=link,
                    contact=link.contact,
                    target_kind=change.kind,
                    target_uid=change.record.uid,
                    batch=batch,
                    field=change.field,
                    was=was,
                    now=says,
                    at=now,
                )
            )
    Proposal.objects.bulk_create(made)
    note_acted(link)
    return made


@transaction.atomic
def accept_proposal(*, proposal: Proposal, by: Membership, anyway: bool = False) -> None:
    """Write what was proposed. Raises AlreadyDecided, and ChangedHere unless we want it `anyway`."""
    _decide(proposal, ProposalState.ACCEPTED, by)
    record = record_of(proposal)
    if record is None:
        raise AlreadyDecided
    if getattr(record, proposal.field) not in (proposal.was, proposal.now) and not anyway:
        raise ChangedHere
    changes: dict[str, Any] = {proposal.field: proposal.now}
    if isinstance(record, Partner):
        changes["changed_at"] = clock.now()
    compare_and_set(record, expected=record.version, **changes)
    partner = record if isinstance(record, Partner) else record.partner.winner
    Partner.objects.filter(pk=partner.pk).update(changed_at=clock.now())
    refresh_search([partner.pk], district_id=partner.district_id)


def accept_all(*, partner: Partner, by: Membership) -> tuple[int, int]:
    """Write all that a partner proposed where our record is as it was. Out: how many, how many wait on."""
    done = 0
    waiting = list(Proposal.objects.filter(partner__in=family(partner), state=ProposalState.WAITING))
    for proposal in waiting:
        try:
            accept_proposal(proposal=proposal, by=by)
        except (AlreadyDecided, ChangedHere):
            continue
        done += 1
    return done, len(waiting) - done


@transaction.atomic
def decline_proposal(*, proposal: Proposal, by: Membership) -> None:
    """Leave the record as it is. Raises AlreadyDecided."""
    _decide(proposal, ProposalState.DECLINED, by)


def record_of(proposal: Proposal) -> Any:
    """The record that a proposal is about; None where it is gone, or its person was erased."""
    rows = MODELS[proposal.target_kind].objects.filter(uid=proposal.target_uid)
    return rows.filter(erased_at=None).first() if proposal.target_kind == RecordKind.CONTACT else rows.first()


def _decide(proposal: Proposal, state: str, by: Membership) -> None:
    decided: int = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.WAITING).update(
        state=state, decided_at=clock.now(), decided_by=by
    )
    if decided != 1:
        raise AlreadyDecided
