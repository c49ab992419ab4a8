"""The reads of a partner's papers."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import Membership

from .agreed_enums import ENDS_SOON, PaperState
from .clearance import in_words
from .families import family
from .models import Paper, Partner

SOON = datetime.timedelta(days=ENDS_SOON)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper and how it stands on a day, as sign and words."""

    paper: Paper
    today: datetime.date

    @property
    def is_offered(self) -> bool:
        """Whether it waits for us."""
        return self.paper.state == PaperState.OFFERED

    @property
    def is_current(self) -> bool:
        """Whether it is accepted, and not renewed."""
        return self.paper.state == PaperState.ACCEPTED and self.paper.superseded_by_id is None

    @property
    def sign(self) -> str:
        """The mark before the words."""
        if self.is_offered:
            return "warn"
        if not self.is_current:
            return "info"
        until = self.paper.valid_until
        if until is not None and until < self.today:
            return "risk"
        return "warn" if until is not None and until <= self.today + SOON else "ok"

    @property
    def words(self) -> str:
        """How it stands."""
        if self.is_offered:
            return _("Waiting for us")
        if self.paper.state == PaperState.DECLINED:
            return _("Sent back")
        if self.paper.superseded_by_id is not None:
            return _("Renewed")
        until, begins = self.paper.valid_until, self.paper.valid_from
        day = {"day": in_words(until, self.today)}
        if until is None:
            return _("Accepted, no end date")
        if until < self.today:
            return _("Ended %(day)s") % day
        if begins is not None and begins > self.today:
            return _("Begins %(day)s") % {"day": in_words(begins, self.today)}
        return _("Until %(day)s") % day


def papers_of(membership: Membership, partner: Partner) -> list[PaperRow]:
    """A partner's papers: those that wait, those that count, then what was before. One query."""
    papers = Paper.objects.for_member(membership).filter(partner__in=family(partner))
    today = clock.today(membership.district)
    rows = [PaperRow(paper, today) for paper in papers.select_related("school", "file", "decided_by__user")]
    return sorted(rows, key=lambda row: (not row.is_offered, not row.is_current))
