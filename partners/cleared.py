"""The records behind "may they be in our building?", for many partnerships in a few queries."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from django.db.models.functions import Coalesce

from accounts import clock
from accounts.models import District, School

from .agreed_enums import AGREEMENT, OF_THE_LEAD, SUBCONTRACTOR, AgreementStatus, PaperState
from .clearance import YES, Answer, Held, Need, Records, answer, checklist
from .families import families, standing
from .models import Agreement, Approval, Paper, Partner, Partnership, RequirementProfile, Waiver

DRAWN_UP = (AgreementStatus.DRAFT, AgreementStatus.IN_REVIEW, AgreementStatus.OUT_FOR_SIGNATURE)


def cleared(
    partnerships: Iterable[Partnership], district: District, day: datetime.date | None = None
) -> dict[int, Answer]:
    """The answer for each partnership, by its key: at most seven queries, however many there are.

    The partnerships come with their schools. `day` is today at each school unless given.
    """
    rows = list(partnerships)
    if not rows:
        return {}
    behind = _Behind(rows, district)
    return {row.pk: answer(behind.records(row), day or today_at(row.school, district)) for row in rows}


def cleared_one(partnership: Partnership, district: District) -> tuple[Answer, list[Need]]:
    """Today's answer for one partnership, and how each thing stands that it needs."""
    day = today_at(partnership.school, district)
    records = _Behind([partnership], district).records(partnership)
    return answer(records, day), checklist(records, day)


def needs_of(partnerships: Iterable[Partnership], district: District) -> list[Need]:
    """How each thing stands today that any of these needs: at most seven queries, however many there are.

    The partnerships come with their schools.
    """
    rows = list(partnerships)
    if not rows:
        return []
    behind = _Behind(rows, district)
    return [need for row in rows for need in checklist(behind.records(row), today_at(row.school, district))]


def today_at(school: School | None, district: District) -> datetime.date:
    """Today at a school, without asking the database for its district."""
    zone = ZoneInfo(school.zone) if school and school.zone else district.tz
    return clock.now().astimezone(zone).date()


class _Behind:
    """All records behind some partnerships, by partner or by partnership.

    What belongs to a partner that was merged counts for the one that stands for it (partners/families.py).
    """

    def __init__(self, partnerships: Sequence[Partnership], district: District) -> None:
        keys = [row.pk for row in partnerships]
        self.district = district
        own = Partner.objects.filter(pk__in={row.partner_id for row in partnerships})
        self.stands: dict[int, int] = dict(own.order_by().values_list("pk", Coalesce("merged_into", "pk")))
        partners = set(self.stands.values())
        self.profiles = RequirementProfile.objects.in_bulk({row.profile_id for row in partnerships} - {None})
        self.agreements = self._agreements(partners)
        leads = {lead for some in self.agreements.values() for one in some if (lead := one.lead)}
        if leads - partners:
            self.agreements |= self._agreements(leads - partners)
        self.papers: dict[int, list[Paper]] = defaultdict(list)
        papers = Paper.objects.filter(partner__in=families(partners | leads)).annotate(of=standing())
        for paper in papers.select_related("superseded_by"):
            self._place(paper, paper.superseded_by)
            self.papers[paper.of].append(paper)
        self.waivers: dict[int, list[Waiver]] = defaultdict(list)
        for waiver in Waiver.objects.filter(partnership__in=keys):
            self._place(waiver)
            self.waivers[waiver.partnership_id].append(waiver)
        self.approvals: dict[int, list[Approval]] = defaultdict(list)
        for approval in Approval.objects.filter(partnership__in=keys):
            self._place(approval)
            self.approvals[approval.partnership_id].append(approval)

    def records(self, partnership: Partnership) -> Records:
        """What there is of one partnership."""
        partner = self.stands[partnership.partner_id]
        profile = self.profiles.get(partnership.profile_id)
        held = list(self._of(partner, partnership.school_id))
        if profile is not None and profile.code == SUBCONTRACTOR:
            held += self._of_leads(partner, partnership.school_id)
        return Records(
            profile=profile,
            held=[*held, *yes_days(self.approvals[partnership.pk])],
            waivers=[
                Held(waiver.waives, days)
                for waiver in self.waivers[partnership.pk]
                if (days := waiver.span) is not None
            ],
            waits=frozenset(self._waiting(partner, partnership.school_id)),
            stage=partnership.stage,
            stage_since=partnership.stage_since,
        )

    def _of(self, partner: int, school: int | None) -> Iterator[Held]:
        """A partner's agreements and papers that reach a school."""
        for agreement in self._reaching(partner, school):
            if (days := agreement.span) is not None:
                yield Held(AGREEMENT, days, agreement.kind, agreement.ended_on)
        for paper in self.papers[partner]:
            if paper.school_id in (None, school) and (days := paper.span) is not None:
                yield Held(paper.kind, days)

    def _of_leads(self, partner: int, school: int | None) -> Iterator[Held]:
        """The lead agency's agreement and insurance, on the days on which an agreement names the agency."""
        for agreement in self._reaching(partner, school):
            lead, named = agreement.lead, agreement.span
            if lead is None or named is None:
                continue
            for one in self._of(lead, school):
                days = one.span.within(named)
                if days is not None and one.what in (AGREEMENT, *OF_THE_LEAD):
                    yield one._replace(span=days, stopped=one.stopped or agreement.ended_on)

    def _waiting(self, partner: int, school: int | None) -> Iterator[str]:
        """What is offered or drawn up, but does not count yet."""
        if any(one.status in DRAWN_UP for one in self._reaching(partner, school)):
            yield AGREEMENT
        for paper in self.papers[partner]:
            if paper.state == PaperState.OFFERED and paper.school_id in (None, school):
                yield paper.kind

    def _reaching(self, partner: int, school: int | None) -> Iterator[Agreement]:
        for agreement in self.agreements[partner]:
            if not agreement.named or school in agreement.named:
                yield agreement

    def _agreements(self, partners: set[int]) -> dict[int, list[Agreement]]:
        """The agreements of some partners, each with the keys of the schools that it names."""
        found: dict[int, list[Agreement]] = defaultdict(list)
        rows = Agreement.objects.filter(partner__in=families(partners)).with_named()
        for agreement in rows.annotate(of=standing(), lead=standing("lead_partner")):
            found[agreement.of].append(agreement)
        return found

    def _place(self, *rows: Paper | Waiver | Approval | None) -> None:
        """Say of each row which district it is of: its days are local ones."""
        for row in rows:
            if row is not None:
                row.district = self.district


def yes_days(approvals: Sequence[Approval]) -> Iterator[Held]:
    """The days of a principal's yes, each up to the day of the next word; the oldest first."""
    for said, following in zip(approvals, [*approvals[1:], None], strict=False):
        if not said.is_yes:
            continue
        days = said.span.before(following.on if following else None)
        if days is not None:
            taken_back = following is not None and not following.is_yes
            yield Held(YES, days, stopped=following.on if following and taken_back else None)
