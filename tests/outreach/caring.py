"""How a partnership stands at a school on the Tuesday of these tests, in short."""

import datetime

from accounts.models import School
from outreach.care import CareRow, care_rows
from outreach.engagement import Signal
from partners.models import Partner
from tests.conftest import Cast

DAY = datetime.timedelta(days=1)
TODAY = datetime.date(2026, 11, 24)


def at(cast: Cast, partner: Partner, school: School | None) -> CareRow:
    [row] = [row for row in care_rows(cast.staff, partner=partner) if row.partnership.school == school]
    return row


def heard_on(cast: Cast, partner: Partner, school: School | None = None) -> datetime.date | None:
    return at(cast, partner, school or cast.quillback).engagement.facts.heard_on


def signals(cast: Cast, partner: Partner) -> list[Signal]:
    return [finding.signal for finding in at(cast, partner, cast.quillback).engagement.findings]
