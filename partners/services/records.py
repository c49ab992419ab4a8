"""Partners and what belongs to them: sites, contacts, services, the contact log.

Every edit takes the `version` that the person saw and raises ChangedMeanwhile where the record has another
one.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from accounts import clock
from accounts.models import Membership, School
from accounts.phones import as_e164
from accounts.versions import ChangedMeanwhile, compare_and_set
from partners.enums import Channel, Direction
from partners.models import (
    Contact,
    ExternalId,
    Interaction,
    Need,
    Partner,
    Service,
    ServiceNeed,
    ServiceSchool,
    Site,
)
from partners.search import spelled_out

from .next_steps import add_next_step
from .searching import refresh_search

PLACE = "location"  # as imports call a site (interchange/columns.py)


class InTheFuture(Exception):
    """A contact is logged after it took place."""


@transaction.atomic
def create_partner(*, by: Membership, name: str, **values: Any) -> Partner:
    """A new partner organization in the directory; `values` are fields of Partner."""
    now = clock.now()
    partner: Partner = Partner.objects.create(
        district_id=by.district_id,
        name=name,
        sort_name=spelled_out(name)[:255],
        created_at=now,
        changed_at=now,
        **values,
    )
    refresh_search([partner.pk], district_id=partner.district_id)
    return partner


@transaction.atomic
def edit_partner(*, partner: Partner, version: int, by: Membership, **changes: Any) -> None:
    """Change fields of a partner."""
    compare_and_set(partner, expected=version, changed_at=clock.now(), **changes)
    refresh_search([partner.pk], district_id=partner.district_id)


@transaction.atomic
def add_site(*, partner: Partner, by: Membership, phone: str = "", **values: Any) -> Site:
    """One more place of a partner; one that letters go to takes that from the others."""
    site: Site = Site.objects.create(
        district_id=partner.district_id, partner=partner, phone=as_e164(phone), **values
    )
    _after_site(site)
    return site


@transaction.atomic
def edit_site(*, site: Site, version: int, by: Membership, phone: str = "", **changes: Any) -> None:
    """Change a place."""
    compare_and_set(site, expected=version, phone=as_e164(phone), **changes)
    _after_site(site)


def _after_site(site: Site) -> None:
    if site.is_mailing:
        Site.objects.filter(partner=site.partner_id, is_mailing=True).exclude(pk=site.pk).update(
            is_mailing=False
        )
    _touch(site)


@transaction.atomic
def remove_site(*, site: Site, version: int, by: Membership) -> None:
    """The partner is no longer at a place: it goes, and what other directories call it; its history stays."""
    if not Site.objects.filter(pk=site.pk, version=version).delete()[0]:
        raise ChangedMeanwhile
    ExternalId.objects.filter(entity=PLACE, object_id=site.pk).delete()
    _touch(site)


@transaction.atomic
def add_contact(*, partner: Partner, by: Membership, phone: str = "", **values: Any) -> Contact:
    """A person at a partner; the telephone is kept as E.164 where it can be read."""
    contact: Contact = Contact.objects.create(
        district_id=partner.district_id, partner=partner, phone=as_e164(phone), **values
    )
    _touch(contact)
    return contact


@transaction.atomic
def edit_contact(*, contact: Contact, version: int, by: Membership, phone: str = "", **changes: Any) -> None:
    """Change what we know of a person."""
    compare_and_set(contact, expected=version, phone=as_e164(phone), **changes)
    _touch(contact)


@transaction.atomic
def contact_left(*, contact: Contact, on: datetime.date, version: int, by: Membership) -> None:
    """The person left the organization: kept, but no longer found or written to. Once gone, the day stays."""
    if contact.left_on is not None:
        return
    compare_and_set(contact, expected=version, left_on=on)
    _touch(contact)


@transaction.atomic
def add_service(
    *,
    partner: Partner,
    by: Membership,
    needs: Iterable[Need] = (),
    schools: Iterable[School] = (),
    **values: Any,
) -> Service:
    """What a partner does for students: for which needs, at which schools."""
    service: Service = Service.objects.create(district_id=partner.district_id, partner=partner, **values)
    _link(service, needs, schools)
    _touch(service)
    return service


@transaction.atomic
def edit_service(
    *,
    service: Service,
    version: int,
    by: Membership,
    needs: Iterable[Need],
    schools: Iterable[School],
    **changes: Any,
) -> None:
    """Change a service, its needs and its schools."""
    compare_and_set(service, expected=version, **changes)
    _link(service, needs, schools)
    _touch(service)


@transaction.atomic
def end_service(*, service: Service, on: datetime.date, version: int, by: Membership) -> None:
    """The service is given up: `on` is its last day, its first one where it begins later.

    One that ends earlier anyway stays as it is.
    """
    if service.until is not None and service.until <= on:
        return
    compare_and_set(service, expected=version, until=max(on, service.since or on))
    _touch(service)


@transaction.atomic
def log_interaction(
    *,
    partner: Partner,
    by: Membership,
    note: str,
    on: datetime.date,
    school: School | None = None,
    contact: Contact | None = None,
    channel: str = Channel.CALL,
    direction: str = Direction.OUT,
    next_step: str = "",
    next_on: datetime.date | None = None,
) -> Interaction:
    """One line in the contact log and, where something comes next, that. Raises InTheFuture."""
    if on > clock.today(school or by.district):
        raise InTheFuture
    interaction: Interaction = Interaction.objects.create(
        district_id=partner.district_id,
        partner=partner,
        school=school,
        contact=contact,
        channel=channel,
        direction=direction,
        on=on,
        note=note,
        by=by,
        created_at=clock.now(),
    )
    if next_step:
        add_next_step(partner=partner, what=next_step, due_on=next_on, by=by)
    return interaction


def _touch(part: Site | Contact | Service) -> None:
    """What belongs to a partner changed: so did the partner, for its list and for the search."""
    partner = part.partner.winner
    Partner.objects.filter(pk__in={part.partner_id, partner.pk}).update(changed_at=clock.now())
    refresh_search([part.partner_id], district_id=part.district_id)


def _link(service: Service, needs: Iterable[Need], schools: Iterable[School]) -> None:
    """Make the service's needs and schools exactly these."""
    _make_exact(ServiceNeed, service, "need", needs)
    _make_exact(ServiceSchool, service, "school", schools)


def _make_exact(
    link: type[models.Model], service: Service, name: str, wanted: Iterable[models.Model]
) -> None:
    rows = link._default_manager.filter(service=service)
    keys = {thing.pk for thing in wanted}
    rows.exclude(**{f"{name}__in": keys}).delete()
    there = set(rows.values_list(name, flat=True))
    link._default_manager.bulk_create(
        link(district_id=service.district_id, service=service, **{f"{name}_id": key})
        for key in sorted(keys - there)
    )
