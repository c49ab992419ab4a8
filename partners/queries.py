"""The reads of the directory's pages, one a page, each with its count of queries in a test."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db.models import F, Max, OuterRef, Subquery, Value

from accounts import clock
from accounts.models import Membership, School, Task
from accounts.roles import Role

from .families import families, family, standing
from .filters import Filters
from .lookup import look_up
from .models import (
    Contact,
    Interaction,
    Partner,
    Partnership,
    Service,
    Site,
)
from .narrowing import narrowed, ordered
from .querysets import PartnerQuerySet

PAGE = 25
COUNTED = 1000  # rows are counted up to here
STANDINGS = 2  # partnerships shown in a row of the list
RECENT = 5
SUBJECT = "partner"  # of a task
LIKELY = 8  # partners that a call may have been with


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
    known; `instead` is what was searched for where nothing was found for what was typed, `also` where little
    was.
    """

    rows: list[ListRow]
    total: int
    first: int = 1
    following: Partner | None = None
    waiting: int = 0
    instead: str = ""
    also: str = ""

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
    found = narrowed(Partner.objects.for_member(membership).current(), membership, filters)
    if filters.q:
        best = look_up(_with_columns(found), membership.district_id, filters.q, exact=bool(filters.exact))
        rows = _rows(best.partners, membership, filters)
        return PartnerList(rows, len(rows), instead=best.instead, also=best.also)
    onward = ordered(found, filters)
    total, left = _counted(found, onward)
    window = list(_with_columns(onward)[: PAGE + 1])
    return PartnerList(
        rows=_rows(window[:PAGE], membership, filters),
        total=total,
        first=total - left + 1 if total <= COUNTED else 0,
        following=window[PAGE] if len(window) > PAGE else None,
        waiting=min(PAGE, left - PAGE),
    )


def matching(membership: Membership, filters: Filters) -> list[int]:
    """The keys of all partners that the list holds as filtered, in its order, however many they are."""
    found = narrowed(Partner.objects.for_member(membership).current(), membership, filters)
    if filters.q:
        named, district = found.only("sort_name"), membership.district_id
        best = look_up(named, district, filters.q, exact=bool(filters.exact), most=None)
        return [partner.pk for partner in best.partners]
    return list(ordered(found, filters.beginning(None)).values_list("pk", flat=True))


def rows_of(membership: Membership, keys: list[int], filters: Filters) -> list[ListRow]:
    """These partners as the list shows them, in this order: two queries."""
    partners = Partner.objects.for_member(membership).defer("lexemes", "extra")
    by_key = _with_columns(partners.select_related("owner__user")).in_bulk(keys)
    return _rows([by_key[key] for key in keys if key in by_key], membership, filters)


def _counted(found: PartnerQuerySet, onward: PartnerQuerySet) -> tuple[int, int]:
    """How many rows there are, and from this page on, each up to COUNTED and one more: one query."""
    parts = [
        rows.order_by().values_list(Value(place))[: COUNTED + 1] for place, rows in enumerate((found, onward))
    ]
    counts = Counter(place for (place,) in parts[0].union(parts[1], all=True))
    return counts[0], counts[1]


def _with_columns(found: PartnerQuerySet) -> PartnerQuerySet:
    """Partners with the city of their first place that has one, and the day of the last contact."""
    cities = Site.objects.filter(partner__in=family(OuterRef(OuterRef("pk")))).exclude(city="")
    cities = cities.order_by("-is_mailing", "pk")
    talks = Interaction.objects.filter(partner__in=family(OuterRef(OuterRef("pk")))).order_by("-on", "-pk")
    rows: PartnerQuerySet = found.annotate(
        city=Subquery(cities.values("city")[:1]), talked=Subquery(talks.values("on")[:1])
    )
    return rows


def _rows(partners: Iterable[Any], membership: Membership, filters: Filters) -> list[ListRow]:
    """The partners with what their rows show: one query, however many there are."""
    rows = {partner.pk: ListRow(partner, partner.city or "", [], partner.talked) for partner in partners}
    for partnership in _standings(rows, membership):
        if filters.school is None or partnership.school_id == filters.school.pk:
            rows[partnership.of].standings.append(partnership)
    return list(rows.values())


def _standings(partners: Iterable[int], membership: Membership) -> list[Any]:
    """The partnerships of these partners, each with whose it is (`of`): the member's own schools first."""
    rows = Partnership.objects.filter(partner__in=families(list(partners))).annotate(of=standing())
    rows = rows.select_related("school", "owner__user")
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
    last_contact: datetime.date | None
    next_step: Task | None
    startable: list[School]
    own: list[Partnership]


def partner_page(membership: Membership, partner: Partner) -> PartnerPage:
    """The overview: where it stands, who is there, what it does, what own schools said lately."""
    standings, everybody = _standings([partner.pk], membership), family(partner)
    taken = {row.school_id for row in standings}
    return PartnerPage(
        standings=standings,
        contacts=list(Contact.objects.here().filter(partner__in=everybody)),
        sites=sites_of(partner),
        services=services_of(partner),
        talks=list(
            Interaction.objects.for_member(membership)
            .filter(partner__in=everybody)
            .select_related("contact", "school", "by__user")[:RECENT]
        ),
        last_contact=Interaction.objects.filter(partner__in=everybody).aggregate(last=Max("on"))["last"],
        next_step=next_steps(partner).select_related("owner__user").first(),
        startable=[school for school in covered_schools(membership) if school.pk not in taken],
        own=[row for row in standings if membership.covers(row.school_id)],
    )


def to_call(membership: Membership, typed: str = "") -> list[Partner]:
    """With whom a call may have been: what was typed; else whom one talked to last, then looks after.

    At most LIKELY; three queries.
    """
    current = Partner.objects.for_member(membership).current().for_list()
    if typed:
        return look_up(current, membership.district_id, typed, most=LIKELY).partners[:LIKELY]
    talks = Interaction.objects.filter(by=membership).order_by("-created_at")
    mine = Partnership.objects.filter(owner=membership).order_by("-stage_since", "pk")
    rows = [rows.values_list(standing(), flat=True)[: LIKELY * LIKELY] for rows in (talks, mine)]
    keys = dict.fromkeys(chain(*rows))
    found = current.in_bulk(list(keys))
    return [found[key] for key in keys if key in found][:LIKELY]


def next_steps(partner: Partner) -> Any:
    """What comes next with a partner, by anybody, the soonest first."""
    uids = Partner.objects.filter(pk__in=family(partner)).values("uid")
    steps = Task.objects.open().filter(subject_kind=SUBJECT, subject_uid__in=uids)
    return steps.order_by(F("due_on").asc(nulls_last=True), "pk")


def services_of(partner: Partner) -> list[Service]:
    """A partner's services with their needs and schools: three queries."""
    services = Service.objects.filter(partner__in=family(partner))
    return list(services.prefetch_related("needs", "schools"))


def sites_of(partner: Partner) -> list[Site]:
    """A partner's places."""
    return list(Site.objects.filter(partner__in=family(partner)))


def contacts_of(partner: Partner) -> list[Contact]:
    """Everybody at a partner, those who left among them."""
    return list(Contact.objects.filter(partner__in=family(partner)))


def covered_schools(membership: Membership) -> list[School]:
    """The open schools that a membership reaches, by name."""
    return list(School.objects.reached_by(membership))


def possible_owners(membership: Membership, now: int | None) -> Any:
    """Those who can look after a partner today: everybody with a role but viewers, and who does it now."""
    everybody = Membership.objects.for_member(membership).select_related("user").order_by("user__name")
    holding = everybody.on(clock.today(membership.district)).exclude(role=Role.VIEWER)
    return holding | everybody.filter(pk=now)
