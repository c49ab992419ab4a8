"""The dates that a new letter proposes, so that it needs no typing."""

import datetime
from dataclasses import dataclass

from accounts import clock
from accounts.models import School

LEAD = 14  # days until the first meeting at the earliest
TUESDAY = 1


@dataclass(frozen=True)
class Dates:
    """Two moments to meet, the day by which to answer, and the day on which we call."""

    meeting_1: datetime.datetime
    meeting_2: datetime.datetime
    reply_by: datetime.date
    call_on: datetime.date


def propose(school: School, today: datetime.date) -> Dates:
    """Tuesday afternoon or Thursday morning in two to three weeks; answer by Friday, call on Monday."""
    earliest = today + datetime.timedelta(days=LEAD)
    tuesday = earliest + datetime.timedelta(days=(TUESDAY - earliest.weekday()) % 7)
    afternoon = clock.at_local(tuesday, 15, school.tz) + datetime.timedelta(minutes=30)
    morning = clock.at_local(tuesday + datetime.timedelta(days=2), 8, school.tz)
    return Dates(
        meeting_1=afternoon,
        meeting_2=morning,
        reply_by=tuesday - datetime.timedelta(days=4),
        call_on=tuesday - datetime.timedelta(days=1),
    )
