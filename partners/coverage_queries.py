"""What the pages of *Who serves what* read, in the same few queries whatever there is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Coalesce

from accounts import clock
from accounts.models import District, Membership, School

from .coverage import Cell, Offer, Place, Rating, cells
from .enums import WORKING
from .families import standing
from .grades import grades_in
from .models import Need, NeedRating, OverlapSettlement, Partnership, Service, ServiceNeed, ServiceSchool


@dataclass(slots=True)
class Coverage:
    """The schools that are looked at, the needs, and every cell; `offers` are the whole district's."""

    schools: list[School]
    needs: list[Need]
    grid: dict[Place, Cell]
    offers: list[Offer]

    def rows(self) -> Iterator[tuple[Need, list[tuple[School, Cell]]]]:
        """The grid by need: each with its cells, in the order of the schools."""
        for need in self.needs:
            yield need, [(school, self.grid[school.pk, need.pk]) for school in self.schools]

    def cells(self) -> Iterator[tuple[School, Need, Cell]]:
        """Every cell, by school and need."""
        for school in self.schools:
            for need in self.needs:
                yield school, need, self.grid[school.pk, need.pk]

    def elsewhere(self, school: School, need: Need) -> list[str]:
        """Active partners that meet the need at other schools, by name: whom one may ask."""
        names = {
            offer.partner_name
            for offer in self.offers
            if need.pk in offer.needs and school.pk not in offer.schools
        }
        return sorted(names, key=str.casefold)


def coverage(membership: Membership, schools: list[School]) -> Coverage:
    """What is covered at these schools today: five queries, whatever their number."""
    needs = list(Need.objects.for_member(membership).filter(retired_on=None))
    offers = offers_of(membership.district)
    keys = [school.pk for school in schools]
    grid = cells(keys, [need.pk for need in needs], latest_ratings(keys), offers, _settled(keys))
    return Coverage(schools, needs, grid, offers)


@dataclass(frozen=True, slots=True)
class OneCell:
    """A cell by itself, and who is active for its need at other schools."""

    cell: Cell
    elsewhere: list[str]


def cell_of(membership: Membership, school: School, need: Need) -> OneCell:
    """One need at one school: five queries."""
    offers = offers_of(membership.district)
    key = (school.pk, need.pk)
    ratings, settled = latest_ratings([school.pk]), _settled([school.pk])
    found = Coverage([school], [need], cells([school.pk], [need.pk], ratings, offers, settled), offers)
    return OneCell(found.grid[key], found.elsewhere(school, need))


def latest_ratings(schools: Iterable[int]) -> dict[Place, Rating]:
    """The rating in force of each school and need: one query."""
    rows = NeedRating.objects.filter(school__in=list(schools)).order_by("school_id", "need_id", "-on", "-pk")
    return {
        (row.school_id, row.need_id): Rating(row.rating, row.on, row.source)
        for row in rows.distinct("school_id", "need_id")
    }


def _settled(schools: Iterable[int]) -> dict[tuple[int, int, int], str]:
    """What was decided last of who does what: one query."""
    rows = OverlapSettlement.objects.filter(school__in=list(schools)).order_by("on", "pk")
    return {(row.school_id, row.need_id, row.tier): row.text for row in rows}


def offers_of(district: District) -> list[Offer]:
    """Today's services of partners that are active somewhere, each with the schools it reaches: two queries.

    A service reaches the schools that it names; one that names none, those where its partner is active. With
    the district itself active means at every school. What was merged into another partner counts as its.
    """
    today = clock.today(district)
    reach = _active_places()
    everywhere = frozenset(School.objects.filter(district=district).open().values_list("pk", flat=True))
    needs = ServiceNeed.objects.filter(service=OuterRef("pk")).values("need")
    schools = ServiceSchool.objects.filter(service=OuterRef("pk")).values("school")
    rows = (
        Service.objects.offered(today)
        .filter(Q(since=None) | Q(since__lte=today), partner__archived_at=None)
        .annotate(
            root=standing(),
            root_uid=Coalesce("partner__merged_into__uid", F("partner__uid")),
            root_name=Coalesce("partner__merged_into__name", F("partner__name")),
            need_keys=ArraySubquery(needs),
            school_keys=ArraySubquery(schools),
        )
        .exclude(need_keys=[])
        .filter(root__in=list(reach))
        .values_list("root", "root_uid", "root_name", "name", "need_keys", "tiers", "grades", "school_keys")
    )
    found: list[Offer] = []
    for root, uid, root_name, name, need_keys, tiers, grades, named in rows:
        active = everywhere if None in reach[root] else everywhere & reach[root]
        reached = active & frozenset(named) if named else active
        found.append(
            Offer(
                root, uid, root_name, name, frozenset(need_keys), frozenset(tiers), grades_in(grades), reached
            )
        )
    return found


def _active_places() -> dict[int, frozenset[int | None]]:
    """At which schools each partner is active; None stands for the district itself."""
    places: dict[int, set[int | None]] = defaultdict(set)
    rows = Partnership.objects.filter(stage__in=WORKING).annotate(root=standing())
    for root, school in rows.values_list("root", "school"):
        places[root].add(school)
    return {root: frozenset(schools) for root, schools in places.items()}
