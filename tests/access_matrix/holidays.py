"""Holidays of the district and of its schools."""

import datetime
from typing import Any

from accounts.holidays import Days, add_holiday
from tests.conftest import Cast

ROWS = {
    # route                     out  view prep coor depu prin staf  b.vi b.pp b.co b.de b.pr  brig gone
    "holidays:list":           "302  404  200  200  200  200  200   404  200  200  200  200   404  404",
    "holidays:add":            "302  404  403  200  403  200  200   404  403  200  403  200   404  404",
    "holidays:add POST":       "302  404  403  200  403  200  200   404  403  200  403  200   404  404",
    "holidays:edit":           "302  404  403  200  403  200  200   404  404  404  404  404   404  404",
    "holidays:edit POST":      "302  404  403  200  403  200  200   404  404  404  404  404   404  404",
    "holidays:take_away POST": "302  404  403  302  403  302  302   404  404  404  404  404   404  404",
    "holidays:bring_in":       "302  404  403  200  403  200  200   404  403  200  403  200   404  404",
    "holidays:bring_in POST":  "302  404  403  200  403  200  200   404  403  200  403  200   404  404",
    "holidays:take_in POST":   "302  404  403  200  403  200  302   404  403  200  403  200   404  404",
}  # fmt: skip


def kwargs(cast: Cast) -> dict[str, dict[str, Any]]:
    """What stands in the URLs of holidays."""
    day = datetime.date(2099, 3, 1)
    days = Days(day, day, "Founders' day")
    holiday = add_holiday(district=cast.larkmoor, school=cast.quillback, days=days, by=cast.staff)
    return {"holidays:edit": {"uid": holiday.uid}, "holidays:take_away": {"uid": holiday.uid}}
