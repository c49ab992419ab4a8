"""*Needs care*: how each partnership stands, those that need it most first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Membership, School
from accounts.predicates import holds
from accounts.rules import keeps_records
from accounts.urls_in import url_in
from partners.enums import WORKING, Stage
from partners.families import each_once, family
from partners.models import Partner, Partnership

from .care_facts import Behind
from .engagement import Care, Engagement, engagement
from .engagement_words import ACT_WORDS, ACTS, SIGNS, Act, because

SHOWN = 100
LOOKED_AT = (Stage.CONTACTED, Stage.EXPLORING, Stage.AGREEMENT_PENDING, *WORKING)
"""Whom nobody wrote to yet, and who stands beside the road, needs no care."""
FOR_RECORD_KEEPERS = (Act.PAPERS, Act.AGREEMENT, Act.LISTING)


@dataclass(frozen=True, slots=True)
class CareRow:
    """A partnership and how it stands, for one of us. `partner` is the one that stands for it today."""

    partner: Partner
    partnership: Partnership
    engagement: Engagement
    member: Membership

    @property
    def place(self) -> str:
        """The school, or the district."""
        return self.partnership.school.name if self.partnership.school else _("The district")

    @property
    def sign(self) -> str:
        """The mark before the words (partials/state.html)."""
        return SIGNS[self.engagement.care]

    @property
    def words(self) -> str:
        """How it stands."""
        return str(self.engagement.care.label)

    @property
    def because(self) -> list[str]:
        """Why, a sentence for each signal, the worst first."""
        return because(self.engagement)

    @property
    def act(self) -> Act | None:
        """What to do next, a call where another may not be done; None where it is on track."""
        worst = self.engagement.worst
        if worst is None:
            return None
        act = ACTS[worst.signal]
        if act == Act.PAPERS and worst.uid:
            act = Act.AGREEMENT
        return act if self._can(act) else Act.CALL

    def _can(self, act: Act) -> bool:
        """The district itself writes no letters, and not everybody keeps records."""
        if act == Act.WRITE:
            return self.partnership.school is not None
        return act not in FOR_RECORD_KEEPERS or holds(keeps_records, self.member)

    @property
    def act_label(self) -> str:
        """The same in words."""
        return str(ACT_WORDS[self.act]) if self.act else ""

    @property
    def act_url(self) -> str:
        """Where it is done."""
        act, worst = self.act, self.engagement.worst
        if act is None or worst is None:
            return ""
        own = {Act.WRITE: self.partnership.uid, Act.DECISION: worst.uid, Act.AGREEMENT: worst.uid}
        return url_in(self.member.district, PAGES[act], uid=own.get(act, self.partner.uid))


PAGES = {
    Act.WRITE: "letters:write",
    Act.CALL: "partners:log_call",
    Act.PAPERS: "partners:papers",
    Act.AGREEMENT: "agreements:page",
    Act.LISTING: "partners:contacts",
    Act.DECISION: "decisions:page",
}


@dataclass(frozen=True, slots=True)
class CarePage:
    """The partnerships that need care most, and how many there are as filtered.

    Of the whole school, or of all: how many there are of each state, and how many have no contact noted.
    """

    rows: Sequence[CareRow]
    total: int
    at_risk: int
    attention: int
    on_track: int
    unheard: int


def care_page(membership: Membership, school: School | None = None, care: Care | None = None) -> CarePage:
    """The first hundred as filtered, and the counts of the school: at most ten queries."""
    rows = care_rows(membership, school=school)
    counts = Counter(row.engagement.care for row in rows)
    found = standing_so(rows, care)
    return CarePage(
        rows=found[:SHOWN],
        total=len(found),
        at_risk=counts[Care.AT_RISK],
        attention=counts[Care.ATTENTION],
        on_track=counts[Care.ON_TRACK],
        unheard=sum(row.engagement.facts.heard_on is None for row in rows),
    )


def care_rows(
    membership: Membership, *, school: School | None = None, partner: Partner | None = None
) -> list[CareRow]:
    """The partnerships that this person reaches, at one school or of one partner where it is given.

    At most ten queries, however many there are. At risk first; within a level, what began first.
    """
    behind = Behind(membership, partner)
    rows = [
        CareRow(row.partner.winner, row, engagement(behind.facts(row)), membership)
        for row in _partnerships(membership, school, partner)
    ]
    return sorted(rows, key=_need)


def standing_so(rows: Sequence[CareRow], care: Care | None) -> list[CareRow]:
    """Those that stand in this way; all for None."""
    return [row for row in rows if care is None or row.engagement.care == care]


def lines(rows: Sequence[CareRow]) -> Iterator[list[str]]:
    """The rows as lines of a file, the first of them its headings."""
    yield [_("Partner"), _("School"), _("How it stands"), _("Since"), _("Because"), _("What to do")]
    for row in rows:
        since = row.engagement.since.isoformat()
        yield [row.partner.name, row.place, row.words, since, " ".join(row.because), row.act_label]


def _need(row: CareRow) -> tuple[object, ...]:
    found = row.engagement
    return -found.care, found.since, row.partner.sort_name, row.place


def _partnerships(
    membership: Membership, school: School | None, partner: Partner | None
) -> Iterator[Partnership]:
    """Of each partner's family the one that counts at each school: one query."""
    rows = Partnership.objects.for_member(membership).filter(stage__in=LOOKED_AT)
    if not membership.whole_district:
        rows = rows.filter(school__in=membership.school_ids)
    if school is not None:
        rows = rows.filter(school=school)
    if partner is not None:
        rows = rows.filter(partner__in=family(partner))
    at: dict[int | None, list[Partnership]] = defaultdict(list)
    for row in rows.select_related("partner__merged_into", "school"):
        if row.partner.winner.archived_at is None:
            at[row.school_id].append(row)
    for some in at.values():
        yield from each_once(some).values()
