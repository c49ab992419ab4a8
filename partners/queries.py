"""The reads of the directory's pages, one a page, each with its count of queries in a test."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Q

from accounts import clock
from accounts.models import Membership, School
from accounts.roles import Role

from .filters import Filters
from .models import Contact, Interaction, Partner, Partnership, Service, Site, StageChange
from .querysets import PartnerQuerySet
from .search import normal, query, spelled_out

PAGE = 25
BEST = 100  # a search shows at most so many
COUNTED = 1000  # rows are counted up to here
STANDINGS = 2  # partnerships shown in a row of the list
RECENT = 5


@dataclass(slots=True)
class ListRow:
    """A partner in the list: its city, where it stands (own schools first), when we last talked."""

    partner: Partner
    city: str = ""
    standings: list[Partnership] = field(default_factory=list)
    last_contact: datetime.date | None = None

    @property
    def shown(self) -> list[Partnership]:
        """The partnerships that the row has room for."""
        return self.standings[:STANDINGS]

    @property
    def more(self) -> int:
        """How many partnerships it has no room for."""
        return max(0, len(self.standings) - STANDINGS)


@dataclass(frozen=True, slots=True)
class PartnerList:
    """A page of the list, and what is on either side of it.

    `total` is counted up to COUNTED and one more; `first` is the place of the first row, 0 where it is not
    known.
    """

    rows: list[ListRow]
    total: int
    first: int = 1
    following: Partner | None = None
    waiting: int = 0

    @property
    def last(self) -> int:
        """The place of the last row."""
        return self.first + len(self.rows) - 1

    @property
    def is_capped(self) -> bool:
        """Whether there are more than we counted."""
        return self.total > COUNTED


def partner_list(membership: Membership, filters: Filters) -> PartnerList:
    """The list as filtered: a search's best by name, else a page by key."""
    found = _filtered(Partner.objects.for_member(membership).current(), filters)
    if filters.q:
        partners = _search(found, membership.district_id, filters.q)
        return PartnerList(_rows(partners, membership, filters), len(partners))
    onward = _from(found, filters)
    total = found[: COUNTED + 1].count()
    left = onward[: COUNTED + 1].count() if filters.start else total
    window = list(onward[: PAGE + 1])
    return PartnerList(
        rows=_rows(window[:PAGE], membership, filters),
        total=total,
        first=total - left + 1 if total <= COUNTED else 0,
        following=window[PAGE] if len(window) > PAGE else None,
        waiting=min(PAGE, left - PAGE),
    )


def _filtered(partners: PartnerQuerySet, filters: Filters) -> PartnerQuerySet:
    """Those in the sector, and with a partnership at the school and stage that are asked for."""
    if filters.sector:
        partners = partners.filter(sectors__contains=[filters.sector])
    asked: dict[str, Any] = {}
    if filters.stage:
        asked["stage"] = filters.stage
    if filters.school:
        asked["school"] = filters.school
    if asked:
        partners = partners.filter(pk__in=Partnership.objects.filter(**asked).values("partner"))
    return partners.defer("lexemes", "extra", "description")


def _search(found: PartnerQuerySet, district_id: int, typed: str) -> list[Partner]:
    """Names that begin with what was typed, then every record that holds all its words, in order of names."""
    begins = Q(sort_name__startswith=normal(typed)) | Q(sort_name__startswith=spelled_out(typed))
    named = list(found.filter(begins).order_by("sort_name", "pk")[:BEST]) if normal(typed) else []
    matching = found.matching(query(district_id, typed)).exclude(pk__in=[partner.pk for partner in named])
    return named + list(matching.order_by("sort_name", "pk")[: BEST - len(named)])


def _from(found: PartnerQuerySet, filters: Filters) -> PartnerQuerySet:
    """In the order asked for, from the row that the URL names."""
    by_change = filters.sort == "changed"
    found = found.order_by("-changed_at", "-pk") if by_change else found.order_by("sort_name", "pk")
    if filters.start is None:
        return found
    row = Partner.objects.filter(uid=filters.start).only("sort_name", "changed_at").first()
    if row is None:
        return found
    if by_change:
        return found.filter(Q(changed_at__lt=row.changed_at) | Q(changed_at=row.changed_at, pk__lte=row.pk))
    return found.filter(Q(sort_name__gt=row.sort_name) | Q(sort_name=row.sort_name, pk__gte=row.pk))


def _rows(partners: Iterable[Partner], membership: Membership, filters: Filters) -> list[ListRow]:
    """The partners with what their rows show: four queries, however many there are."""
    rows = {partner.pk: ListRow(partner) for partner in partners}
    sites = Site.objects.filter(partner__in=rows).exclude(city="")
    for partner_id, city in sites.values_list("partner", "city"):
        rows[partner_id].city = rows[partner_id].city or city
    for partnership in _standings(rows, membership):
        if filters.school is None or partnership.school_id == filters.school.pk:
            rows[partnership.partner_id].standings.append(partnership)
    talks = Interaction.objects.filter(partner__in=rows).order_by().values_list("partner")
    for partner_id, day in talks.annotate(last=Max("on")):
        rows[partner_id].last_contact = day
    return list(rows.values())


def _standings(partners: Iterable[int], membership: Membership) -> list[Partnership]:
    """The partnerships of these partners: the member's own schools first, then by name."""
    rows = Partnership.objects.filter(partner__in=list(partners)).select_related("school", "owner__user")
    return sorted(
        rows,
        key=lambda row: (row.school_id not in membership.school_ids, row.school.name if row.school else ""),
    )


@dataclass(slots=True)
class PartnerPage:
    """What the overview of a partner shows."""

    standings: list[Partnership]
    contacts: list[Contact]
    sites: list[Site]
    services: list[Service]
    talks: list[Interaction]
    startable: list[School]
    own: list[Partnership]


def partner_page(membership: Membership, partner: Partner) -> PartnerPage:
    """The overview: where it stands, who is there, what it does, what own schools said lately."""
    standings = _standings([partner.pk], membership)
    taken = {row.school_id for row in standings}
    return PartnerPage(
        standings=standings,
        contacts=list(Contact.objects.here().filter(partner=partner)),
        sites=list(partner.sites.all()),
        services=services_of(partner),
        talks=list(
            Interaction.objects.for_member(membership)
            .filter(partner=partner)
            .select_related("contact", "school", "by__user")[:RECENT]
        ),
        startable=[school for school in covered_schools(membership) if school.pk not in taken],
        own=[row for row in standings if membership.covers(row.school_id)],
    )


def services_of(partner: Partner) -> list[Service]:
    """A partner's services with their needs and schools: three queries."""
    return list(partner.services.prefetch_related("needs", "schools"))


def stage_history(membership: Membership, partner: Partner) -> list[StageChange]:
    """Every change of stage of a partner's partnerships, the latest first, with the reasons one may read."""
    changes = StageChange.objects.for_member(membership).filter(partnership__partner=partner)
    return list(changes.select_related("partnership__school", "by__user"))


def district_schools(membership: Membership) -> list[School]:
    """The district's open schools, by name."""
    return list(School.objects.for_member(membership).open())


def covered_schools(membership: Membership) -> list[School]:
    """The open schools that a membership reaches, by name."""
    return list(School.objects.reached_by(membership))


def possible_owners(membership: Membership, now: int | None) -> Any:
    """Those who can look after a partner today: everybody with a role but viewers, and who does it now."""
    everybody = Membership.objects.for_member(membership).select_related("user").order_by("user__name")
    holding = everybody.on(clock.today(membership.district)).exclude(role=Role.VIEWER)
    return holding | everybody.filter(pk=now)
