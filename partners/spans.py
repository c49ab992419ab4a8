"""Days on end: from when until when something holds, and how long several things hold without a gap."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

ONE_DAY = datetime.timedelta(days=1)
FIRST, LAST = datetime.date.min, datetime.date.max


class Span(NamedTuple):
    """The days from `first` to `last`, both counted; without an end `last` is LAST."""

    first: datetime.date = FIRST
    last: datetime.date = LAST

    @property
    def is_empty(self) -> bool:
        """Whether it has no day at all; `last` may still say when something ended."""
        return self.first > self.last

    def holds(self, day: datetime.date) -> bool:
        """Whether the day is one of them."""
        return self.first <= day <= self.last

    def within(self, other: Span) -> Span | None:
        """The days of both; None where they share none."""
        both = Span(max(self.first, other.first), min(self.last, other.last))
        return both if both.first <= both.last else None

    def before(self, day: datetime.date | None) -> Span | None:
        """Those before a day on which something ended it; all of them where nothing did."""
        return self if day is None else self.within(Span(last=day - ONE_DAY))


def span(first: datetime.date | None, last: datetime.date | None) -> Span:
    """The days between two that may be empty: always begun, never over."""
    return Span(first or FIRST, last or LAST)


def holds_until(spans: Iterable[Span], day: datetime.date) -> datetime.date | None:
    """The last day up to which one span or another holds without a gap; None where none holds on `day`."""
    last, onward = None, day
    for one in sorted(spans):
        if one.holds(onward):
            last = one.last
            if last == LAST:
                break
            onward = last + ONE_DAY
    return last
