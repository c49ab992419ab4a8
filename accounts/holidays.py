"""Holidays: on which days a school works, and the writes that say so."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db import IntegrityError, transaction

from .models import District, Holiday, Membership, School
from .versions import ChangedMeanwhile, compare_and_set

SATURDAY = 5


class KnownAlready(Exception):
    """The same days under the same name are there already."""


@dataclass(frozen=True, order=True)
class Days:
    """A holiday without its place: first and last day, both included, and its name."""

    first_day: datetime.date
    last_day: datetime.date
    name: str


class SchoolCalendar:
    """The school days of a district from a day on: one query with the first question, then none.

    Ask it in the district's scope.
    """

    def __init__(self, since: datetime.date) -> None:
        self.since = since

    @cached_property
    def _closed(self) -> list[tuple[int | None, datetime.date, datetime.date]]:
        rows = Holiday.objects.from_day(self.since)
        return list(rows.values_list("school_id", "first_day", "last_day"))

    def is_school_day(self, day: datetime.date, school: School | None) -> bool:
        """Whether a school works on that day, or, without one, the district office."""
        if day.weekday() >= SATURDAY:
            return False
        places = {None, school.pk if school else None}
        return not any(place in places and first <= day <= last for place, first, last in self._closed)


def is_school_day(day: datetime.date, school: School | None) -> bool:
    """Whether a school works on that day: no weekend, no holiday of its own or of the district.

    Without a school it is the district's own day. Call it in the district's scope.
    """
    return SchoolCalendar(day).is_school_day(day, school)


def add_holiday(*, district: District, school: School | None, days: Days, by: Membership) -> Holiday:
    """One more holiday, of a school or of the whole district. Raises KnownAlready."""
    try:
        with transaction.atomic():
            holiday: Holiday = Holiday.objects.create(district=district, school=school, **vars(days))
    except IntegrityError as clash:
        raise KnownAlready from clash
    return holiday


def change_holiday(*, holiday: Holiday, version: int, days: Days, by: Membership) -> None:
    """Give a holiday other days, or another name. Raises ChangedMeanwhile and KnownAlready."""
    try:
        with transaction.atomic():
            compare_and_set(holiday, expected=version, **vars(days))
    except IntegrityError as clash:
        raise KnownAlready from clash


def take_away(*, holiday: Holiday, version: int, by: Membership) -> None:
    """The school works on these days after all. Raises ChangedMeanwhile."""
    deleted, _each = Holiday.objects.filter(pk=holiday.pk, version=version).delete()
    if deleted != 1:
        raise ChangedMeanwhile


def take_in(*, district: District, school: School | None, days: Iterable[Days], by: Membership) -> int:
    """Many holidays at once, as a calendar file has them; those that are there stay. Out: how many came."""
    with transaction.atomic():
        known = known_days(school)
        new = set(days) - known
        Holiday.objects.bulk_create(
            (Holiday(district=district, school=school, **vars(each)) for each in sorted(new)),
            ignore_conflicts=True,
        )
    return len(new)


def known_days(school: School | None) -> set[Days]:
    """The holidays of exactly this school, or of the whole district."""
    rows = Holiday.objects.filter(school=school).values_list("first_day", "last_day", "name")
    return {Days(*row) for row in rows}
