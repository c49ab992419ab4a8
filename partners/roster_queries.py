"""The September roster: which partners a school has, and what its principal said of them this school year."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts import clock
from accounts.models import Membership, School
from accounts.roles import Role

from .building_queries import IN_USE
from .clearance import BESIDE_THE_ROAD
from .families import each_once
from .models import Partnership, RosterAnswer

SEPTEMBER = 9


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A partnership on the roster, and what was said of it this school year: "" where nothing was."""

    partnership: Partnership
    said: str


def roster_of(school: School) -> list[RosterRow]:
    """The partners of a school by name, with the last answer of this school year: two queries."""
    year = school.district.school_year_of(clock.today(school))
    there = each_once(_on_the_roster(school).select_related("partner__merged_into")).values()
    rows = sorted(there, key=lambda row: (row.partner.winner.sort_name, row.pk))
    answers = RosterAnswer.objects.filter(partnership__in=rows, school_year=year).order_by("at", "pk")
    said = dict(answers.values_list("partnership", "answer"))
    return [RosterRow(row, said.get(row.pk, "")) for row in rows]


def rosters_due(membership: Membership, day: datetime.date) -> Any:
    """The schools whose roster waits for this principal: in September, as long as a partner has no answer."""
    if membership.role != Role.PRINCIPAL or day.month != SEPTEMBER:
        return School.objects.none()
    year = membership.district.school_year_of(day)
    said = RosterAnswer.objects.filter(partnership=OuterRef("pk"), school_year=year)
    open_ones = _on_the_roster(OuterRef("pk")).filter(~Exists(said))
    return School.objects.reached_by(membership).filter(Exists(open_ones))


def _on_the_roster(school: Any) -> Any:
    """Partnerships that are at work in a school; not those that were paused, ended or put off."""
    rows = Partnership.objects.filter(IN_USE, school=school, partner__archived_at=None)
    return rows.exclude(Q(stage__in=BESIDE_THE_ROAD))
