"""The reads behind personal links: what a contact sees by theirs, and what waits for us."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from accounts import clock
from accounts.models import District, Membership, School

from .agreed_enums import PaperState, ProposalState, RecordKind
from .enums import WORKING
from .families import family, standing
from .models import Contact, Paper, Partner, PartnerLink, Partnership, Proposal, Service, Site, YearReport

SOON = datetime.timedelta(days=90)
ROWS = 20  # of a year's questions
SCHOOL_YEAR_BEGINS = 7  # July
SHOWN = 100


def school_year(place: District) -> int:
    """The running school year, by its first half."""
    today = clock.today(place)
    return today.year if today.month >= SCHOOL_YEAR_BEGINS else today.year - 1


def records_of(link: PartnerLink) -> list[tuple[str, Any]]:
    """What a contact may check: the organization, its places and services, and themselves; three queries."""
    partners = family(link.partner.winner)
    sites = Site.objects.filter(partner__in=partners)
    services = Service.objects.filter(partner__in=partners)
    return [
        (RecordKind.PARTNER, link.partner.winner),
        *((RecordKind.SITE, site) for site in sites),
        *((RecordKind.SERVICE, service) for service in services),
        (RecordKind.CONTACT, link.contact),
    ]


@dataclass(frozen=True, slots=True)
class Papers:
    """A partner's papers as it sees them: what ends soon or has ended, what counts, what it handed over."""

    due: list[Paper]
    current: list[Paper]
    offered: list[Paper]


def papers_by_link(link: PartnerLink) -> Papers:
    """The partner's own papers: one query."""
    today = clock.today(link.district)
    rows = Paper.objects.filter(partner__in=family(link.partner.winner), superseded_by=None)
    papers = list(rows.select_related("school").order_by("valid_until", "pk"))
    accepted = [paper for paper in papers if paper.state == PaperState.ACCEPTED]
    due = [paper for paper in accepted if paper.valid_until and paper.valid_until <= today + SOON]
    return Papers(
        due=due,
        current=[paper for paper in accepted if paper not in due],
        offered=[paper for paper in papers if paper.state != PaperState.ACCEPTED],
    )


def year_rows(link: PartnerLink) -> list[tuple[Service | None, School | None]]:
    """What the year's numbers are asked for: each service at each of its schools; the partner where none is.

    A service that names no school is asked about at those where the partner is active. Three queries.
    """
    partners = family(link.partner.winner)
    working = Partnership.objects.filter(partner__in=partners, school__isnull=False, stage__in=WORKING)
    active = [row.school for row in working.select_related("school").order_by("school__name")]
    offered = Service.objects.filter(partner__in=partners).offered(clock.today(link.district))
    rows: list[tuple[Service | None, School | None]] = []
    for service in offered.prefetch_related("schools"):
        rows += [(service, school) for school in list(service.schools.all()) or active or [None]]
    return rows[:ROWS] or [(None, None)]


def links_of(contact: Contact) -> list[PartnerLink]:
    """A contact's links, the latest first: one query."""
    return list(PartnerLink.objects.filter(contact=contact).select_related("made_by__user", "district")[:10])


@dataclass(slots=True)
class Said:
    """What one partner told us by link and waits for us."""

    partner: Partner
    proposals: list[tuple[Proposal, Any]] = field(default_factory=list)
    reports: list[YearReport] = field(default_factory=list)


def what_partners_said(membership: Membership) -> list[Said]:
    """What waits for us, partner by partner, the longest waiting first: at most seven queries."""
    waiting = Proposal.objects.for_member(membership).filter(state=ProposalState.WAITING)
    proposals = list(waiting.select_related("partner", "contact").annotate(of=standing())[:SHOWN])
    reports = YearReport.objects.for_member(membership).filter(accepted_at=None)
    told = reports.select_related("partner", "school", "service", "contact").annotate(of=standing())
    by_link = list(told.exclude(link=None).order_by("reported_at", "pk")[:SHOWN])
    keys = {row.of for row in (*proposals, *by_link)}
    partners = Partner.objects.defer("lexemes", "extra").in_bulk(keys)
    records = _records(proposals)
    said: dict[int, Said] = {}
    for proposal in proposals:
        said.setdefault(proposal.of, Said(partners[proposal.of])).proposals.append(
            (proposal, records.get(proposal.target_uid))
        )
    for report in by_link:
        said.setdefault(report.of, Said(partners[report.of])).reports.append(report)
    return list(said.values())


def _records(proposals: list[Any]) -> dict[Any, Any]:
    """The records that proposals are about, by uid: one query a kind."""
    models: dict[str, Any] = {
        RecordKind.PARTNER: Partner,
        RecordKind.SITE: Site,
        RecordKind.SERVICE: Service,
        RecordKind.CONTACT: Contact,
    }
    found: dict[Any, Any] = {}
    for kind in sorted({proposal.target_kind for proposal in proposals}):
        uids = [proposal.target_uid for proposal in proposals if proposal.target_kind == kind]
        found |= {row.uid: row for row in models[kind].objects.filter(uid__in=uids)}
    return found
