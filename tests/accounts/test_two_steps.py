"""Two-step sign-in: a code from an app, its key as text, recovery codes shown once, and tries counted."""

import datetime
import html
import re
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from time_machine import Traveller

from accounts.models import User
from tests.access.asking import refuse_writes
from tests.accounts.steps import (
    MINE,
    PASSWORD,
    again,
    code_of,
    codes_of,
    enter,
    signed_in,
    switch_on,
    with_password,
)
from tests.conftest import Cast, SignIn


@pytest.fixture(autouse=True)
def _at_noon(time_machine: Traveller) -> None:
    time_machine.move_to(datetime.datetime(2026, 11, 17, 18, tzinfo=datetime.UTC))


@pytest.fixture
def person(cast: Cast) -> User:
    return with_password(cast.coordinator.user)


@pytest.fixture
def client(person: User) -> Client:
    return signed_in(person)


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_changing_it_asks_for_the_password_once_more(person: User) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    answer = client.get(f"{MINE}app/activate/")
    assert (
        answer.headers["Location"]
        == f"/accounts/reauthenticate/?next={quote(f'{MINE}app/activate/', safe='')}"
    )
    wrong = client.post(answer.headers["Location"], {"password": "no"})
    assert "Incorrect password." in wrong.content.decode()
    right = client.post(answer.headers["Location"], {"password": PASSWORD})
    assert right.headers["Location"] == f"{MINE}app/activate/"


def test_the_key_is_shown_as_a_named_picture_and_as_text(client: Client) -> None:
    page = client.get(f"{MINE}app/activate/").content.decode()
    assert (
        page.count('role="img" aria-label="QR code for your app. The key below says the same as text."') == 1
    )
    assert ("data:" in page, "style=" in page) == (False, False)
    assert len(re.search(r"<b>((?:[A-Z2-7]{4} ?){8})</b>", page)[1].split()) == 8  # type: ignore[index]


def test_a_wrong_code_switches_nothing_on_and_keeps_the_key(client: Client, person: User) -> None:
    first = client.get(f"{MINE}app/activate/").context["form"].secret
    page = client.post(f"{MINE}app/activate/", {"code": "000000"})
    assert page.context["form"].errors == {
        "code": ["This code does not fit. Type your app's next one at once; a recovery code works only once."]
    }
    assert page.context["form"].secret == first
    assert Authenticator.objects.filter(user=person).count() == 0


def test_signing_in_asks_for_the_code_which_works_once(
    client: Client, person: User, time_machine: Traveller
) -> None:
    key = switch_on(client)
    time_machine.shift(60)
    code = code_of(key)
    entered, landed = enter(person, code)
    assert (landed, entered.get(MINE).status_code) == ("/", 200)
    refused, landed = enter(person, code)
    assert (landed, refused.get(MINE).status_code) == ("", 302)


def test_a_code_of_the_half_minute_before_works_and_an_older_one_does_not(
    client: Client, person: User, time_machine: Traveller
) -> None:
    key = switch_on(client)
    time_machine.shift(300)
    assert enter(person, code_of(key, -3))[1] == ""
    assert enter(person, code_of(key, -1))[1] == "/"


@pytest.mark.parametrize("wrong", ["000000", "00000000"])
def test_tries_are_counted_whichever_code_is_tried_and_a_right_one_is_not_used_up(
    client: Client, person: User, time_machine: Traveller, wrong: str
) -> None:
    key = switch_on(client)
    spare = codes_of(client)[0]
    time_machine.shift(60)
    for _try in range(5):
        assert enter(person, wrong)[1] == ""
    assert (enter(person, code_of(key))[1], enter(person, spare)[1]) == ("", "")
    time_machine.shift(360)
    assert (enter(person, code_of(key))[1], enter(person, spare)[1]) == ("/", "/")


def test_tries_of_a_password_are_counted_alike(person: User, time_machine: Traveller) -> None:
    def lands(password: str) -> str:
        answer = Client().post("/accounts/login/", {"login": person.email, "password": password})
        return str(answer.headers.get("Location", ""))

    assert [lands("a wrong one") for _try in range(5)] == [""] * 5
    assert lands(PASSWORD) == ""
    time_machine.shift(360)
    assert lands(PASSWORD) == "/"


@pytest.mark.parametrize("wrong", ["000000", "00000000"])
def test_tries_are_counted_where_a_code_is_asked_for_once_more(
    client: Client, time_machine: Traveller, wrong: str
) -> None:
    key = switch_on(client)
    page = f"{MINE}reauthenticate/?next={MINE}"
    time_machine.shift(60)
    assert [client.post(page, {"code": wrong}).status_code for _try in range(5)] == [200] * 5
    assert client.post(page, {"code": code_of(key)}).status_code == 200
    time_machine.shift(360)
    assert client.post(page, {"code": code_of(key)}).headers["Location"] == MINE


def test_a_recovery_code_works_once(client: Client, person: User) -> None:
    switch_on(client)
    code = codes_of(client)[3]
    assert (enter(person, code)[1], enter(person, code)[1]) == ("/", "")
    assert client.get(MINE).context["codes_left"] == 9


def test_codes_are_shown_by_a_button_once_and_can_be_kept_for_ten_minutes(
    client: Client, time_machine: Traveller
) -> None:
    switch_on(client)
    assert re.findall(r"\d{8}", client.get(f"{MINE}codes/").content.decode()) == []
    codes = codes_of(client)
    file = client.post(f"{MINE}codes/", {"file": "1"})
    assert file.content.decode().split() == codes
    assert file.headers["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert "no-store" in file.headers["Cache-Control"]
    assert (len(codes), len(set(codes))) == (10, 10)
    time_machine.shift(11 * 60)
    again(client)
    assert codes_of(client) == []
    assert "Make new codes" in client.get(f"{MINE}codes/").content.decode()


def test_new_codes_replace_the_old_ones(client: Client, person: User) -> None:
    switch_on(client)
    old = codes_of(client)
    assert client.post(f"{MINE}codes/generate/").headers["Location"] == f"{MINE}codes/"
    new = codes_of(client)
    assert (len(new), set(new) & set(old)) == (10, set())
    assert (enter(person, old[0])[1], enter(person, new[0])[1]) == ("", "/")


def test_switched_off_the_password_is_enough_again(client: Client, person: User) -> None:
    switch_on(client)
    page = client.post(f"{MINE}app/deactivate/", follow=True)
    assert "Two-step sign-in is off. Your password is enough again." in page.content.decode()
    assert Authenticator.objects.filter(user=person).count() == 0
    first = Client().post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert first.headers["Location"] == "/"


def test_whoever_lost_phone_and_codes_is_let_in_by_a_command(client: Client, person: User) -> None:
    switch_on(client)
    call_command("end_two_steps", person.email.upper())
    first = Client().post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert first.headers["Location"] == "/"
    for address in (person.email, "nobody@larkmoor.example"):
        with pytest.raises(CommandError):
            call_command("end_two_steps", address)


def test_staff_see_who_signs_in_in_two_steps(client: Client, cast: Cast, sign_in: SignIn) -> None:
    switch_on(client)
    text = text_of(sign_in(cast.staff).get("/d/larkmoor/people/").content.decode())
    assert text.count("Signs in with password and code") == 1
    assert f"Imogen Tasker {cast.coordinator.user.email} Signs in with password and code" in text


@pytest.mark.parametrize(
    "page", ["", "codes/", "codes/generate/", "app/activate/", "app/deactivate/", "reauthenticate/"]
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_reads_only_and_speaks_both_languages(
    client: Client, person: User, page: str, language: str
) -> None:
    if page != "app/activate/":
        switch_on(client)
    User.objects.filter(pk=person.pk).update(language=language)
    with connection.execute_wrapper(refuse_writes):
        answer = client.get(f"{MINE}{page}")
    assert (answer.status_code, f'<html lang="{language}">' in answer.content.decode()) == (200, True)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_second_step_reads_only_and_speaks_both_languages(
    client: Client, person: User, language: str
) -> None:
    switch_on(client)
    visitor = Client(headers={"Accept-Language": language})
    visitor.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    with connection.execute_wrapper(refuse_writes):
        answer = visitor.get(f"{MINE}authenticate/")
    assert (answer.status_code, f'<html lang="{language}">' in answer.content.decode()) == (200, True)
