"""Who is at the table: which sectors work with a school or the district, and which are missing.

Schools are at the table themselves; three more sectors must be (`REQUIRED_AT_THE_TABLE`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from accounts.models import District, Membership, School

from .enums import IN_TALKS, REQUIRED_AT_THE_TABLE, WORKING, Sector
from .families import standing
from .models import Partner, Partnership
from .naming import in_a_row
from .nonprofit_queries import Possible, nonprofits_near

PROPOSED = 3
"""So many are proposed for a missing sector."""
LOOKED_AT = 10
"""So many nonprofits nearby are looked at: some are partners already."""


@dataclass(slots=True)
class SectorRow:
    """A sector: who works with us, whom we talk with, and, where it is missing, whom one could ask."""

    sector: Sector
    active: list[Partner] = field(default_factory=list)
    talking: list[Partner] = field(default_factory=list)
    proposed: list[Partner] = field(default_factory=list)
    nearby: list[Possible] = field(default_factory=list)

    @property
    def names(self) -> str:
        """Who works with us, in a sentence."""
        return in_a_row([partner.name for partner in self.active])

    @property
    def is_required(self) -> bool:
        """Whether there must be somebody of it."""
        return self.sector in REQUIRED_AT_THE_TABLE

    @property
    def is_missing(self) -> bool:
        """Whether nobody of it works with us."""
        return not self.active


@dataclass(slots=True)
class AtTheTable:
    """All sectors in their order; a partner with several stands at each of them."""

    rows: list[SectorRow]
    without_sector: int = 0

    @property
    def missing(self) -> list[SectorRow]:
        """The required sectors that are missing."""
        return [row for row in self.rows if row.is_required and row.is_missing]

    @property
    def widest(self) -> int:
        """The most active partners of one sector, at least 1: what a full bar stands for."""
        return max(1, *(len(row.active) for row in self.rows))

    @property
    def present(self) -> int:
        """How many sectors somebody works with us from."""
        return sum(not row.is_missing for row in self.rows)


def at_the_table(membership: Membership, schools: list[School], *, whole_district: bool) -> AtTheTable:
    """Who works with these schools, or with the district at all: three queries, and two a missing sector.

    Who works with the district itself works with each of its schools. Schools as a sector are left out: the
    district is there itself.
    """
    rows: dict[Sector, SectorRow] = {
        sector: SectorRow(sector) for sector in Sector if sector != Sector.SCHOOLS
    }
    working, talking = _partners(membership, schools, whole_district=whole_district)
    for partner in working:
        for row in _rows_of(partner, rows):
            row.active.append(partner)
    for partner in talking:
        for row in _rows_of(partner, rows):
            row.talking.append(partner)
    table = AtTheTable(list(rows.values()), sum(not partner.sectors for partner in working))
    _propose(membership, table.missing, {partner.pk for partner in working})
    place = schools[0] if len(schools) == 1 else membership.district
    for row in table.missing:
        row.nearby = _strangers(place, row)
    return table


def _strangers(place: School | District, row: SectorRow) -> list[Possible]:
    """Nonprofits near a place that are no partners yet, where the directory has too few: two queries."""
    wanted = PROPOSED - len(row.proposed)
    if not wanted:
        return []
    found = nonprofits_near(place, row.sector, LOOKED_AT)
    return [one for one in found if one.partner is None][:wanted]


def _rows_of(partner: Partner, rows: dict[Sector, SectorRow]) -> list[SectorRow]:
    return [rows[Sector(code)] for code in partner.sectors if Sector(code) in rows]


def _partners(
    membership: Membership, schools: list[School], *, whole_district: bool
) -> tuple[list[Partner], list[Partner]]:
    """Those who work with the schools, and those we only talk with, by name: one query."""
    rows = Partnership.objects.for_member(membership).filter(stage__in=(*WORKING, *IN_TALKS))
    if not whole_district:
        rows = rows.filter(Q(school__in=schools) | Q(school=None))
    rows = rows.filter(partner__archived_at=None).annotate(root=standing())
    stages: dict[int, set[str]] = defaultdict(set)
    for root, stage in rows.values_list("root", "stage"):
        stages[root].add(stage)
    partners = (
        Partner.objects.filter(pk__in=stages).order_by("sort_name", "pk").only("uid", "name", "sectors")
    )
    working = [partner for partner in partners if stages[partner.pk] & set(WORKING)]
    return working, [partner for partner in partners if not stages[partner.pk] & set(WORKING)]


def _propose(membership: Membership, missing: Iterable[SectorRow], there: set[int]) -> None:
    """Give each missing sector the first partners of the directory that it has: one query.

    Those we talk with already come first.
    """
    wanted = {row.sector: row for row in missing}
    if not wanted:
        return
    talking = {partner.pk for row in wanted.values() for partner in row.talking}
    found = (
        Partner.objects.for_member(membership)
        .current()
        .filter(sectors__overlap=list(wanted))
        .exclude(pk__in=there)
        .order_by("sort_name", "pk")
        .only("uid", "name", "sectors")
    )
    for partner in sorted(found, key=lambda partner: partner.pk not in talking):
        for code in partner.sectors:
            row = wanted.get(Sector(code))
            if row is not None and len(row.proposed) < PROPOSED:
                row.proposed.append(partner)
