"""People come by invitation alone."""

import datetime
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django_scopes import scope, scopes_disabled

from accounts import clock
from accounts.models import District, Invitation, Membership, School, User
from accounts.roles import Role
from accounts.services import (
    AlreadyMember,
    LinkEnded,
    SchoolsMissing,
    accept_invitation,
    add_member,
    invite,
    open_invitation,
)
from tests.conftest import Cast, SignIn

ADDRESS = "sam.okonjo@larkmoor.example"
CHOSEN = {"name": "Sam Okonjo", "language": "es", "password": "otter lantern quarry"}


def invited(cast: Cast, **changes: object) -> Invitation:
    values = {"role": Role.COORDINATOR, "schools": [cast.quillback], "by": cast.staff, **changes}
    return invite(district=cast.larkmoor, email=ADDRESS, **values)


def test_an_invitation_becomes_a_person_with_a_role_at_a_school(cast: Cast) -> None:
    page = Client()
    answer = page.post(f"/invitation/{invited(cast).token}/", CHOSEN)
    member = Membership.objects.get(user__email=ADDRESS)
    assert (answer.status_code, answer.url) == (302, "/")
    assert (member.user.name, member.user.language, member.role) == ("Sam Okonjo", "es", "coordinator")
    assert member.school_ids == {cast.quillback.pk}
    assert page.get("/d/larkmoor/me/").status_code == 200


def test_opening_an_invitation_does_not_use_it_up(cast: Cast) -> None:
    invitation = invited(cast)
    for _ in range(3):
        assert Client().get(f"/invitation/{invitation.token}/").status_code == 200
    with scopes_disabled():
        assert open_invitation(invitation.token).pk == invitation.pk


def test_a_link_works_once(cast: Cast) -> None:
    invitation = invited(cast)
    accept_invitation(invitation=invitation, name="Sam Okonjo", password=CHOSEN["password"])
    with pytest.raises(LinkEnded):
        accept_invitation(invitation=invitation, name="Somebody else", password="x")
    assert Client().get(f"/invitation/{invitation.token}/").status_code == 410


def test_a_link_ends_after_14_days(cast: Cast) -> None:
    invitation = invited(cast)
    with clock.shifted(datetime.timedelta(days=14, minutes=1)), pytest.raises(LinkEnded):
        open_invitation(invitation.token)


def test_a_link_ends_with_the_last_day_of_its_role(cast: Cast) -> None:
    invitation = invited(cast, until=clock.today(cast.larkmoor))
    assert Client().get(f"/invitation/{invitation.token}/").status_code == 200
    clock.move(datetime.timedelta(days=1))
    assert Client().post(f"/invitation/{invitation.token}/", CHOSEN).status_code == 410


def test_a_link_that_was_taken_back_while_its_page_was_open_lets_nobody_in(cast: Cast) -> None:
    older = invited(cast)
    invited(cast)
    with pytest.raises(LinkEnded):
        accept_invitation(invitation=older, name="Sam Okonjo", password=CHOSEN["password"])


def test_whoever_has_come_in_meanwhile_is_told_that_the_link_has_ended(cast: Cast) -> None:
    invitation = invited(cast)
    user = User.objects.create_user(ADDRESS, name="Sam Okonjo")
    add_member(district=cast.larkmoor, user=user, role=Role.PREPARER, schools=[cast.quillback])
    assert Client().post(f"/invitation/{invitation.token}/").status_code == 410
    assert Membership.objects.get(user=user).role == "preparer"


def test_a_newer_invitation_ends_the_older_one(cast: Cast) -> None:
    older = invited(cast)
    invited(cast)
    with pytest.raises(LinkEnded):
        open_invitation(older.token)


def test_a_changed_token_is_nobodys(cast: Cast) -> None:
    token = invited(cast).token
    other = ("A" if token[0] != "A" else "B") + token[1:]
    assert Client().get(f"/invitation/{other}/").status_code == 410
    assert Client().get("/invitation/nonsense/").status_code == 410


def test_a_short_password_is_refused_and_what_was_typed_stays(cast: Cast) -> None:
    answer = Client().post(f"/invitation/{invited(cast).token}/", {**CHOSEN, "password": "short"})
    assert answer.status_code == 200
    assert "Sam Okonjo" in answer.content.decode()
    assert not User.objects.filter(email=ADDRESS).exists()


def test_a_person_of_another_district_joins_with_the_account_they_have(cast: Cast) -> None:
    user = cast.brightmere_staff.user
    invitation = invite(district=cast.larkmoor, email=user.email.upper(), role=Role.STAFF, by=cast.staff)
    Client().post(f"/invitation/{invitation.token}/")
    assert Membership.objects.get(user=user).role == "staff"
    with scope(district=cast.brightmere):
        assert Membership.objects.get(user=user).pk == cast.brightmere_staff.pk


def test_a_role_at_schools_needs_a_school(cast: Cast) -> None:
    with pytest.raises(SchoolsMissing):
        invited(cast, schools=[])


def test_nobody_is_invited_twice(cast: Cast) -> None:
    with pytest.raises(AlreadyMember):
        invite(district=cast.larkmoor, email=cast.viewer.user.email, role=Role.STAFF, by=cast.staff)


def test_whoever_had_a_role_that_ended_can_come_back_with_another(cast: Cast, sign_in: SignIn) -> None:
    user = cast.ended.user
    answer = sign_in(cast.staff).post(
        "/d/larkmoor/people/invite/",
        {"email": user.email, "role": "preparer", "title": "Clerk", "schools": [cast.bellwether.pk]},
    )
    assert answer.status_code == 302
    Client().post(f"/invitation/{Invitation.objects.get().token}/")
    member = Membership.objects.get(user=user)
    assert (member.pk, member.role, member.title) == (cast.ended.pk, "preparer", "Clerk")
    assert (member.since, member.until) == (clock.today(cast.larkmoor), None)
    assert member.school_ids == {cast.bellwether.pk}
    assert sign_in(member).get("/d/larkmoor/").status_code == 200


def test_staff_invite_from_the_page_of_people(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.staff)
    wrong = page.post("/d/larkmoor/people/invite/", {"email": ADDRESS, "role": "preparer"})
    right = page.post(
        "/d/larkmoor/people/invite/",
        {"email": ADDRESS, "role": "preparer", "schools": [cast.quillback.pk]},
    )
    invitation = Invitation.objects.get()
    assert "Tick at least one school" in wrong.content.decode()
    assert (right.status_code, invitation.email, invitation.invited_by) == (302, ADDRESS, cast.staff)
    assert invitation.mail_wanted_at is not None


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("until", "2020-01-01", "This day is over"),
        ("email", "a" * 245 + "@larkmoor.example", "Keep it to 254 characters"),
        ("email", "sam\x00@larkmoor.example", "Null characters are not allowed"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    cast: Cast, sign_in: SignIn, field: str, value: str, words: str
) -> None:
    typed = {"email": ADDRESS, "role": "staff", field: value}
    page = sign_in(cast.staff).post("/d/larkmoor/people/invite/", typed)
    assert (page.status_code, Invitation.objects.count()) == (200, 0)
    assert words in page.content.decode()


def test_a_school_of_another_district_cannot_be_chosen(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.staff).post(
        "/d/larkmoor/people/invite/",
        {"email": ADDRESS, "role": "preparer", "schools": [cast.brightmere_school.pk]},
    )
    assert Invitation.objects.count() == 0


def test_an_ended_membership_opens_nothing_the_day_after(cast: Cast, sign_in: SignIn) -> None:
    last_day = {"last_day": clock.today(cast.larkmoor).isoformat()}
    sign_in(cast.staff).post(f"/d/larkmoor/people/{cast.viewer.uid}/end/", last_day)
    cast.viewer.refresh_from_db()
    assert cast.viewer.until == clock.today(cast.larkmoor)
    assert sign_in(cast.viewer).get("/d/larkmoor/me/").status_code == 200
    clock.move(datetime.timedelta(days=1))
    assert sign_in(cast.viewer).get("/d/larkmoor/me/").status_code == 404


def test_a_role_that_has_ended_is_not_opened_again_by_ending_it(cast: Cast, sign_in: SignIn) -> None:
    last_day = {"last_day": clock.today(cast.larkmoor).isoformat()}
    sign_in(cast.staff).post(f"/d/larkmoor/people/{cast.ended.uid}/end/", last_day)
    cast.ended.refresh_from_db()
    assert cast.ended.until == datetime.date(2025, 6, 30)


def test_the_command_line_prints_the_first_persons_link(cast: Cast) -> None:
    out = StringIO()
    call_command(
        "invite",
        ADDRESS,
        "--district",
        "larkmoor",
        "--role",
        "principal",
        "--school",
        "quillback",
        stdout=out,
    )
    token = re.search(r"/invitation/([\w-]{43})/", out.getvalue())
    assert token is not None
    assert Client().get(f"/invitation/{token[1]}/").status_code == 200
    assert Invitation.objects.get().mail_wanted_at is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--district", "nowhere", "--role", "staff"], "There is no district nowhere"),
        (["--district", "larkmoor", "--role", "viewer"], "needs --school"),
        (["--district", "larkmoor", "--role", "viewer", "--school", "mars"], "There is no school mars"),
    ],
)
def test_the_command_line_says_what_is_missing(cast: Cast, arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("invite", ADDRESS, *arguments)


def test_the_command_line_takes_an_address_only(cast: Cast) -> None:
    for wrong in ("sam", "sam@", "a" * 245 + "@larkmoor.example"):
        with pytest.raises(CommandError, match="is not an e-mail address"):
            call_command("invite", wrong, "--district", "larkmoor", "--role", "staff")


def test_districts_and_schools_are_made_on_the_command_line(db: None) -> None:
    out = StringIO()
    call_command("create_district", "Alder County Schools", "--slug", "alder", stdout=out)
    call_command("create_school", "Alder Grove Elementary School", "--district", "alder", stdout=out)
    assert out.getvalue().splitlines() == [
        "Alder County Schools: /d/alder/",
        "Alder Grove Elementary School: --school alder-grove-elementary-school",
    ]
    with pytest.raises(CommandError, match="already"):
        call_command("create_district", "Another", "--slug", "alder")
    with pytest.raises(CommandError, match="not a time zone"):
        call_command("create_district", "Another", "--slug", "another", "--zone", "Mars/Olympus")


def test_a_school_is_made_with_what_its_letters_say_of_it(db: None) -> None:
    call_command("create_district", "Alder County Schools", "--slug", "alder", stdout=StringIO())
    said = ["--place", "Alder", "--address", "12 Mill Road", "--phone", "(650) 780-7525", "--students", "412"]
    call_command("create_school", "Alder Grove", "--district", "alder", *said, stdout=StringIO())
    with scope(district=District.objects.get(slug="alder")):
        school = School.objects.get()
    assert (school.place, school.address, school.phone, school.pupils, school.code) == (
        "Alder",
        "12 Mill Road",
        "+16507807525",
        412,
        "AG",
    )


def test_a_school_out_of_bounds_is_not_made_and_the_option_is_named(db: None) -> None:
    call_command("create_district", "Alder County Schools", "--slug", "alder", stdout=StringIO())
    for option, value in (("students", "20001"), ("students", "-1"), ("place", "x" * 121)):
        with pytest.raises(CommandError, match=f"^{option}: "):
            call_command("create_school", "Alder Grove", "--district", "alder", f"--{option}={value}")
    with scope(district=District.objects.get(slug="alder")):
        assert School.objects.count() == 0
