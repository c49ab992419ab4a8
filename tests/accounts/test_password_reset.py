"""A new password by mail: from the page to the mail to signing in, in both languages, telling nothing."""

import datetime
import re

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.utils.http import int_to_base36
from time_machine import Traveller

from accounts.models import Session, User
from tests.access.asking import refuse_writes
from tests.conftest import Cast

RESET = "/accounts/password/reset/"
NEW = "five words of one new song"


@pytest.fixture
def person(cast: Cast) -> User:
    user: User = cast.coordinator.user
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def ask(address: str, language: str = "en") -> Client:
    client = Client(headers={"Accept-Language": language})
    assert client.post(RESET, {"email": address}).headers["Location"] == f"{RESET}done/"
    return client


def link_in(mail: EmailMessage) -> str:
    return re.search(r"^http://testserver(/accounts/password/reset/key/\S+)$", str(mail.body), re.M)[1]  # type: ignore[index]


def choose(client: Client, link: str, password: str = NEW) -> str:
    """Open the link and choose; out comes the heading of the page one lands on."""
    page = client.get(link, follow=True)
    if page.redirect_chain:
        typed = {"password1": password, "password2": password}
        page = client.post(page.redirect_chain[-1][0], typed, follow=True)
    return re.search(r"<h1>(.*?)</h1>", page.content.decode())[1]  # type: ignore[index]


def test_from_the_page_to_signing_in_with_the_new_password(
    person: User, mailoutbox: list[EmailMessage]
) -> None:
    client = ask(person.email.upper())
    [mail] = mailoutbox
    assert (mail.to, mail.subject) == ([person.email], "Choose a new password")
    assert str(mail.body).strip().split("\n\n")[::2] == [
        "Someone, most likely you, asked for a new password for the partnership portal. Open this link and"
        " choose one:",
        "The link works once, for one day. Where you sign in with a code from an app, you still need the"
        " code.",
    ]
    assert choose(client, link_in(mail)) == "Your password is changed"
    answer = Client().post("/accounts/login/", {"login": person.email, "password": NEW})
    assert answer.headers["Location"] == "/"


def test_the_mail_speaks_the_language_of_the_person_and_the_page_that_of_the_browser(
    person: User, mailoutbox: list[EmailMessage]
) -> None:
    User.objects.filter(pk=person.pk).update(language="es")
    client = ask(person.email, "en")
    [mail] = mailoutbox
    assert mail.subject == "Elegir una nueva contraseña"
    assert "El enlace sirve una sola vez" in str(mail.body)
    assert choose(client, link_in(mail)) == "Your password is changed"


def test_the_page_in_spanish(person: User, mailoutbox: list[EmailMessage]) -> None:
    client = ask(person.email, "es")
    assert choose(client, link_in(mailoutbox[0])) == "Su contraseña cambió"


def test_an_address_that_nobody_has_gets_the_same_answer_and_tells_nothing(
    person: User, mailoutbox: list[EmailMessage]
) -> None:
    addresses = (person.email, "nobody@example.org")
    pages = [ask(address).get(f"{RESET}done/").content.decode().split("<main")[1] for address in addresses]
    assert pages[0] == pages[1]
    assert [mail.subject for mail in mailoutbox] == ["Choose a new password", "No account with this address"]


def test_whoever_is_switched_off_gets_no_link(person: User, mailoutbox: list[EmailMessage]) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    ask(person.email)
    assert [mail.subject for mail in mailoutbox] == ["No account with this address"]


def test_the_link_works_once(person: User, mailoutbox: list[EmailMessage]) -> None:
    client = ask(person.email)
    link = link_in(mailoutbox[0])
    assert choose(client, link) == "Your password is changed"
    assert choose(Client(), link) == "This link no longer works"


def test_a_link_that_was_only_looked_at_works_still(person: User, mailoutbox: list[EmailMessage]) -> None:
    client = ask(person.email)
    link = link_in(mailoutbox[0])
    with connection.execute_wrapper(refuse_writes):
        Client().get(link, follow=True)
    assert choose(client, link) == "Your password is changed"


@pytest.mark.parametrize(
    ("hours", "heading"), [(23, "Your password is changed"), (25, "This link no longer works")]
)
def test_the_link_works_for_a_day(
    person: User, mailoutbox: list[EmailMessage], time_machine: Traveller, hours: int, heading: str
) -> None:
    ask(person.email)
    time_machine.move_to(datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=hours))
    assert choose(Client(), link_in(mailoutbox[0])) == heading


def test_a_false_link_writes_nothing(person: User) -> None:
    person.emailaddress_set.all().delete()
    with connection.execute_wrapper(refuse_writes):
        page = Client().get(f"{RESET}key/{int_to_base36(person.pk)}-cx1234-0123456789abcdef/")
    assert "This link no longer works" in page.content.decode()


def test_whoever_is_signed_in_somewhere_is_signed_out_by_it(
    person: User, mailoutbox: list[EmailMessage]
) -> None:
    elsewhere = Client()
    elsewhere.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client = ask(person.email)
    choose(client, link_in(mailoutbox[0]))
    assert Session.objects.filter(user=person).count() == 0
    assert elsewhere.get("/accounts/sign-in/").status_code == 302


def test_a_short_password_is_refused_with_its_reason(person: User, mailoutbox: list[EmailMessage]) -> None:
    client = ask(person.email)
    assert choose(client, link_in(mailoutbox[0]), "short") == "Choose a new password"
    assert choose(client, link_in(mailoutbox[0])) == "Your password is changed"


def test_asking_is_limited_by_address(person: User, mailoutbox: list[EmailMessage]) -> None:
    answers = [Client().post(RESET, {"email": person.email}).status_code for _try in range(6)]
    assert (answers, len(mailoutbox)) == ([302] * 5 + [429], 5)
