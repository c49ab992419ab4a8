"""The partner list as a sheet for people: a row a partner, under the words that the list's page uses."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from accounts.models import Membership
from accounts.phones import as_written
from partners.families import families, standing
from partners.filters import Filters
from partners.models import Contact
from partners.queries import ListRow, rows_of

CHUNK = 1000
BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Line:
    """A partner as the list shows it, with the first person there by name; `alone`: a school is filtered."""

    row: ListRow
    contact: Contact | None
    alone: bool

    def at_schools(self, said: Callable[[Any], str]) -> list[str]:
        """What is to be said of each partnership, "Quillback Middle School: Active"."""
        words = [(str(one.school or _("The district")), said(one)) for one in self.row.standings]
        return [text if self.alone else f"{place}: {text}" for place, text in words if text]

    @property
    def people(self) -> list[str]:
        """Who looks after it: in the district, and at each school."""
        here = self.at_schools(lambda one: one.owner.user.name if one.owner else "")
        owner = self.row.partner.owner
        if owner is None or (self.alone and here):
            return here
        return [owner.user.name if self.alone else f"{_('The district')}: {owner.user.name}", *here]


COLUMNS: tuple[tuple[Any, Callable[[Line], str]], ...] = (
    (_("Name"), lambda line: line.row.partner.name),
    (_("Other names"), lambda line: BETWEEN.join(line.row.partner.aliases)),
    (_("Sectors"), lambda line: BETWEEN.join(line.row.partner.sector_labels)),
    (_("City"), lambda line: line.row.city),
    (_("Stage"), lambda line: BETWEEN.join(line.at_schools(lambda one: str(one.get_stage_display())))),
    (_("Looked after by"), lambda line: BETWEEN.join(line.people)),
    (_("Next step"), lambda line: _day(line.row.partner.next_on)),
    (_("Agreement until"), lambda line: _day(line.row.partner.ends_on)),
    (_("Last contact"), lambda line: _day(line.row.last_contact)),
    (_("Contact"), lambda line: line.contact.name if line.contact else ""),
    (_("E-mail"), lambda line: line.contact.email if line.contact else ""),
    (_("Phone"), lambda line: as_written(line.contact.phone) if line.contact else ""),
    (_("Tags"), lambda line: BETWEEN.join(line.row.partner.tags)),
    (_("EIN"), lambda line: line.row.partner.ein),
    (_("Website"), lambda line: line.row.partner.website),
    (_("ID"), lambda line: str(line.row.partner.uid)),
)


def list_sheet(
    membership: Membership, keys: list[int], filters: Filters, *, language: str
) -> Iterator[list[str]]:
    """The names of the columns, then these partners in this order: three queries for each thousand.

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
    first: dict[int, Contact] = {}
    people = Contact.objects.here().filter(partner__in=families(keys)).annotate(of=standing())
    for contact in people.defer("extra"):
        first.setdefault(contact.of, contact)
    for row in rows_of(membership, keys, filters):
        yield Line(row, first.get(row.partner.pk), alone=filters.school is not None)


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
