"""One's own sessions: listed in words, ended one by one or all others; and what ends a session by itself."""

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import clock, sessions
from accounts.models import Membership, Session, User
from accounts.services import end_membership
from tests.conftest import Cast, SignIn

MINE = "/accounts/sign-in/"
PASSWORD = "four words of no song"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/18.0 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def person(cast: Cast) -> User:
    user: User = cast.coordinator.user
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def signed_in(user: User, agent: str, address: str = "203.0.113.77") -> Client:
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)
    answer = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    return client


def is_signed_in(client: Client) -> bool:
    return client.get(MINE).status_code == 200


def shown(client: Client) -> list[tuple[str, str, bool]]:
    return [(one.device, one.address, one.current) for one in client.get(MINE).context["sessions"]]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (IPHONE, "Safari on iPhone"),
        (
            "Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36",
            "Chrome on ChromeOS",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("curl/8.0", "Unknown device"),
        ("", "Unknown device"),
    ],
)
def test_a_device_is_told_in_words(agent: str, words: str) -> None:
    assert sessions.device_in_words(agent) == words


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("203.0.113.77", "203.0.113.*"),
        ("2001:db8:85a3::8a2e:370:7334", "2001:0db8:85a3:*"),
        ("", ""),
        ("nonsense", ""),
    ],
)
def test_of_an_address_only_a_part_is_kept(address: str, kept: str) -> None:
    assert sessions.shortened(address) == kept


def test_ones_sessions_are_listed_and_nobody_elses(cast: Cast, person: User, sign_in: SignIn) -> None:
    sign_in(cast.principal)
    laptop = signed_in(person, FIREFOX)
    signed_in(person, IPHONE, "198.51.100.9")
    assert shown(laptop) == [
        ("Firefox on Windows", "203.0.113.*", True),
        ("Safari on iPhone", "198.51.100.*", False),
    ]


def test_it_is_said_when_each_was_last_used(person: User) -> None:
    laptop, _phone = signed_in(person, FIREFOX), signed_in(person, IPHONE)

    def told() -> list[tuple[str, str]]:
        return [(one.last_used, one.signed_in) for one in laptop.get(MINE).context["sessions"]]

    assert told() == [("now", "just now"), ("just now", "just now")]
    Session.objects.update(seen_at=clock.now() - datetime.timedelta(hours=3))
    assert [used for used, _since in told()] == ["now", "3\xa0hours ago"]


def test_the_keys_of_sessions_stand_on_no_page(person: User) -> None:
    laptop, _phone = signed_in(person, FIREFOX), signed_in(person, IPHONE)
    page = laptop.get(MINE).content.decode()
    assert [key for key in Session.objects.values_list("session_key", flat=True) if key in page] == []


def test_one_session_ends(person: User) -> None:
    laptop, phone = signed_in(person, FIREFOX), signed_in(person, IPHONE)
    [name] = re.findall(r'name="session" value="(\w+)"', laptop.get(MINE).content.decode())
    laptop.post(f"{MINE}end/", {"session": name})
    assert (is_signed_in(laptop), is_signed_in(phone)) == (True, False)
    page = laptop.post(f"{MINE}end/", {"session": name}, follow=True)
    assert "This session had ended already." in page.content.decode()


def test_nobody_ends_the_session_of_another(cast: Cast, person: User, sign_in: SignIn) -> None:
    phone = signed_in(person, IPHONE)
    [name] = [one.name for one in phone.get(MINE).context["sessions"]]
    sign_in(cast.staff).post(f"{MINE}end/", {"session": name})
    sign_in(cast.staff).post(f"{MINE}end-others/")
    assert is_signed_in(phone) is True


def test_all_others_end(person: User) -> None:
    laptop, phone, tablet = (signed_in(person, agent) for agent in (FIREFOX, IPHONE, ""))
    page = laptop.post(f"{MINE}end-others/", follow=True)
    assert "Signed out in 2 other places." in page.content.decode()
    assert [is_signed_in(client) for client in (laptop, phone, tablet)] == [True, False, False]


def test_a_new_password_ends_the_others_and_keeps_this_one(person: User) -> None:
    laptop, phone = signed_in(person, FIREFOX), signed_in(person, IPHONE)
    new = "other words of no song"
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    page = laptop.post("/accounts/password/change/", typed, follow=True)
    assert page.redirect_chain == [(MINE, 302)]
    assert "Your password is changed. Everywhere else you are signed out." in page.content.decode()
    assert Session.objects.filter(user=person).count() == 1
    assert (is_signed_in(laptop), is_signed_in(phone)) == (True, False)


def test_last_use_is_kept_every_five_minutes_and_the_session_grows_no_longer(person: User) -> None:
    laptop = signed_in(person, FIREFOX)
    first = Session.objects.get(user=person)
    for minutes, moved in ((4, 0), (2, 6), (4, 6), (2, 12)):
        clock.move(datetime.timedelta(minutes=minutes))
        laptop.get(MINE)
        row = Session.objects.get(user=person)
        assert round((row.seen_at - first.seen_at).total_seconds() / 60) == moved
        assert row.expire_date == first.expire_date


def test_the_page_only_reads_but_for_the_time_of_last_use(person: User) -> None:
    laptop = signed_in(person, FIREFOX)
    clock.move(datetime.timedelta(minutes=6))
    with CaptureQueriesContext(connection) as asked:
        laptop.get(MINE)
    writes = [query["sql"] for query in asked if not query["sql"].startswith("SELECT")]
    assert [re.sub(r" SET .*", "", sql) for sql in writes] == ['UPDATE "accounts_session"']


@pytest.mark.parametrize("others", [1, 3])
def test_the_page_costs_the_same_for_one_other_session_as_for_three(
    person: User, others: int, django_assert_num_queries: Any
) -> None:
    laptop = signed_in(person, FIREFOX)
    for _number in range(others):
        signed_in(person, IPHONE)
    with django_assert_num_queries(6):
        page = laptop.get(MINE)
    assert len(page.context["sessions"]) == others + 1


def test_whose_role_ended_is_refused_with_the_next_request(cast: Cast, person: User) -> None:
    laptop = signed_in(person, FIREFOX)
    assert laptop.get("/d/larkmoor/me/").status_code == 200
    today = clock.today(cast.larkmoor)
    member: Membership = cast.coordinator
    yesterday = today - datetime.timedelta(days=1)
    end_membership(membership=member, last_day=yesterday, version=member.version, by=cast.staff)
    assert laptop.get("/d/larkmoor/me/").status_code == 404


def test_whose_account_is_switched_off_is_refused_with_the_next_request(person: User) -> None:
    laptop = signed_in(person, FIREFOX)
    User.objects.filter(pk=person.pk).update(is_active=False)
    answer = laptop.get("/d/larkmoor/me/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/?next=/d/larkmoor/me/")
    again = Client().post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert again.headers["Location"] == "/accounts/inactive/"
