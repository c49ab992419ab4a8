"""The records behind "may they be in our building?", for many partnerships in a few queries."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from accounts import clock
from accounts.models import District

from .agreed_enums import AGREEMENT, OF_THE_LEAD, SUBCONTRACTOR, AgreementStatus, PaperState
from .clearance import YES, Answer, Held, Records, answer
from .models import Agreement, Approval, Paper, Partnership, RequirementProfile, Waiver

DRAWN_UP = (AgreementStatus.DRAFT, AgreementStatus.IN_REVIEW, AgreementStatus.OUT_FOR_SIGNATURE)


def cleared(
    partnerships: Iterable[Partnership], district: District, day: datetime.date | None = None
) -> dict[int, Answer]:
    """The answer for each partnership, by its key: at most six queries, however many there are.

    The partnerships come with their schools. `day` is today at each school unless given.
    """
    rows = list(partnerships)
    if not rows:
        return {}
    behind = _Behind(rows, district)
    return {row.pk: answer(behind.records(row), day or _today(row, district)) for row in rows}


def _today(partnership: Partnership, district: District) -> datetime.date:
    school = partnership.school
    zone = ZoneInfo(school.zone) if school and school.zone else district.tz
    return clock.now().astimezone(zone).date()


class _Behind:
    """All records behind some partnerships, by partner or by partnership."""

    def __init__(self, partnerships: Sequence[Partnership], district: District) -> None:
        keys = [row.pk for row in partnerships]
        partners = {row.partner_id for row in partnerships}
        self.district = district
        self.profiles = RequirementProfile.objects.in_bulk({row.profile_id for row in partnerships} - {None})
        self.agreements = self._agreements(partners)
        leads = {lead for some in self.agreements.values() for one in some if (lead := one.lead_partner_id)}
        if leads - partners:
            self.agreements |= self._agreements(leads - partners)
        self.papers: dict[int, list[Paper]] = defaultdict(list)
        for paper in Paper.objects.filter(partner__in=partners | leads).select_related("superseded_by"):
            self._place(paper, paper.superseded_by)
            self.papers[paper.partner_id].append(paper)
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
        own = self._of(partnership.partner_id, partnership.school_id)
        profile = self.profiles.get(partnership.profile_id)
        held = list(own)
        if profile is not None and profile.code == SUBCONTRACTOR:
            held += self._of_leads(partnership)
        return Records(
            profile=profile,
            held=[*held, *yes_days(self.approvals[partnership.pk])],
            waivers=[
                Held(waiver.waives, days)
                for waiver in self.waivers[partnership.pk]
                if (days := waiver.span) is not None
            ],
            waits=frozenset(self._waiting(partnership)),
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

    def _of_leads(self, partnership: Partnership) -> Iterator[Held]:
        """The lead agency's agreement and insurance, on the days on which an agreement names the agency."""
        for agreement in self._reaching(partnership.partner_id, partnership.school_id):
            lead, named = agreement.lead_partner_id, agreement.span
            if lead is None or named is None:
                continue
            for one in self._of(lead, partnership.school_id):
                days = one.span.within(named)
                if days is not None and one.what in (AGREEMENT, *OF_THE_LEAD):
                    yield one._replace(span=days, stopped=one.stopped or agreement.ended_on)

    def _waiting(self, partnership: Partnership) -> Iterator[str]:
        """What is offered or drawn up, but does not count yet."""
        if any(
            one.status in DRAWN_UP for one in self._reaching(partnership.partner_id, partnership.school_id)
        ):
            yield AGREEMENT
        for paper in self.papers[partnership.partner_id]:
            if paper.state == PaperState.OFFERED and paper.school_id in (None, partnership.school_id):
                yield paper.kind

    def _reaching(self, partner: int, school: int | None) -> Iterator[Agreement]:
        for agreement in self.agreements[partner]:
            if not agreement.named or school in agreement.named:
                yield agreement

    def _agreements(self, partners: set[int]) -> dict[int, list[Agreement]]:
        """The agreements of some partners, each with the keys of the schools that it names."""
        found: dict[int, list[Agreement]] = defaultdict(list)
        for agreement in Agreement.objects.filter(partner__in=partners).with_named():
            found[agreement.partner_id].append(agreement)
        return found

    def _place(self, *rows: Paper | Waiver | Approval | None) -> None:
        """Say of each row which district it is of: its days are local ones."""
        for row in rows:
            if row is not None:
                row.district = self.district


def yes_days(approvals: Sequence[Approval]) -> Iterator[Held]:
    """The days of a principal's yes, each up to the day of the next word; the oldest first."""
    for said, following in zip(approvals, [*approvals[1:], None], strict=True):
        if not said.is_yes:
            continue
        days = said.span.before(following.on if following else None)
        if days is not None:
            taken_back = following is not None and not following.is_yes
            yield Held(YES, days, stopped=following.on if following and taken_back else None)
