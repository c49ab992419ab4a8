"""The reads of In our building: who may be in a school today, and one partner there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from accounts.models import Membership, School

from .clearance import PROFILE, Answer, Need, Reason, State, Why
from .cleared import cleared, cleared_one, today_at
from .enums import WORKING
from .families import each_once, families
from .lookup import look_up
from .models import Approval, Partner, Partnership, Waiver
from .querysets import PartnershipQuerySet

MOST = 500  # rows shown
IN_USE = Q(stage__in=WORKING) | ~Q(profile=None) | ~Q(approved_on=None)
NOT_YET = "not_yet"
SHOWS = {state.value: {state} for state in State} | {NOT_YET: {State.NOT_CLEARED, State.NOT_ASKED}}


@dataclass(frozen=True, slots=True)
class BuildingRow:
    """A partner and the answer; without a partnership nobody asked."""

    partner: Partner
    answer: Answer
    partnership: Partnership | None = None


@dataclass(slots=True)
class Building:
    """The rows of a school, how many there are of each answer, what was searched for instead, or also."""

    rows: list[BuildingRow]
    counts: Counter[str] = field(default_factory=Counter)
    instead: str = ""
    also: str = ""
    is_cut: bool = False


def schools_of(membership: Membership) -> list[School]:
    """The schools whose building a person can ask about: their own first, then the others."""
    schools = School.objects.for_member(membership).open()
    return sorted(schools, key=lambda school: not membership.covers(school.pk))


def in_building(membership: Membership, school: School, typed: str = "", show: str = "") -> Building:
    """Everybody who works at a school, or whom a search finds in the directory, each with the answer.

    `show`, one of SHOWS, leaves those with such an answer. The counts are those of all.
    """
    building = _found(membership, school, typed) if typed else _everybody(membership, school)
    building.counts = Counter(row.answer.state for row in building.rows)
    rows = [row for row in building.rows if not show or row.answer.state in SHOWS[show]]
    building.rows, building.is_cut = rows[:MOST], len(rows) > MOST
    return building


def _everybody(membership: Membership, school: School) -> Building:
    counting: Iterable[Any] = each_once(_at(membership, school).annotate(in_use=IN_USE)).values()
    in_use = (row for row in counting if row.in_use and row.partner.winner.archived_at is None)
    found = sorted(in_use, key=lambda row: (row.partner.winner.sort_name, row.pk))
    answers = cleared(found, membership.district)
    return Building([BuildingRow(row.partner.winner, answers[row.pk], row) for row in found])


def _found(membership: Membership, school: School, typed: str) -> Building:
    """Partners of the whole directory: one that nobody asked about is an answer, too."""
    current = Partner.objects.for_member(membership).current().for_list()
    partners, instead, also = look_up(current, membership.district_id, typed)
    keys = [partner.pk for partner in partners]
    at_school = each_once(_at(membership, school).filter(partner__in=families(keys)))
    answers = cleared(at_school.values(), membership.district)
    today = today_at(school, membership.district)
    nobody = Answer(State.NOT_ASKED, today, reasons=(Reason(PROFILE, Why.MISSING),))
    rows = []
    for partner in partners:
        partnership = at_school.get(partner.pk)
        answer = answers[partnership.pk] if partnership else nobody
        rows.append(BuildingRow(partner, answer, partnership))
    return Building(rows, instead=instead, also=also)


def _at(membership: Membership, school: School) -> PartnershipQuerySet:
    rows: PartnershipQuerySet = Partnership.objects.for_member(membership).filter(school=school)
    return rows.select_related("partner__merged_into", "school")


@dataclass(frozen=True, slots=True)
class PartnershipPage:
    """A partner at one school: the answer, how each thing stands, and who said what."""

    answer: Answer
    needs: list[Need]
    waivers: list[Waiver]
    said: list[Approval]


def partnership_page(membership: Membership, partnership: Partnership) -> PartnershipPage:
    """All that an answer rests on, the latest first, with the reasons that one may read."""
    answer, needs = cleared_one(partnership, membership.district)
    waivers = Waiver.objects.for_member(membership).filter(partnership=partnership)
    said = Approval.objects.for_member(membership).filter(partnership=partnership)
    return PartnershipPage(
        answer,
        needs,
        list(waivers.select_related("by__user")),
        list(said.select_related("by__user").order_by("-at", "-pk")),
    )


def cleared_at(membership: Membership, partnerships: list[Partnership]) -> list[tuple[Partnership, Answer]]:
    """The answers of a partner's page: for each school where it stands."""
    rows = [row for row in partnerships if row.school_id is not None]
    answers = cleared(rows, membership.district)
    return [(row, answers[row.pk]) for row in rows]
