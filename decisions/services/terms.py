"""Until when a seat holds: set when it is given, and changed later."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import clock
from accounts.models import Membership, School
from accounts.versions import compare_and_set
from decisions.models import Group, Seat
from partners.families import family
from partners.models import Partner

from .errors import EndsTooEarly, SeatTaken


def end_seat(*, seat: Seat, last_day: datetime.date, version: int, by: Membership) -> None:
    """Let a seat end with that day. Raises ChangedMeanwhile."""
    compare_and_set(seat, expected=version, until=max(last_day, seat.since))


def set_term(*, seat: Seat, until: datetime.date | None, version: int, by: Membership) -> None:
    """The last day of a seat; None: no end is agreed. Decisions that are open keep it in any case.

    Raises EndsTooEarly for a day that is over, SeatTaken where they have another seat by then, and
    ChangedMeanwhile.
    """
    if until is not None and until < max(clock.today(by.district), seat.since):
        raise EndsTooEarly
    with transaction.atomic():
        others = held(lock_group(seat.group), seat.partner, seat.school, seat.since, until)
        if others.exclude(pk=seat.pk).exists():
            raise SeatTaken
        compare_and_set(seat, expected=version, until=until)


def lock_group(group: Group) -> Group:
    """Let whoever else gives the group a seat, a question or a way to decide wait until this transaction
    ends."""
    locked: Group = Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    return locked


def held(
    group: Group,
    partner: Partner | None,
    school: School | None,
    first: datetime.date,
    last: datetime.date | None,
) -> QuerySet[Seat]:
    """The seats that the organization, or the school, has on any of these days; none for people."""
    of_them = Q(school=school) if school else Q(pk__in=())
    if partner:
        of_them = Q(partner__in=family(partner.winner))
    days = Q(until=None) | Q(until__gte=first)
    rows: QuerySet[Seat] = Seat.objects.filter(of_them, days, group=group)
    return rows.filter(since__lte=last) if last else rows
