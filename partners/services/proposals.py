"""What a partner's contact says of its listing by personal link, and what we take over, one by one."""

import datetime
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from accounts import clock
from accounts.models import Membership
from accounts.phones import as_e164
from accounts.versions import compare_and_set
from partners.agreed_enums import ProposalState, RecordKind
from partners.families import family
from partners.models import Contact, Partner, PartnerLink, Proposal, Service, Site
from partners.models.links import GONE, NEW

from .links import hold, note_acted
from .records import add_contact, add_service, add_site, contact_left, end_service, remove_site
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
ADD: dict[str, Callable[..., Any]] = {
    RecordKind.SITE: add_site,
    RecordKind.SERVICE: add_service,
    RecordKind.CONTACT: add_contact,
}


class AlreadyDecided(Exception):
    """One of us has taken this over, or has not."""


class ChangedHere(Exception):
    """Our record says something else than it did when the change was proposed."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a record of the partner, as it should be.

    GONE for a field: `now` says whether the record is gone. NEW: `now` holds the fields of one more, {} for
    none, and `record` is the waiting proposal whose place it takes, if any.
    """

    kind: str
    record: Any
    field: str
    now: Any

    @property
    def of(self) -> tuple[Any, str]:
        """What it is about: two with the same are about the same."""
        return (self.record.uid if self.record else None), self.field

    @property
    def was(self) -> Any:
        """What the record says."""
        if self.field == NEW:
            return None
        return False if self.field == GONE else getattr(self.record, self.field)

    @property
    def says(self) -> Any:
        """What it should say, as it is kept."""
        if self.field == NEW:
            return {name: _kept(name, text) for name, text in self.now.items() if text} or None
        return _kept(self.field, self.now)


def _kept(name: str, value: Any) -> Any:
    return as_e164(value) if name == "phone" else value


@transaction.atomic
def confirm_listing(*, link: PartnerLink) -> None:
    """The contact says that all of it is right: the listing is verified today, by them.

    A second tap changes nothing.
    """
    today: datetime.date = clock.today(link.district)
    Partner.objects.filter(pk=link.partner.winner.pk).exclude(
        assured_on=today, assured_by=link.contact.name
    ).update(
        version=F("version") + 1,
        assured_on=today,
        assured_by=link.contact.name,
        changed_at=clock.now(),
    )
    note_acted(link)


@transaction.atomic
def propose(*, link: PartnerLink, changes: Iterable[Change]) -> list[Proposal]:
    """Keep the changes for us to decide on. What still waits for the same stays or gives way.

    Out: those that say something else than the record, which wait from now on. Raises ValueError for a field
    that is not offered.
    """
    now, batch, wait, gone = clock.now(), uuid.uuid4(), [], []
    said = list(changes)
    hold(link)
    waiting = _waiting(said)
    added = _added(link, waiting)
    for change in said:
        if change.field not in (*FIELDS[change.kind], NEW, GONE):
            raise ValueError(change.field)
        there, was, says = waiting.get(change.of), change.was, change.says
        there = there or _same(added, change)
        if there and there.now == says != was:
            wait.append(there)
            continue
        if there:
            gone.append(there.pk)
        if says != was:
            proposal = Proposal(
                district_id=link.district_id,
                partner=link.partner.winner,
                link=link,
                contact=link.contact,
                target_kind=change.kind,
                target_uid=None if change.field == NEW else change.record.uid,
                batch=batch,
                field=change.field,
                was=was,
                now=says,
                at=now,
            )
            wait.append(proposal)
    Proposal.objects.filter(pk__in=gone).delete()
    Proposal.objects.bulk_create([proposal for proposal in wait if proposal.pk is None])
    note_acted(link)
    return wait


def _waiting(changes: list[Change]) -> dict[tuple[Any, str], Proposal]:
    """What waits for the same fields, held until it gives way: one query."""
    uids = {uid for uid, _field in (change.of for change in changes)}
    about = Q(target_uid__in=uids) | Q(field=NEW, uid__in=uids)
    rows = Proposal.objects.filter(about, state=ProposalState.WAITING).select_for_update()
    return {(row.target_uid or row.uid, row.field): row for row in rows}


def _added(link: PartnerLink, waiting: Mapping[Any, Proposal]) -> list[Proposal]:
    """What else the contact added that waits: the same once more is no other. One query."""
    rows = Proposal.objects.filter(contact=link.contact, field=NEW, state=ProposalState.WAITING)
    return list(rows.exclude(pk__in=[row.pk for row in waiting.values()]))


def _same(added: list[Proposal], change: Change) -> Proposal | None:
    """What was added already, where a change adds the same once more."""
    if change.field != NEW or change.record is not None:
        return None
    return next((row for row in added if (row.target_kind, row.now) == (change.kind, change.says)), None)


@transaction.atomic
def accept_proposal(*, proposal: Proposal, by: Membership, anyway: bool = False) -> None:
    """Do what was proposed: write a field, add a record, or end one.

    A person who is gone has left the organization, a service has had its last day, a place is removed: on the
    day on which it was said. Raises AlreadyDecided, ChangedHere where our record says something else unless
    we want it `anyway`, and ChangedMeanwhile.
    """
    _decide(proposal, ProposalState.ACCEPTED, by)
    if proposal.field == NEW:
        values: Any = proposal.now
        made = ADD[proposal.target_kind](partner=proposal.partner.winner, by=by, **values)
        Proposal.objects.filter(pk=proposal.pk).update(target_uid=made.uid)
        return
    record = record_of(proposal)
    if record is None:
        raise AlreadyDecided
    if proposal.field == GONE:
        _end(record, clock.local_day(proposal.at, by.district), by)
    elif changed_since(record, proposal) and not anyway:
        raise ChangedHere
    else:
        _write(record, proposal)


def changed_since(record: Any, proposal: Proposal) -> bool:
    """Whether one of our records says something else by now than what a proposal would change."""
    if record is None or proposal.field in (NEW, GONE):
        return False
    return getattr(record, proposal.field) not in (proposal.was, proposal.now)


def _write(record: Any, proposal: Proposal) -> None:
    """Write one field."""
    changes: dict[str, Any] = {proposal.field: proposal.now}
    if isinstance(record, Partner):
        changes["changed_at"] = clock.now()
    compare_and_set(record, expected=record.version, **changes)
    partner = record if isinstance(record, Partner) else record.partner.winner
    Partner.objects.filter(pk=partner.pk).update(changed_at=clock.now())
    refresh_search([partner.pk], district_id=partner.district_id)


def _end(record: Any, on: datetime.date, by: Membership) -> None:
    """What is no longer there, from that day on."""
    if isinstance(record, Contact):
        contact_left(contact=record, on=on, version=record.version, by=by)
    elif isinstance(record, Service):
        end_service(service=record, on=on, version=record.version, by=by)
    else:
        remove_site(site=record, version=record.version, by=by)


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
