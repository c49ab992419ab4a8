"""A group's page, and how it decides."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import Membership
from decisions.action_items import open_tasks
from decisions.enums import Kind
from decisions.models import Charter, CharterRule, Decision, Group, Seat, SeatHolder
from decisions.queries import covering, voting_sectors
from decisions.rule import Method, Outcome, Rule
from decisions.rule_words import reach_words, rule_lines
from decisions.starting import reach, starting_rule
from decisions.words import METHOD_MEANS

from .first import FirstAnswers, first_answers
from .log import LogRow
from .mandates import mandate_of

SOON = datetime.timedelta(days=60)
"""A group's page says which terms end within so many days."""


@dataclass(frozen=True)
class InForce:
    """How a group decides: its version (None: the starting rule), the rules, the sectors of voting seats,
    what each seat is called, by its uid, and what one may decide to which a matter is given."""

    charter: Charter | None
    rule: Rule
    by_kind: Sequence[tuple[str, Rule]]
    sectors: Sequence[str]
    names: Mapping[str, str]
    mandate: str = ""

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The rule for all kinds that have none of their own."""
        return self._lines(self.rule)

    @property
    def means(self) -> str:
        """When a question is adopted."""
        return str(METHOD_MEANS[self.rule.method])

    @property
    def kinds(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The rules of single kinds."""
        return [(label, self._lines(rule)) for label, rule in self.by_kind]

    def _lines(self, rule: Rule) -> list[tuple[str, str]]:
        return rule_lines(rule, decider=self.names.get(rule.decider, ""), mandate=self.mandate)

    @property
    def can_decide(self) -> bool:
        """Whether today's seats could ever make the quorum."""
        return not reach(self.rule, self.sectors).misses

    @property
    def reach(self) -> str:
        """The same in words."""
        return reach_words(reach(self.rule, self.sectors))


def in_force(group: Group, seats: Sequence[Seat], day: datetime.date) -> InForce:
    """Read how a group decides on a day: two queries, and one more where a matter is given to one seat (two,
    where the charter is of before, or the text was erased)."""
    charter: Charter | None = (
        Charter.objects.filter(group=group, in_force_from__lte=day)
        .select_related("adopted_by")
        .prefetch_related("rules")
        .order_by("-n")
        .first()
    )
    sectors, names = voting_sectors(seats), {str(seat.uid): seat.label for seat in seats}
    if charter is None:
        return InForce(None, starting_rule(sectors), [], sectors, names)
    rules: dict[str, CharterRule] = {row.kind: row for row in charter.rules.all()}
    kinds = [(str(Kind(kind).label), row.rule) for kind, row in rules.items() if kind]
    given = any(row.method == Method.DELEGATED for row in rules.values())
    mandate = mandate_of(charter) if given else ""
    return InForce(charter, rules[""].rule, kinds, sectors, names, mandate)


@dataclass(frozen=True)
class GroupPage:
    """A group: its seats of today with who sits in them, how it decides, its newest decisions, the years in
    which it was asked something, and how many action items are open."""

    seats: Sequence[Seat]
    how: InForce
    decisions: Sequence[LogRow]
    total: int
    years: Sequence[int]
    to_do: int
    ending: Sequence[str]


def ending_soon(seats: Sequence[Seat], day: datetime.date) -> list[str]:
    """The terms that end within SOON days of a day, of seats with who sits in them (`sitting`), the first
    first; by the seat, never by the name of a person."""
    found = []
    for seat in seats:
        found += [(seat.until, _("%(seat)s: the seat, on %(day)s"), seat)] if seat.until else []
        for holder in seat.sitting:
            words = (
                _("%(seat)s: the deputy, on %(day)s")
                if holder.deputy
                else _("%(seat)s: who sits there, on %(day)s")
            )
            found += [(holder.until, words, seat)] if holder.until else []
    soon = sorted((one for one in found if one[0] <= day + SOON), key=lambda one: one[0])
    return [
        words % {"seat": seat.label, "day": formats.date_format(until, "DATE_FORMAT")}
        for until, words, seat in soon
    ]


def seats_today(group: Group, day: datetime.date) -> list[Seat]:
    """The seats that hold that day, by name, with who sits in them: two queries."""
    here = SeatHolder.objects.on(day).select_related("contact", "membership__user")
    seats = (
        Seat.objects.filter(group=group)
        .on(day)
        .select_related("partner", "school")
        .prefetch_related(Prefetch("holders", queryset=here, to_attr="sitting"))
    )
    return sorted(seats, key=lambda seat: seat.label.casefold())


def group_page(group: Group, day: datetime.date) -> GroupPage:
    """The page of a group: eight queries."""
    seats = seats_today(group, day)
    latest = group.decisions.order_by("-opened_at", "-pk")
    rows = [LogRow(decision) for decision in latest[:5]]
    years = group.decisions.order_by("-year").values_list("year", flat=True).distinct()
    how, ending = in_force(group, seats, day), ending_soon(seats, day)
    to_do = open_tasks(group).count()
    return GroupPage(seats, how, rows, latest.count(), list(years), to_do, ending)


@dataclass(frozen=True)
class HowPage:
    """How a group decides, its versions, adopted answers that are not written down yet, and what comes
    first."""

    first: FirstAnswers
    how: InForce
    versions: Sequence[Charter]
    waiting: Sequence[Decision]


def how_page(group: Group, day: datetime.date) -> HowPage:
    """The page "How we decide": seven queries."""
    how = in_force(group, seats_today(group, day), day)
    versions = list(group.charters.select_related("adopted_by"))
    return HowPage(first_answers(group), how, versions, waiting_charters(group))


def waiting_charters(group: Group) -> list[Decision]:
    """Adopted decisions about how the group decides that no version rests on yet, newest first."""
    adopted = group.decisions.filter(kind=Kind.CHARTER, outcome=Outcome.ADOPTED, charter=None)
    return list(adopted.order_by("-closed_at"))


def owners_for(group: Group, membership: Membership) -> QuerySet[Membership]:
    """Who can look after what a group decides: those of us who cover its school, or the district, today."""
    here = covering(group, clock.today(membership.district))
    return here.select_related("user").order_by("user__name")
