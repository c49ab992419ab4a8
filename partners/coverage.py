"""Who serves what: what the services of active partners cover, where nobody works, where many do the same.

Plain rules over plain values; coverage_queries.py reads the values. A gap is a need rated high with no
service; an overlap is three or more partners at the same tier and grade for which nobody decided who does
what (a district's own rule, docs/architecture.md).
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from .enums import Tier

HIGH = 3
MANY = 3


class Rating(NamedTuple):
    """How high a school rates a need, 1 to 3, since when, and how it is known."""

    value: int
    on: datetime.date
    source: str


class Offer(NamedTuple):
    """A service of an active partner: for which needs, tiers and grades, and which schools it reaches."""

    partner: int
    partner_uid: UUID
    partner_name: str
    name: str
    needs: frozenset[int]
    tiers: frozenset[int]
    grades: frozenset[int]
    schools: frozenset[int]


class Overlap(NamedTuple):
    """Partners at one tier, in the grades in which three or more of them meet; and what settled it, if so."""

    tier: int
    grades: frozenset[int]
    partners: tuple[str, ...]
    settled: str


@dataclass(slots=True)
class Cell:
    """One need at one school: its rating, who serves it, where they overlap."""

    rating: Rating | None = None
    offers: list[Offer] = field(default_factory=list)
    overlaps: list[Overlap] = field(default_factory=list)

    @property
    def is_gap(self) -> bool:
        """Whether the need is rated high, and nobody works on it."""
        return self.rating is not None and self.rating.value == HIGH and not self.offers

    @property
    def open_overlaps(self) -> list[Overlap]:
        """The overlaps for which nobody decided yet who does what."""
        return [overlap for overlap in self.overlaps if not overlap.settled]

    @property
    def partners(self) -> list[str]:
        """Who serves it, each once, by name."""
        return sorted({offer.partner_name for offer in self.offers}, key=str.casefold)

    @property
    def by_tier(self) -> list[int]:
        """How many services there are for all, for some and for a few students."""
        return [sum(tier in offer.tiers for offer in self.offers) for tier in Tier.values]


Place = tuple[int, int]
"""A school and a need, by their keys."""
Settled = Mapping[tuple[int, int, int], str]
"""What settled an overlap, by school, need and tier."""


def cells(
    schools: Iterable[int],
    needs: Iterable[int],
    ratings: Mapping[Place, Rating],
    offers: Iterable[Offer],
    settled: Settled,
) -> dict[Place, Cell]:
    """Every cell of the grid, by school and need."""
    wanted = list(needs)
    grid = {(school, need): Cell(ratings.get((school, need))) for school in schools for need in wanted}
    for offer in offers:
        for school in offer.schools:
            for need in offer.needs:
                if (school, need) in grid:
                    grid[school, need].offers.append(offer)
    for (school, need), cell in grid.items():
        cell.offers.sort(key=lambda offer: (offer.partner_name.casefold(), offer.name.casefold()))
        cell.overlaps = [
            overlap._replace(settled=settled.get((school, need, overlap.tier), ""))
            for overlap in overlaps(cell.offers)
        ]
    return grid


def overlaps(offers: Iterable[Offer]) -> list[Overlap]:
    """Where three or more partners serve one tier in the same grade, one for each tier; nothing is settled.

    A service that does not say for how many students it is, is at no tier: it overlaps with none.
    """
    there: dict[int, dict[int, set[Offer]]] = defaultdict(lambda: defaultdict(set))
    for offer in offers:
        for tier in offer.tiers:
            for grade in offer.grades:
                there[tier][grade].add(offer)
    found = []
    for tier, by_grade in sorted(there.items()):
        crowded = {
            grade: met for grade, met in by_grade.items() if len({offer.partner for offer in met}) >= MANY
        }
        if crowded:
            names = {offer.partner: offer.partner_name for met in crowded.values() for offer in met}
            partners = tuple(sorted(names.values(), key=str.casefold))
            found.append(Overlap(tier, frozenset(crowded), partners, ""))
    return found
