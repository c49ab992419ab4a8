"""The reads behind personal links: what a contact sees by theirs, and what waits for us."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import clock
from accounts.links import open_at
from accounts.models import District, Membership, School

from .agreed_enums import ENDS_SOON, PaperState, ProposalState, RecordKind
from .clearance import in_words
from .enums import WORKING
from .families import family, standing
from .models import Contact, Paper, Partner, PartnerLink, Partnership, Proposal, Service, Site, YearReport
from .models.links import NEW

SOON = datetime.timedelta(days=ENDS_SOON)
ROWS = 20  # of a year's questions
SCHOOL_YEAR_BEGINS = 7  # July
SHOWN = 100


def school_year(place: District) -> int:
    """The running school year, by its first half."""
    today = clock.today(place)
    return today.year if today.month >= SCHOOL_YEAR_BEGINS else today.year - 1


@dataclass(frozen=True, slots=True)
class Listed:
    """A record as a contact may check it, and what waits for us of it: by field, as it should be.

    `record` is None for one that may be added, and `sent` what the contact sent of it. `is_other`: somebody
    else at the partner, of whom a contact can only say that they have left.
    """

    kind: str
    record: Any
    waits: dict[str, Any]
    sent: Proposal | None = None
    is_other: bool = False


def listing_of(link: PartnerLink) -> list[Listed]:
    """What a contact may check, each kind with those to be added at its end: at most four queries.

    The organization, its places, the services that it has not given up, the contact and who else is there.
    """
    partner = link.partner.winner
    partners, today = family(partner), clock.today(link.district)
    services = Service.objects.filter(partner__in=partners).exclude(until__lte=today)
    people = Contact.objects.here().filter(partner__in=partners).exclude(pk=link.contact_id)
    waiting = list(Proposal.objects.filter(partner__in=partners, state=ProposalState.WAITING))
    waits: dict[Any, dict[str, Any]] = {}
    for row in waiting:
        waits.setdefault(row.target_uid, {})[row.field] = row.now
    sent = [row for row in waiting if row.field == NEW and row.contact_id == link.contact_id]

    def listed(kind: str, records: Iterable[Any], *, is_other: bool = False) -> list[Listed]:
        return [Listed(kind, row, waits.get(row.uid, {}), is_other=is_other) for row in records]

    def more(kind: str) -> list[Listed]:
        own = [row for row in sent if row.target_kind == kind]
        return [*(Listed(kind, None, row.now or {}, row) for row in own), Listed(kind, None, {})]

    return [
        *listed(RecordKind.PARTNER, [partner]),
        *listed(RecordKind.SITE, Site.objects.filter(partner__in=partners)),
        *more(RecordKind.SITE),
        *listed(RecordKind.SERVICE, services),
        *more(RecordKind.SERVICE),
        *listed(RecordKind.CONTACT, [link.contact]),
        *listed(RecordKind.CONTACT, people, is_other=True),
        *more(RecordKind.CONTACT),
    ]


@dataclass(frozen=True, slots=True)
class Papers:
    """A partner's papers as it sees them: what ends soon or has ended, what counts, what it handed over.

    `asked` is what we ask for, in words, each with what there is of it; `wanted` the kinds to hand over, what
    ends first and what is handed over already left out.
    """

    due: list[Paper]
    current: list[Paper]
    offered: list[Paper]
    asked: list[tuple[str, list[Paper]]]
    wanted: list[str]

    def school_of(self, kind: str) -> School | None:
        """The school that a new paper of a kind is for: that of the only one that it can renew, if any."""
        held = [paper for paper in (*self.due, *self.current) if paper.kind == kind]
        return held[0].school if len(held) == 1 else None


def papers_by_link(link: PartnerLink) -> Papers:
    """The partner's own papers, where some kinds are asked for only these: one query."""
    today = clock.today(link.district)
    rows = Paper.objects.filter(partner__in=family(link.partner.winner), superseded_by=None)
    if link.paper_kinds:
        rows = rows.filter(kind__in=link.paper_kinds)
    papers = list(rows.select_related("school").order_by("valid_until", "pk"))
    accepted = [paper for paper in papers if paper.state == PaperState.ACCEPTED]
    due = [paper for paper in accepted if paper.valid_until and paper.valid_until <= today + SOON]
    handed_over = {paper.kind for paper in papers if paper.state == PaperState.OFFERED}
    wanted = dict.fromkeys([*(paper.kind for paper in due), *link.paper_kinds])
    return Papers(
        due=due,
        current=[paper for paper in accepted if paper not in due],
        offered=[paper for paper in papers if paper.state != PaperState.ACCEPTED],
        asked=[(words, [paper for paper in accepted if paper.kind == kind]) for kind, words in link.asked],
        wanted=[kind for kind in wanted if kind not in handed_over],
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


def told_by_link(link: PartnerLink) -> dict[tuple[Service | None, School | None], YearReport]:
    """What the partner told of the link's year so far, by service and school: one query."""
    reports = YearReport.objects.filter(partner=link.partner.winner, school_year=link.school_year)
    return {(row.service, row.school): row for row in reports.select_related("service", "school")}


def link_to_put_right(report: YearReport) -> PartnerLink | None:
    """An open link by which the partner can put the answers of that year right, if any: one query."""
    links = PartnerLink.objects.filter(open_at(clock.now()), school_year=report.school_year)
    of_partner = links.filter(partner__in=family(report.partner.winner), contact__left_on=None)
    link: PartnerLink | None = of_partner.order_by("expires_at").last()
    return link


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
    changes = changes_waiting(membership).select_related("partner", "contact")
    proposals = list(changes.annotate(of=standing())[:SHOWN])
    told = (
        years_waiting(membership)
        .select_related("partner", "school", "service", "contact")
        .annotate(of=standing())
    )
    by_link = list(told.order_by("reported_at", "pk")[:SHOWN])
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


def changes_waiting(membership: Membership) -> Any:
    """The changes that partners proposed and that wait for us."""
    return Proposal.objects.for_member(membership).filter(state=ProposalState.WAITING)


def years_waiting(membership: Membership) -> Any:
    """The answers of a year that came by link and wait for us."""
    reports = YearReport.objects.for_member(membership).filter(accepted_at=None, declined_at=None)
    return reports.exclude(link=None)


def waits_in_words(membership: Membership, partner: Partner) -> str:
    """Who of a partner sent what by link that waits for us, in a sentence each; "" for nothing. One query."""
    changes, years = (
        rows.filter(partner__in=family(partner)).order_by()
        for rows in (changes_waiting(membership), years_waiting(membership))
    )
    changed = changes.values_list("contact__name", Value("change"), "at")
    told = years.values_list("contact__name", Value("year"), "reported_at")
    days: dict[tuple[str, str], list[datetime.date]] = {}
    for name, what, at in changed.union(told, all=True).order_by("at"):
        day = clock.local_day(at, membership.district)
        days.setdefault((name or _("Somebody"), what), []).append(day)
    today = clock.today(membership.district)
    return " ".join(_waits(who, what, some, today) for (who, what), some in days.items())


def _waits(who: str, what: str, days: list[datetime.date], today: datetime.date) -> str:
    """One sentence: who, what, and the last of the days on which it was sent."""
    known = {"who": who, "n": len(days), "day": in_words(days[-1], today)}
    if what == "year":
        return _("%(who)s told about the year on %(day)s.") % known
    if days[0] < days[-1]:
        return _("%(who)s sent %(n)d changes, the last on %(day)s.") % known
    return (
        ngettext("%(who)s sent a change on %(day)s.", "%(who)s sent %(n)d changes on %(day)s.", len(days))
        % known
    )


def _records(proposals: list[Any]) -> dict[Any, Any]:
    """The records that proposals are about, by uid: one query a kind."""
    models: dict[str, Any] = {
        RecordKind.PARTNER: Partner,
        RecordKind.SITE: Site,
        RecordKind.SERVICE: Service,
        RecordKind.CONTACT: Contact,
    }
    found: dict[Any, Any] = {}
    about = [proposal for proposal in proposals if proposal.target_uid]
    for kind in sorted({proposal.target_kind for proposal in about}):
        uids = [proposal.target_uid for proposal in about if proposal.target_kind == kind]
        found |= {row.uid: row for row in models[kind].objects.filter(uid__in=uids)}
    return found
