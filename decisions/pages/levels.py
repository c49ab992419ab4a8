"""How closely a group's members work together: as each partner was rated, beside what the log shows."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import Membership
from decisions.enums import Standing
from decisions.level import TAKEN, Closed, Seen, in_words, seen
from decisions.models import Decision, Group, Seat
from decisions.rule import Method, Outcome
from partners.families import each_once, families, family, that_counts
from partners.models import Partner, Partnership

MONTHS_12 = datetime.timedelta(days=365)


def shown_by_log(groups: Iterable[Group]) -> Mapping[int, Seen]:
    """What the log of the last 12 months shows of each group, by its key: one query."""
    advising = Count("seats", filter=Q(seats__standing=Standing.ADVISES))
    rows = (
        Decision.objects.filter(group__in=groups, outcome__in=TAKEN, closed_at__gte=clock.now() - MONTHS_12)
        .annotate(advising=advising)
        .order_by("pk")
        .values_list(
            "group_id", "outcome", "figures__method", "figures__eligible", "figures__silent", "advising"
        )
    )
    found: dict[int, list[Closed]] = defaultdict(list)
    for group, outcome, method, eligible, silent, without_vote in rows:
        found[group].append(Closed(Method(method), Outcome(outcome), eligible - silent, without_vote))
    return {group.pk: seen(found[group.pk]) for group in groups}


@dataclass(frozen=True)
class GroupLevel:
    """What a group's log shows, and how each partner with a seat in it was rated."""

    log: str
    rated: Sequence[tuple[str, str]]


def level_of(group: Group, seats: Sequence[Seat]) -> GroupLevel:
    """What stands on a group's page, for its seats of today: two queries."""
    partners = {seat.label: seat.partner.merged_into_id or seat.partner.pk for seat in seats if seat.partner}
    rows = Partnership.objects.filter(partner__in=families(partners.values()), school=group.school_id)
    rated = each_once(rows.select_related("partner__merged_into"))
    lines = [(label, _rating(rated.get(partner))) for label, partner in partners.items()]
    return GroupLevel(in_words(shown_by_log([group])[group.pk]), lines)


@dataclass(frozen=True)
class PartnerLevel:
    """One group in which a partner sits: how the partner was rated there, and what the log shows."""

    group: Group
    rated: str
    log: str


def levels_of_partner(partner: Partner, membership: Membership, day: datetime.date) -> list[PartnerLevel]:
    """Each group that one sees in which a partner has a seat that day, by name: three queries."""
    seats = Seat.objects.for_member(membership).filter(partner__in=family(partner)).on(day)
    groups = {seat.group_id: seat.group for seat in seats.select_related("group__school")}
    of_school: dict[int | None, list[Partnership]] = defaultdict(list)
    for row in Partnership.objects.filter(partner__in=family(partner)):
        of_school[row.school_id].append(row)
    log = shown_by_log(groups.values())
    return [
        PartnerLevel(group, _rating(that_counts(of_school[group.school_id])), in_words(log[group.pk]))
        for group in sorted(groups.values(), key=lambda group: (group.full_name, group.pk))
    ]


def _rating(partnership: Partnership | None) -> str:
    """The level that we gave ourselves with a partner, in a word."""
    return str(partnership.get_level_display()) if partnership else _("Not rated yet")
