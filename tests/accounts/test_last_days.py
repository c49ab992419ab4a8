"""A membership's last day is a whole day of the district's; after it nothing that was open goes on."""

import datetime

import pytest
from django.test import Client
from django_scopes import scope

from accounts import clock, deputies
from accounts.models import Deputy, District, Membership
from accounts.roles import Role
from accounts.services import invite
from letters.models import Letter
from tests.conftest import Cast, SignIn
from tests.letters.conftest import make_letter, make_partnership

DAY = datetime.timedelta(days=1)
SECOND = datetime.timedelta(seconds=1)


def midnight_after(day: datetime.date, district: District) -> datetime.datetime:
    return clock.at_local(day + DAY, 0, district.tz)


def travel_to(moment: datetime.datetime) -> None:
    """Move the clock of all; it moves by whole seconds, up."""
    clock.move((moment - clock.now()).total_seconds() // 1 * SECOND)


def last_day(member: Membership, day: datetime.date) -> None:
    Membership.objects.filter(pk=member.pk).update(until=day)


def a_letter_to_sign(cast: Cast) -> Letter:
    letter = make_letter(cast, make_partnership(cast.quillback))
    Letter.objects.filter(pk=letter.pk).update(
        state="to_sign", signer=cast.principal, handed_in_at=clock.now()
    )
    letter.refresh_from_db()
    return letter


def a_deputy(cast: Cast) -> Deputy:
    today = clock.today(cast.larkmoor)
    return deputies.name_deputy(
        principal=cast.principal, deputy=cast.preparer, since=today, until=today + 30 * DAY, by=cast.principal
    )


@pytest.mark.parametrize(
    ("who", "slug", "offset"), [("coordinator", "larkmoor", (5, 6)), ("brightmere_staff", "brightmere", (7,))]
)
def test_the_last_day_ends_at_midnight_of_the_district(
    cast: Cast, sign_in: SignIn, who: str, slug: str, offset: tuple[int, ...]
) -> None:
    member: Membership = getattr(cast, who)
    with scope(district=member.district):
        last = clock.today(member.district) + DAY
        last_day(member, last)
    midnight = midnight_after(last, member.district)
    assert (midnight.hour in offset, midnight.minute) == (True, 0)
    client, seen = sign_in(member), []
    for moment in (midnight - 5 * SECOND, midnight + SECOND):
        travel_to(moment)
        seen.append(client.get(f"/d/{slug}/").status_code)
    assert seen == [200, 404]


def test_a_membership_that_begins_tomorrow_opens_nothing_today(cast: Cast, sign_in: SignIn) -> None:
    tomorrow = clock.today(cast.larkmoor) + DAY
    Membership.objects.filter(pk=cast.coordinator.pk).update(since=tomorrow)
    client = sign_in(cast.coordinator)
    assert client.get("/d/larkmoor/").status_code == 404
    travel_to(midnight_after(tomorrow - DAY, cast.larkmoor) + SECOND)
    assert client.get("/d/larkmoor/").status_code == 200


@pytest.mark.parametrize("act", ["sign", "send_back"])
def test_a_page_that_was_open_before_signs_nothing_after(cast: Cast, sign_in: SignIn, act: str) -> None:
    letter, client = a_letter_to_sign(cast), sign_in(cast.principal)
    today = clock.today(cast.larkmoor)
    last_day(cast.principal, today)
    assert client.get(f"/d/larkmoor/letters/{letter.uid}/").status_code == 200
    travel_to(midnight_after(today, cast.larkmoor) + SECOND)
    typed = {"version": letter.version, "note": "Name the grade."}
    path = f"/d/larkmoor/letters/{letter.uid}/{act.replace('_', '-')}/"
    assert client.post(path, typed).status_code == 404
    assert Letter.objects.get().state == "to_sign"


def test_what_they_prepared_before_is_signed_after(cast: Cast, sign_in: SignIn) -> None:
    letter = a_letter_to_sign(cast)
    last_day(cast.coordinator, clock.today(cast.larkmoor) - DAY)
    words = sign_in(cast.principal).get(f"/d/larkmoor/letters/{letter.uid}/").content.decode()
    assert f"/d/larkmoor/letters/{letter.uid}/sign/" in words


@pytest.mark.parametrize(("whose", "code"), [("preparer", 404), ("principal", 403)])
def test_a_deputys_open_page_signs_nothing_once_either_membership_is_over(
    cast: Cast, sign_in: SignIn, whose: str, code: int
) -> None:
    letter, client = a_letter_to_sign(cast), sign_in(cast.preparer)
    a_deputy(cast)
    today = clock.today(cast.larkmoor)
    last_day(getattr(cast, whose), today)
    path = f"/d/larkmoor/letters/{letter.uid}/"
    assert f"{path}sign/" in client.get(path).content.decode()
    travel_to(midnight_after(today, cast.larkmoor) + SECOND)
    assert client.post(f"{path}sign/", {"version": letter.version}).status_code == code
    assert Letter.objects.get().state == "to_sign"


def test_an_invitation_with_a_last_day_lets_in_on_it_and_not_after(cast: Cast) -> None:
    last = clock.today(cast.larkmoor) + DAY
    invitation = invite(
        district=cast.larkmoor,
        email="sam.okonjo@larkmoor.example",
        role=Role.VIEWER,
        schools=[cast.quillback],
        until=last,
        by=cast.staff,
    )
    midnight, seen = midnight_after(last, cast.larkmoor), []
    for moment in (midnight - 5 * SECOND, midnight + SECOND):
        travel_to(moment)
        seen.append(Client().get(f"/invitation/{invitation.token}/").status_code)
    assert seen == [200, 410]


def test_an_invitation_of_somebody_who_has_gone_still_lets_in(cast: Cast) -> None:
    invitation = invite(
        district=cast.larkmoor,
        email="sam.okonjo@larkmoor.example",
        role=Role.VIEWER,
        schools=[cast.quillback],
        by=cast.staff,
    )
    last_day(cast.staff, clock.today(cast.larkmoor) - DAY)
    assert Client().get(f"/invitation/{invitation.token}/").status_code == 200


def test_the_front_page_leads_nowhere_once_the_role_is_over(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.viewer)
    assert client.get("/").status_code == 302
    last_day(cast.viewer, clock.today(cast.larkmoor) - DAY)
    assert client.get("/").status_code == 200
