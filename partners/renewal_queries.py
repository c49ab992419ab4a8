"""Which papers a partner is asked for by personal link."""

import datetime

from accounts import clock
from accounts.models import District

from .agreed_enums import ENDS_SOON, PaperKind, PaperState
from .clearance import BESIDE_THE_ROAD, Why
from .cleared import needs_of
from .families import family
from .models import Paper, Partner, Partnership


def papers_to_ask(partner: Partner, district: District) -> list[str]:
    """The kinds of papers that are missing or end within 90 days, and were not handed over since.

    Missing is what a way of working at one of its schools needs, and no waiver stands for. At most nine
    queries.
    """
    soon = clock.today(district) + datetime.timedelta(days=ENDS_SOON)
    rows = Paper.objects.filter(partner__in=family(partner), superseded_by=None)
    papers = list(rows.exclude(state=PaperState.DECLINED).only("kind", "state", "valid_until"))
    ending = {paper.kind for paper in papers if paper.valid_until and paper.valid_until <= soon}
    partnerships = Partnership.objects.filter(partner__in=family(partner)).exclude(profile=None)
    needs = needs_of(partnerships.exclude(stage__in=BESIDE_THE_ROAD).select_related("school"), district)
    lacking = {need.what for need in needs if need.reason and need.reason.why != Why.BEGINS}
    there = {paper.kind for paper in papers if paper.state == PaperState.OFFERED}
    return [kind for kind in PaperKind.values if kind in (ending | lacking) - there]
