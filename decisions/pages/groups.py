"""A group's page, and how it decides."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from accounts import clock
from accounts.models import Membership
from decisions.enums import Kind
from decisions.models import Charter, CharterRule, Decision, Group, Seat, SeatHolder
from decisions.queries import voting_sectors
from decisions.rule import Outcome, Rule
from decisions.rule_words import reach_words, rule_lines
from decisions.starting import reach, starting_rule
from decisions.words import METHOD_MEANS

from .log import LogRow


@dataclass(frozen=True)
class InForce:
    """How a group decides: its version (None: the starting rule), the rules, and the sectors of voting
    seats."""

    charter: Charter | None
    rule: Rule
    by_kind: Sequence[tuple[str, Rule]]
    sectors: Sequence[str]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The rule for all kinds that have none of their own."""
        return rule_lines(self.rule)

    @property
    def means(self) -> str:
        """When a question is adopted."""
        return str(METHOD_MEANS[self.rule.method])

    @property
    def kinds(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The rules of single kinds."""
        return [(label, rule_lines(rule)) for label, rule in self.by_kind]

    @property
    def can_decide(self) -> bool:
        """Whether today's seats could ever make the quorum."""
        return not reach(self.rule, self.sectors).misses

    @property
    def reach(self) -> str:
        """The same in words."""
        return reach_words(reach(self.rule, self.sectors))


def in_force(group: Group, seats: Sequence[Seat], day: datetime.date) -> InForce:
    """Read how a group decides on a day: two queries."""
    charter: Charter | None = (
        Charter.objects.filter(group=group, in_force_from__lte=day)
        .select_related("adopted_by")
        .prefetch_related("rules")
        .order_by("-n")
        .first()
    )
    sectors = voting_sectors(seats)
    if charter is None:
        return InForce(None, starting_rule(sectors), [], sectors)
    rules: dict[str, CharterRule] = {row.kind: row for row in charter.rules.all()}
    kinds = [(str(Kind(kind).label), row.rule) for kind, row in rules.items() if kind]
    return InForce(charter, rules[""].rule, kinds, sectors)


@dataclass(frozen=True)
class GroupPage:
    """A group: its seats of today with who sits in them, how it decides, and its newest decisions."""

    seats: Sequence[Seat]
    how: InForce
    decisions: Sequence[LogRow]
    total: int


def seats_today(group: Group, day: datetime.date) -> list[Seat]:
    """The seats that hold that day, by name, with who sits in them: two queries."""
    here = SeatHolder.objects.filter(until=None).select_related("contact", "membership__user")
    seats = (
        Seat.objects.filter(group=group)
        .on(day)
        .select_related("partner", "school")
        .prefetch_related(Prefetch("holders", queryset=here, to_attr="sitting"))
    )
    return sorted(seats, key=lambda seat: seat.label.casefold())


def group_page(group: Group, day: datetime.date) -> GroupPage:
    """The page of a group: six queries."""
    seats = seats_today(group, day)
    latest = group.decisions.order_by("-opened_at", "-pk")
    rows = [LogRow(decision) for decision in latest[:5]]
    return GroupPage(seats, in_force(group, seats, day), rows, latest.count())


@dataclass(frozen=True)
class HowPage:
    """How a group decides, its versions, and adopted answers that are not written down yet."""

    how: InForce
    versions: Sequence[Charter]
    waiting: Sequence[Decision]


def how_page(group: Group, day: datetime.date) -> HowPage:
    """The page "How we decide": six queries."""
    how = in_force(group, seats_today(group, day), day)
    versions = list(group.charters.select_related("adopted_by"))
    return HowPage(how, versions, waiting_charters(group))


def waiting_charters(group: Group) -> list[Decision]:
    """Adopted decisions about how the group decides that no version rests on yet, newest first."""
    adopted = group.decisions.filter(kind=Kind.CHARTER, outcome=Outcome.ADOPTED, charter=None)
    return list(adopted.order_by("-closed_at"))


def owners_for(group: Group, membership: Membership) -> QuerySet[Membership]:
    """Who can look after what a group decides: those of us who cover its school, or the district, today."""
    today = clock.today(membership.district)
    people = Membership.objects.on(today).select_related("user").order_by("user__name")
    mine: QuerySet[Membership] = (
        people.at_school(group.school_id) if group.school_id else people.filter(whole_district=True)
    )
    return mine
