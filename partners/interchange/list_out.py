"""The partner list as a sheet for people: a row a partner, under the words that the list's page uses.

It comes back through the import of sheets as it went out: to the same partners by their ID, or to others.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from accounts import clock
from accounts.models import Membership
from accounts.phones import as_written
from partners.enums import PartnerKind
from partners.families import families, standing
from partners.filters import Filters
from partners.models import Contact, Service, Site
from partners.queries import ListRow, rows_of

from .one_cell import side_by_side

CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """A partner as the list shows it, with the first person there by name, its first place, its services."""

    row: ListRow
    contact: Contact | None
    place: Site | None
    services: list[Service]

    def at_schools(self, said: Callable[[Any], str]) -> str:
        """What is to be said of each partnership, "Quillback Middle School: Active"."""
        words = [(str(one.school or _("The district")), said(one)) for one in self.row.standings]
        return side_by_side([f"{place}: {text}" for place, text in words if text], commas=False)

    def of_services(self, said: Callable[[Service], list[str]]) -> str:
        """What is to be said of each service, "Calm Hour: Trauma", or "Trauma" where there is one."""
        alone = len(self.services) == 1
        words = [(one.name, text) for one in self.services for text in said(one)]
        return side_by_side([text if alone else f"{name}: {text}" for name, text in words], commas=False)

    @property
    def people(self) -> str:
        """Who looks after it: in the district, and at each school."""
        here = self.at_schools(lambda one: one.owner.user.name if one.owner else "")
        owner = self.row.partner.owner
        return "; ".join(filter(None, [f"{_('The district')}: {owner.user.name}" if owner else "", here]))

    @property
    def kind(self) -> str:
        """What it is in law, where somebody knows it."""
        partner = self.row.partner
        return "" if partner.kind == PartnerKind.UNKNOWN else str(partner.get_kind_display())


# What partners/interchange/sheet_fields.py reads again, but for what a file can't say of a partner.
COLUMNS: tuple[tuple[Any, Callable[[Line], str]], ...] = (
    (_("Name"), lambda line: line.row.partner.name),
    (_("Other names"), lambda line: side_by_side(line.row.partner.aliases, commas=False)),
    (_("Kind"), lambda line: line.kind),
    (_("Sectors"), lambda line: side_by_side(line.row.partner.sector_labels, commas=False)),
    (_("What they do"), lambda line: line.row.partner.description),
    (_("Street"), lambda line: line.place.street if line.place else ""),
    (_("City"), lambda line: line.place.city if line.place else ""),
    (_("State"), lambda line: line.place.state if line.place else ""),
    (_("ZIP code"), lambda line: line.place.postal_code if line.place else ""),
    (_("Stage"), lambda line: line.at_schools(lambda one: str(one.get_stage_display()))),
    (_("Looked after by"), lambda line: line.people),
    (_("Next step"), lambda line: _day(line.row.partner.next_on)),
    (_("Agreement until"), lambda line: _day(line.row.partner.ends_on)),
    (_("Last contact"), lambda line: _day(line.row.last_contact)),
    (_("Contact"), lambda line: line.contact.name if line.contact else ""),
    (_("Role"), lambda line: line.contact.role if line.contact else ""),
    (_("E-mail"), lambda line: line.contact.email if line.contact else ""),
    (_("Phone"), lambda line: as_written(line.contact.phone) if line.contact else ""),
    (_("Services"), lambda line: side_by_side(one.name for one in line.services)),
    (_("Needs"), lambda line: line.of_services(lambda one: [str(need) for need in one.needs.all()])),
    (_("For how many students"), lambda line: line.of_services(lambda one: one.tier_labels)),
    (_("Tags"), lambda line: side_by_side(line.row.partner.tags)),
    (_("EIN"), lambda line: line.row.partner.ein),
    (_("Website"), lambda line: line.row.partner.website),
    (_("ID"), lambda line: str(line.row.partner.uid)),
)


def list_sheet(
    membership: Membership, keys: list[int], filters: Filters, *, language: str
) -> Iterator[list[str]]:
    """The names of the columns, then these partners in this order: seven queries for each thousand.

    Days are written 2026-11-28. May be called outside the district's scope, as a response is streamed after
    the request.
    """
    with translation.override(language):
        head = [str(name) for name, _cell in COLUMNS]
    yield head
    for start in range(0, len(keys), CHUNK):
        with scope(district=membership.district), translation.override(language):
            lines = [
                [cell(line) for _name, cell in COLUMNS]
                for line in _lines(membership, keys[start : start + CHUNK], filters)
            ]
        yield from lines


def _lines(membership: Membership, keys: list[int], filters: Filters) -> Iterator[Line]:
    contacts = _first_of(keys, Contact.objects.here())
    sites = Site.objects.exclude(street="", city="").order_by("-is_mailing", "pk")
    places = _first_of(keys, sites.filter(city="")) | _first_of(keys, sites.exclude(city=""))
    services: dict[int, list[Service]] = defaultdict(list)
    offered = Service.objects.offered(clock.today(membership.district))
    for service in _of(keys, offered.prefetch_related("needs")):
        services[service.of].append(service)
    for row in rows_of(membership, keys, filters):
        key = row.partner.pk
        yield Line(row, contacts.get(key), places.get(key), services[key])


def _of(keys: list[int], rows: Any) -> Any:
    """Those rows that belong to these partners today, each with whose it is (`of`)."""
    return rows.filter(partner__in=families(keys)).annotate(of=standing()).defer("extra")


def _first_of(keys: list[int], rows: Any) -> dict[int, Any]:
    """The first row of each of these partners."""
    first: dict[int, Any] = {}
    for row in _of(keys, rows):
        first.setdefault(row.of, row)
    return first


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
