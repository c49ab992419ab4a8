"""The reads of agreements: a partner's, one with all that belongs to it, what ends, the register."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import Membership

from .agreed_enums import AgreementStatus, Clause, ClauseState, PaperState
from .clearance import in_words
from .families import family
from .models import Agreement, AgreementClause, AgreementFile, DataSharing, Paper, Partner

STANDING = Q(partner__archived_at=None)
MOST = 200  # rows of a list
WITHIN = (30, 60, 90)  # days
SIGNS = {
    AgreementStatus.IN_FORCE: "ok",
    AgreementStatus.EXPIRING: "warn",
    AgreementStatus.EXPIRED: "risk",
}
STATES = {ClauseState.FINAL: "ok", ClauseState.DISCUSSED: "warn"}


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement and how far it is on a day."""

    agreement: Agreement
    today: datetime.date

    @property
    def status(self) -> AgreementStatus:
        """How far it is."""
        return self.agreement.status_on(self.today)

    @property
    def sign(self) -> str:
        """The mark before the words."""
        return SIGNS.get(self.status, "info")

    @property
    def words(self) -> str:
        """How far it is, and the day that matters."""
        agreement, status = self.agreement, self.status
        if status == AgreementStatus.IN_FORCE and agreement.starts and agreement.starts > self.today:
            return _("Begins %(day)s") % {"day": in_words(agreement.starts, self.today)}
        if status == AgreementStatus.TERMINATED:
            return _("Ended early on %(day)s") % {"day": in_words(agreement.ended_on, self.today)}
        if status == AgreementStatus.EXPIRED:
            return _("Ended %(day)s") % {"day": in_words(agreement.ends, self.today)}
        if agreement.ends and status in (AgreementStatus.IN_FORCE, AgreementStatus.EXPIRING):
            return _("In force until %(day)s") % {"day": in_words(agreement.ends, self.today)}
        return str(status.label)


def agreements_of(membership: Membership, partner: Partner) -> list[AgreementRow]:
    """A partner's agreements, the latest first: two queries."""
    rows = Agreement.objects.for_member(membership).filter(partner__in=family(partner))
    today = clock.today(membership.district)
    found = rows.select_related("lead_partner").prefetch_related("schools")
    return [AgreementRow(agreement, today) for agreement in found]


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One clause of the checklist, whether anybody has addressed it or not."""

    code: str
    label: str
    state: str
    note: str

    @property
    def sign(self) -> str:
        """The mark before the state."""
        return STATES.get(ClauseState(self.state), "info")

    @property
    def words(self) -> str:
        """The state."""
        return str(ClauseState(self.state).label)


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """All that belongs to an agreement."""

    row: AgreementRow
    clauses: list[ClauseRow]
    files: list[AgreementFile]
    sharing: DataSharing | None
    renewed_by: Agreement | None

    @property
    def settled(self) -> int:
        """How many clauses are final, or do not apply."""
        done = (ClauseState.FINAL, ClauseState.NOT_APPLICABLE)
        return sum(clause.state in done for clause in self.clauses)


def agreement_page(membership: Membership, agreement: Agreement) -> AgreementPage:
    """An agreement with its clauses, files, entry in the register, and the one that renews it."""
    files = AgreementFile.objects.filter(agreement=agreement).select_related("file", "by__user")
    return AgreementPage(
        row=AgreementRow(agreement, clock.today(membership.district)),
        clauses=clauses_of(agreement),
        files=list(files),
        sharing=DataSharing.objects.filter(agreement=agreement).select_related("reviewed_by__user").first(),
        renewed_by=Agreement.objects.filter(renews=agreement).first(),
    )


def clauses_of(agreement: Agreement) -> list[ClauseRow]:
    """The checklist in its order: one query."""
    said = {row.code: row for row in AgreementClause.objects.filter(agreement=agreement)}
    rows = []
    for code, label in Clause.choices:
        row = said.get(code)
        rows.append(
            ClauseRow(code, str(label), row.state if row else ClauseState.OPEN, row.note if row else "")
        )
    return rows


@dataclass(frozen=True, slots=True)
class Ending:
    """An agreement or a paper that ends soon, or has ended and is not renewed."""

    partner: Partner
    what: str
    ends: datetime.date
    today: datetime.date
    agreement: Agreement | None = None

    @property
    def sign(self) -> str:
        """The mark before the words."""
        return "risk" if self.ends < self.today else "warn"

    @property
    def words(self) -> str:
        """When it ends."""
        sentence = _("Ended %(day)s") if self.ends < self.today else _("Ends %(day)s")
        return sentence % {"day": in_words(self.ends, self.today)}


def ending_agreements(membership: Membership, last: datetime.date) -> Any:
    """Agreements in force, or whose last day is over, that end by that day and that nothing renews."""
    renewal = Agreement.objects.filter(renews=OuterRef("pk"), status=AgreementStatus.IN_FORCE)
    return Agreement.objects.for_member(membership).filter(
        ~Exists(renewal), STANDING, status=AgreementStatus.IN_FORCE, ends__lte=last
    )


def ending_papers(membership: Membership, last: datetime.date) -> Any:
    """Papers that count, or counted, end by that day, and were not renewed."""
    return Paper.objects.for_member(membership).filter(
        STANDING, state=PaperState.ACCEPTED, superseded_by=None, valid_until__lte=last
    )


def ending(membership: Membership, within: int) -> list[Ending]:
    """What ends within so many days, or has ended and is not renewed, the first one first: two queries."""
    today = clock.today(membership.district)
    last = today + datetime.timedelta(days=within)
    agreements, papers = ending_agreements(membership, last), ending_papers(membership, last)
    with_partner = "partner__merged_into"
    rows = [
        Ending(row.partner.winner, row.title, row.ends, today, row)
        for row in agreements.select_related(with_partner).order_by("ends", "pk")[:MOST]
    ]
    rows += [
        Ending(row.partner.winner, row.get_kind_display(), row.valid_until, today)
        for row in papers.select_related(with_partner).order_by("valid_until", "pk")[:MOST]
    ]
    return sorted(rows, key=lambda row: (row.ends, row.partner.sort_name))


def offered_papers(membership: Membership) -> list[Paper]:
    """Papers that partners handed over and that wait for us, the oldest first: one query."""
    rows = Paper.objects.for_member(membership).filter(STANDING, state=PaperState.OFFERED)
    found = rows.select_related("partner__merged_into", "school").order_by("created_at", "pk")
    return list(found[:MOST])


def sharing_register(membership: Membership) -> list[DataSharing]:
    """The register of shared data, by partner: one query."""
    rows = DataSharing.objects.for_member(membership)
    found = rows.select_related("agreement__partner__merged_into", "reviewed_by__user")
    return list(found.order_by("agreement__partner__sort_name", "agreement__title", "pk"))
