"""Groups, their seats, and who sits in them. Changes are dated: a decision keeps the seats of its day."""

from __future__ import annotations

import datetime

from django.db import IntegrityError, transaction

from accounts import clock
from accounts.models import Membership, School
from decisions.enums import Standing
from decisions.models import Group, Seat, SeatHolder
from partners.enums import Sector
from partners.models import Contact, Partner

from .errors import EndsTooEarly, NameTaken, SeatTaken, YouthHasNoName
from .terms import held, lock_group

A_DAY = datetime.timedelta(days=1)


def create_group(*, name: str, school: School | None = None, by: Membership) -> Group:
    """A new group of a school, or (no school) of the district. Raises NameTaken."""
    try:
        with transaction.atomic():
            group: Group = Group.objects.create(district_id=by.district_id, name=name.strip(), school=school)
    except IntegrityError as clash:
        raise NameTaken from clash
    return group


def add_seat(
    *,
    group: Group,
    sector: Sector | str,
    partner: Partner | None = None,
    school: School | None = None,
    people_label: str = "",
    standing: Standing | str = Standing.VOTES,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    by: Membership,
) -> Seat:
    """A seat for exactly one of partner, school or people, from `since` (today) through `until` (no end).

    Raises EndsTooEarly, SeatTaken where they have one on any of these days, and IntegrityError where it is
    not for exactly one.
    """
    since = since or clock.today(by.district)
    if until is not None and until < since:
        raise EndsTooEarly
    with transaction.atomic():
        if held(lock_group(group), partner, school, since, until).exists():
            raise SeatTaken
        seat: Seat = Seat.objects.create(
            district_id=by.district_id,
            group=group,
            partner=partner,
            school=school,
            people_label=people_label.strip(),
            sector=sector,
            standing=standing,
            since=since,
            until=until,
        )
    return seat


def name_holder(
    *,
    seat: Seat,
    contact: Contact | None = None,
    membership: Membership | None = None,
    name: str = "",
    reach: str = "",
    language: str = "en",
    deputy: bool = False,
    until: datetime.date | None = None,
    by: Membership,
) -> SeatHolder:
    """Who sits in a seat from today through `until` (no end): a contact, one of us, or a name; or the deputy.

    Whoever did so before did it until yesterday. Raises YouthHasNoName, EndsTooEarly.
    """
    if name and seat.keeps_no_name:
        raise YouthHasNoName
    today = clock.today(by.district)
    if until is not None and until < today:
        raise EndsTooEarly
    with transaction.atomic():
        before = SeatHolder.objects.filter(seat=seat, deputy=deputy).on(today)
        before.update(until=today - A_DAY)
        holder: SeatHolder = SeatHolder.objects.create(
            district_id=by.district_id,
            seat=seat,
            contact=contact,
            membership=membership,
            name=name.strip(),
            reach=reach.strip(),
            language=language,
            deputy=deputy,
            since=today,
            until=until,
        )
    return holder
