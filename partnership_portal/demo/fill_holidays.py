"""The demo's holidays: all more than three months ahead, where they hold up nothing of what one tries."""

import datetime

from accounts import clock
from accounts.holidays import Days, take_in

from .cast import Cast

# school slug ("" for the whole district), Monday in how many weeks, how many days, name
HOLIDAYS = (
    ("", 15, 1, "Staff training day"),
    ("quillback", 17, 1, "Quillback founders' day"),
    ("", 20, 5, "Break between terms"),
)


def add_holidays(cast: Cast) -> None:
    """Two of the district and one of a school. Call it in the district's scope."""
    today = clock.today(cast.district)
    monday = today - datetime.timedelta(days=today.weekday())
    by = next(member for member in cast.people.values() if member.role == "staff")
    for slug, weeks, days, name in HOLIDAYS:
        first = monday + datetime.timedelta(weeks=weeks)
        closed = Days(first, first + datetime.timedelta(days=days - 1), name)
        take_in(district=cast.district, school=cast.schools.get(slug), days=[closed], by=by)
