"""When a group meets next: as far from its last meeting as that was from the one before, on a school day."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from zoneinfo import ZoneInfo

USUAL = datetime.timedelta(weeks=4)
SHORTEST = datetime.timedelta(weeks=1)
LONGEST = datetime.timedelta(weeks=13)
"""A pause of the summer is no rhythm."""
WEEK = datetime.timedelta(weeks=1)
MOST_WEEKS = 20


def next_start(
    last: datetime.datetime,
    before: datetime.datetime | None,
    *,
    not_before: datetime.datetime,
    zone: ZoneInfo,
    works: Callable[[datetime.date], bool],
) -> datetime.datetime:
    """The proposed begin: same weekday and hour as `last`, whole weeks later, at or after `not_before`.

    `before`: the meeting before the last (None: four weeks is the rhythm). `works`: whether a day is a school
    day; a holiday moves it on by a week, and where no week works the first one is kept.
    """
    begin = last.astimezone(zone)
    gap = _gap(last, before)
    first = begin + gap
    while first < not_before:
        first += WEEK
    for weeks in range(MOST_WEEKS):
        proposed = first + weeks * WEEK
        if works(proposed.date()):
            return proposed.astimezone(datetime.UTC)
    return first.astimezone(datetime.UTC)


def _gap(last: datetime.datetime, before: datetime.datetime | None) -> datetime.timedelta:
    """The time between the last two in whole weeks; the usual one where that is no rhythm."""
    if before is None:
        return USUAL
    weeks = round((last - before) / WEEK)
    gap = weeks * WEEK
    return gap if SHORTEST <= gap <= LONGEST else USUAL
