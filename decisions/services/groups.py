"""Groups, their seats, and who sits in them. Changes are dated: a decision keeps the seats of its day."""

from __future__ import annotations

import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts import clock
from accounts.models import Membership, School
from accounts.versions import compare_and_set
from decisions.enums import Standing
from decisions.models import Group, Seat, SeatHolder
from partners.enums import Sector
from partners.families import family
from partners.models import Contact, Partner

from .errors import NameTaken, SeatTaken, YouthHasNoName

ONE_VOICE = "seat_one_voice"  # how the constraints of Seat that hold this begin


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
    """A seat for exactly one of partner, school or people. Raises SeatTaken; IntegrityError where it is not
    one."""
    held = Q(partner__in=family(partner.winner)) if partner else Q(partner=None)
    one_voice = group.seats.filter(held, school=school, until=None)
    if (partner or school) and one_voice.exists():
        raise SeatTaken
    seat = Seat(
        district_id=by.district_id,
        group=group,
        partner=partner,
        school=school,
        people_label=people_label.strip(),
        sector=sector,
        standing=standing,
        since=since or clock.today(by.district),
        until=until,
    )
    try:
        with transaction.atomic():
            seat.save(force_insert=True)
    except IntegrityError as clash:
        if ONE_VOICE in str(clash):  # somebody gave it to them in the same moment
            raise SeatTaken from clash
        raise
    return seat


def end_seat(*, seat: Seat, last_day: datetime.date, version: int, by: Membership) -> None:
    """Let a seat end with that day. Raises ChangedMeanwhile."""
    compare_and_set(seat, expected=version, until=max(last_day, seat.since))


def name_holder(
    *,
    seat: Seat,
    contact: Contact | None = None,
    membership: Membership | None = None,
    name: str = "",
    reach: str = "",
    language: str = "en",
    deputy: bool = False,
    by: Membership,
) -> SeatHolder:
    """Who sits in a seat from today: a contact, one of us, or a name. Whoever sat there before ends today.

    Raises YouthHasNoName.
    """
    if name and seat.people_label and seat.sector == Sector.YOUTH:
        raise YouthHasNoName
    today = clock.today(by.district)
    with transaction.atomic():
        seat.holders.filter(until=None, deputy=deputy).update(until=today)
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
        )
    return holder
