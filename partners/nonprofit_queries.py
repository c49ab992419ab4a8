"""The register of nonprofits as a district's people look through it: nearby, by name, by sector."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Case, Q, QuerySet, Value, When

from accounts.models import District, School

from .enums import Sector
from .models import Nonprofit, Partner
from .ntee import codes_of, sector_of
from .search import spelled_out

ZIP = re.compile(r"(?<!\d)(\d{5})(?:-\d{4})?\W*$")
NEAR, NEARER = 3, 4  # digits of a ZIP code that places share which are near, and nearer
PAGE = 50


@dataclass(frozen=True, slots=True)
class Possible:
    """A nonprofit with its sector and, where it is one already, the partner that it is."""

    nonprofit: Nonprofit
    sector: Sector
    partner: Partner | None = None

    @property
    def ein(self) -> str:
        """Its tax number as people write it, "01-0180687"."""
        return written(self.nonprofit.ein)


def written(ein: str) -> str:
    """A tax number of nine digits as people write it."""
    return f"{ein[:2]}-{ein[2:]}"


def nonprofits_near(
    place: School | District | str, sector: str = "", limit: int = PAGE, *, name: str = ""
) -> list[Possible]:
    """The nonprofits nearest to a school, a district, or a place in words (city or ZIP code); two queries.

    Nearest: of the same ZIP code, then of one that shares four digits, then three; then by name. Without a
    place that can be told, all. Call it in the district's scope: who is a partner already is one of its.
    """
    found = _at(place)
    if sector:
        found = found.filter(_of(sector))
    if name:
        found = found.filter(sort_name__contains=spelled_out(name))
    rows = list(found[:limit])
    spelled = {written(row.ein): row.ein for row in rows}
    partners = Partner.objects.current().filter(ein__in=[*spelled, *spelled.values()]).order_by("-pk")
    ours = {spelled.get(partner.ein, partner.ein): partner for partner in partners.only("uid", "name", "ein")}
    return [Possible(row, sector_of(row.ntee), ours.get(row.ein)) for row in rows]


def _at(place: School | District | str) -> QuerySet[Nonprofit]:
    state, text = "", place
    if isinstance(place, School):
        state, text = place.district.state, place.address
        if not ZIP.search(place.address):
            text = place.place
    elif isinstance(place, District):
        state, text = place.state, place.address
    text = str(text).strip()
    code = ZIP.search(text)
    rows = Nonprofit.objects.filter(state=state) if state else Nonprofit.objects.all()
    if not code:
        short = text if re.fullmatch(r"\d{3,4}", text) else ""
        if short:
            return rows.filter(postal_code__startswith=short).order_by("postal_code", "sort_name", "ein")
        words = "" if isinstance(place, District) else text
        return (rows.filter(city__iexact=words) if words else rows).order_by("sort_name", "ein")
    own = code[1]
    nearness = Case(
        When(postal_code__startswith=own, then=Value(0)),
        When(postal_code__startswith=own[:NEARER], then=Value(1)),
        default=Value(2),
    )
    near = rows.filter(postal_code__startswith=own[:NEAR])
    return near.order_by(nearness, "sort_name", "ein")


def _of(sector: str) -> Q:
    """Those of a sector by their codes; other is what has no code as well."""
    wanted = Q(ntee="") if sector == Sector.OTHER else Q(pk=None)
    for begins, others in codes_of(sector):
        one = Q(ntee__startswith=begins)
        for other in others:
            one &= ~Q(ntee__startswith=other)
        wanted |= one
    return wanted
