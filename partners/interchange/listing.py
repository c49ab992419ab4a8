"""Reads a district's directory for a file that goes out, a thousand partners at a time."""

import datetime
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.utils import translation
from django_scopes import scope

from accounts import clock
from accounts.models import District
from partners.families import families, standing
from partners.models import Contact, ExternalId, Partner, Service, ServiceNeed, ServiceSchool, Site

from .columns import CONTACT, LOCATION, ORGANIZATION, SERVICE
from .hsds_out import Json, Names, Records, organization

CHUNK = 1000


def directory_file(district: District) -> Iterator[str]:
    """All current partners of a district as one JSON document, in pieces: a page of HSDS 3.0's organizations.

    Eight queries for each thousand. May be called outside the district's scope, as a response is streamed
    after the request.
    """
    today = clock.today(district)
    with scope(district=district):
        keys = list(Partner.objects.current().order_by("sort_name", "pk").values_list("pk", flat=True))
    yield json.dumps(_page_of(len(keys)))[:-1] + ', "contents": [\n'
    for start in range(0, len(keys), CHUNK):
        with scope(district=district), translation.override("en"):
            said = [json.dumps(one) for one in organizations(keys[start : start + CHUNK], today)]
        yield (",\n" if start else "") + ",\n".join(said)
    yield "\n]}\n"


def _page_of(total: int) -> Json:
    """What HSDS's API says of a page: here the first and only one."""
    return {
        "total_items": total,
        "total_pages": 1,
        "page_number": 1,
        "size": total,
        "first_page": True,
        "last_page": True,
        "empty": total == 0,
    }


def organizations(keys: list[int], today: datetime.date) -> list[Json]:
    """These partners as HSDS 3.0 says them, in this order."""
    partners = Partner.objects.defer("lexemes").in_bulk(keys)
    records = _records(keys)
    return [organization(partners[key], records, today) for key in keys if key in partners]


def _records(partners: list[int]) -> Records:
    """What belongs to these partners: six queries."""
    services = _by("of", _below(Service.objects.all(), partners))
    offered = [service.pk for some in services.values() for service in some]
    needs, schools = (
        link.objects.filter(service__in=offered).select_related(name).order_by(f"{name}__{order}", "pk")
        for link, name, order in ((ServiceNeed, "need", "order"), (ServiceSchool, "school", "name"))
    )
    sites = _by("of", _below(Site.objects.all(), partners))
    contacts = _by("of", _below(Contact.objects.here(), partners))
    return Records(
        sites=sites,
        contacts=contacts,
        services=services,
        needs=_by("service_id", needs, lambda row: row.need),
        schools=_by("service_id", schools, lambda row: row.school),
        names=_names(
            {
                ORGANIZATION: partners,
                LOCATION: [site.pk for some in sites.values() for site in some],
                SERVICE: offered,
                CONTACT: [contact.pk for some in contacts.values() for contact in some],
            }
        ),
    )


def _below(rows: Any, partners: list[int]) -> Any:
    """The rows that belong to these partners and to those merged into them, each with whose it is (`of`)."""
    return rows.filter(partner__in=families(partners)).annotate(of=standing())


def _by(key: str, rows: Iterable[Any], value: Callable[[Any], Any] = lambda row: row) -> dict[int, list[Any]]:
    """Rows by one of their keys; Django's own prefetching takes three times as long."""
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(value(row))
    return found


def _names(keys: dict[str, list[int]]) -> Names:
    """What other directories call the records with these keys, by entity: one query."""
    asked = Q()
    for entity, some in keys.items():
        asked |= Q(entity=entity, object_id__in=some)
    names = defaultdict(list)
    rows = ExternalId.objects.filter(asked).order_by("pk")
    for entity, key, *name in rows.values_list("entity", "object_id", "source", "external_id"):
        names[entity, key].append(tuple(name))
    return names
