"""A partner as a community directory file says it (HSDS 3.0): records in, plain values for JSON out.

Source: Open Referral's Human Services Data Specification 3.0, an organization fully nested as its API answers
it. What only concerns the district stays here: stages, levels, who looks after whom, tags, the contact log,
columns of other files that we keep verbatim. So do contacts who left.

An id is the one that the source of a record gave it, where that is a UUID, as HSDS 3.0 wants; else ours, and
the source's own stands beside it. Ids of parts that are no records of ours, such as an address, are derived,
so that the same records make the same file.
"""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from accounts.models import School
from partners.enums import PartnerKind, Sector, Tier
from partners.models import Contact, Need, Partner, Service, Site

from .columns import CONTACT, LOCATION, ORGANIZATION, SERVICE
from .mapping import telephone

COUNTRY = "US"
STATUSES = ("active", "inactive", "defunct", "temporarily closed")
EIN = "US-EIN"  # as org-id.guide calls it

Json = dict[str, Any]
# What other directories call our rows: (source, external id), by entity and key.
Names = Mapping[tuple[str, int], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Records:
    """What belongs to some partners: by the partner's key, of services by the service's."""

    sites: Mapping[int, Sequence[Site]]
    contacts: Mapping[int, Sequence[Contact]]
    services: Mapping[int, Sequence[Service]]
    needs: Mapping[int, Sequence[Need]]
    schools: Mapping[int, Sequence[School]]
    names: Names


def organization(partner: Partner, records: Records, today: datetime.date) -> Json:
    """A partner with its sites, contacts and services, as of a day."""
    names = records.names
    own = _own_id(ORGANIZATION, partner, names)
    first, *others = partner.aliases or [""]
    sectors = [(code, str(Sector(code).label)) for code in partner.sectors]
    return _said(
        id=own,
        name=partner.name,
        alternate_name=first,
        website=partner.website,
        tax_id=partner.ein,
        legal_status="" if partner.kind == PartnerKind.UNKNOWN else partner.get_kind_display(),
        phones=_phones(own, telephone(partner.extra)),
        organization_identifiers=_identifiers(own, partner, names),
        contacts=[_contact(contact, names) for contact in records.contacts[partner.pk]],
        locations=[_location(site, names) for site in records.sites[partner.pk]],
        services=[_service(service, partner, records, today) for service in records.services[partner.pk]],
        attributes=[
            *_terms(own, "Sectors", sectors),
            *(_attribute(own, link_type="alternate_name", value=name) for name in others),
        ],
    ) | {"description": partner.description}


def _location(site: Site, names: Names) -> Json:
    own = _own_id(LOCATION, site, names)
    kinds = ["physical", "postal"] if site.is_mailing else ["physical"]
    named = names.get((LOCATION, site.pk), [("", "")])
    return _said(
        id=own,
        location_type="physical",
        name=site.name,
        external_identifier=named[0][1],
        external_identifier_type=named[0][0],
        addresses=[_address(own, site, kind) for kind in kinds if site.street or site.city],
        phones=_phones(own, site.phone),
    )


def _address(own: str, site: Site, kind: str) -> Json:
    """Where a site is or its mail goes; HSDS wants all of it, so what we don't know is empty."""
    return {
        "id": _derived(own, "address", kind),
        "address_1": site.street,
        "address_2": site.street2,
        "city": site.city,
        "state_province": site.state,
        "postal_code": site.postal_code,
        "country": COUNTRY,
        "address_type": kind,
    }


def _contact(contact: Contact, names: Names) -> Json:
    own = _own_id(CONTACT, contact, names)
    return _said(
        id=own,
        name=contact.name,
        title=contact.role,
        email=contact.email,
        phones=_phones(own, contact.phone),
        attributes=_named_elsewhere(own, CONTACT, contact, names),
    )


def _service(service: Service, partner: Partner, records: Records, today: datetime.date) -> Json:
    own = _own_id(SERVICE, service, records.names)
    needs = [(need.code, need.label) for need in records.needs[service.pk]]
    tiers = [(str(tier), str(Tier(tier).label)) for tier in service.tiers]
    return _said(
        id=own,
        name=service.name,
        description=service.description,
        status=_status(service, today),
        eligibility_description=f"Grades: {service.grades}" if service.grades else "",
        assured_date=_day(partner.assured_on),
        languages=[{"id": _derived(own, "language", name), "name": name} for name in service.languages],
        service_areas=[
            {"id": _derived(own, "area", str(school.uid)), "name": school.name}
            for school in records.schools[service.pk]
        ],
        schedules=_schedules(own, service),
        attributes=[
            *_terms(own, "Needs of students", needs),
            *_terms(own, "Multi-Tiered System of Supports", tiers),
            *_named_elsewhere(own, SERVICE, service, records.names),
        ],
    )


def _status(service: Service, today: datetime.date) -> str:
    """Whether it can be had: over by its last day, else in the word of the directory that it came from."""
    if service.until and service.until < today:
        return "inactive"
    word = service.not_offered.lower() or "active"
    return word if word in STATUSES else "inactive"


def _schedules(own: str, service: Service) -> list[Json]:
    """From when until when there is the service; nothing where neither is known."""
    days = _said(valid_from=_day(service.since), valid_to=_day(service.until))
    return [{"id": _derived(own, "schedule"), **days}] if days else []


def _phones(own: str, number: str) -> list[Json]:
    """A stored number, its desk apart from it."""
    plain, _mark, desk = number.partition(";ext=")
    phone = _said(id=_derived(own, "phone"), number=plain, type="voice")
    return [phone | ({"extension": int(desk)} if desk.isdecimal() else {})] if plain else []


def _identifiers(own: str, partner: Partner, names: Names) -> list[Json]:
    """The tax number, and what other directories call the partner."""
    known = [(EIN, "EIN", partner.ein)] if partner.ein else []
    known += [("", source, external) for source, external in names.get((ORGANIZATION, partner.pk), ())]
    return [
        _said(
            id=_derived(own, "identifier", kind, identifier),
            identifier_scheme=scheme,
            identifier_type=kind,
            identifier=identifier,
        )
        for scheme, kind, identifier in known
    ]


def _named_elsewhere(own: str, entity: str, record: Service | Contact, names: Names) -> list[Json]:
    """What other directories call a record for whose other ids HSDS 3.0 has no place of its own."""
    return [
        _attribute(
            own,
            link_type="external_identifier",
            value=external,
            taxonomy_term=_term(source, "", source, "The directory that calls it so"),
        )
        for source, external in names.get((entity, record.pk), ())
    ]


def _terms(own: str, taxonomy: str, terms: Sequence[tuple[str, str]]) -> list[Json]:
    """What a record is classified as: (code, name) each."""
    return [
        _attribute(own, link_type=taxonomy, value=code, taxonomy_term=_term(taxonomy, code, name))
        for code, name in terms
    ]


@cache
def _term(taxonomy: str, code: str, name: str, description: str = "") -> Json:
    own = _derived(str(uuid.NAMESPACE_URL), taxonomy, code)
    return _said(id=own, code=code, name=name, taxonomy=taxonomy) | {"description": description or name}


def _attribute(own: str, *, link_type: str, value: str, **more: Any) -> Json:
    return {"id": _derived(own, link_type, value), "link_type": link_type, "value": value, **more}


def _own_id(entity: str, record: Partner | Site | Service | Contact, names: Names) -> str:
    """The first id that is a UUID, of those that other directories gave the record; else our own."""
    for _source, external in names.get((entity, record.pk), ()):
        try:
            return str(uuid.UUID(external))
        except ValueError:
            continue
    return str(record.uid)


def _derived(own: str, *part: str) -> str:
    """The id of a part: the same for the same words."""
    return str(uuid.uuid5(uuid.UUID(own), "/".join(part)))


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _said(**values: Any) -> Json:
    """What is known: without what is empty."""
    return {name: value for name, value in values.items() if value not in ("", [], None)}
