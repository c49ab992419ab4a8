"""What can become of a message, each made by what really happens, and read with its reason on its page."""

import dataclasses
import html
import re
from collections.abc import Callable

import pytest
from time_machine import Traveller

from letters.models import Letter
from letters.services import withdraw_letter
from outreach import outbox, planning, registry
from outreach.enums import State
from outreach.models import Message
from outreach.registry import Attachment, MailSource
from tests.conftest import Cast, SignIn
from tests.outreach.factories import a_letter, a_message, switch_on
from tests.outreach.sink import sink

pytestmark = pytest.mark.usefixtures("tuesday")
MAIL = "/d/larkmoor/mail/"
Read = Callable[[Message], tuple[str, str]]


@pytest.fixture
def read(cast: Cast, sign_in: SignIn) -> Read:
    """A message as its page and its row of the list say it: both the same words."""

    def said(message: Message) -> tuple[str, str]:
        page = sign_in(cast.staff)
        lead = page.get(f"{MAIL}{message.uid}/").content.decode().split("pp-lead", 1)[1]
        state, why = state_in(lead)
        row = page.get(MAIL).content.decode().split(f"{message.uid}/", 1)[1]
        assert state_in(row) == (state, why)
        return state, why

    return said


def state_in(part: str) -> tuple[str, str]:
    """The words of the first state in a part of a page, and the reason beside it."""
    shown = re.search(
        r'pp-state [^>]*>(.*?)</span>(?:<span class="pp-because">(.*?)</span>)?', part, re.DOTALL
    )
    assert shown
    words = [re.sub(r"<[^>]+>", "", text or "") for text in shown.groups()]
    return html.unescape(words[0]).strip(), html.unescape(words[1]).strip()


def drain_into(settings: object, *answers: str) -> None:
    """Send to a mail server that gives these answers, one a message, and then takes what comes."""
    with sink(lambda n: answers[n - 1] if n <= len(answers) else "") as server:
        settings.EMAIL_BACKEND = "outreach.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        outbox.drain()


def test_a_connection_that_broke_after_the_message_was_handed_over(
    cast: Cast, notices: MailSource, settings: object, read: Read
):
    message = a_message(cast.larkmoor)
    drain_into(settings, "drop after")
    state, why = read(message)
    assert state == "Uncertain"
    assert why.startswith("The connection broke after the message was handed over. It may have arrived.")


def test_a_server_that_refuses(cast: Cast, notices: MailSource, settings: object, read: Read):
    message = a_message(cast.larkmoor)
    drain_into(settings, "550 5.1.1 No such user")
    assert read(message) == ("Failed", "The mail server refused it. 550 5.1.1 No such user")


def test_a_server_that_puts_it_off_every_time(
    cast: Cast, notices: MailSource, settings: object, tuesday: Traveller, read: Read
):
    message = a_message(cast.larkmoor)
    for wait in (*outbox.BACKOFF, outbox.BACKOFF[-1]):
        drain_into(settings, "451 4.3.0 Later")
        tuesday.shift(wait)
    assert read(message) == ("Failed", "The mail server put it off too many times. 451 4.3.0 Later")


def test_a_message_that_cannot_be_put_together(cast: Cast, notices: MailSource, read: Read):
    def broken(message: Message) -> list[Attachment]:
        raise KeyError("pdf")

    registry.add_mail(dataclasses.replace(notices, files=broken))
    message = a_message(cast.larkmoor)
    outbox.drain()
    assert read(message) == ("Failed", "The message could not be put together. KeyError: 'pdf'")


def test_an_address_that_wants_no_more_mail(
    cast: Cast, notices: MailSource, settings: object, sign_in: SignIn, read: Read
):
    first, second = a_message(cast.larkmoor, 1), a_message(cast.larkmoor, 2, to="person1@partner.example")
    sign_in(cast.staff).post(f"{MAIL}{first.uid}/block/")
    drain_into(settings)
    why = "This address wants no mail of this kind, or could not be reached."
    assert (read(first), read(second)) == (("Blocked", why), ("Blocked", why))


@pytest.fixture
def reminder(cast: Cast) -> Message:
    """A reminder of a letter without an answer, on its way."""
    a_letter(cast.quillback, cast.principal, cast.coordinator)
    switch_on(cast.staff)
    planning.plan_district(cast.larkmoor)
    message: Message = Message.objects.get()
    assert message.state == State.QUEUED
    return message


def test_a_letter_that_was_withdrawn_before_its_reminder_went(
    cast: Cast, reminder: Message, settings: object, read: Read
):
    letter = Letter.objects.get()
    withdraw_letter(letter=letter, version=letter.version, reason="Wrong address", by=cast.principal)
    drain_into(settings)
    assert read(reminder) == ("Skipped", "The letter was withdrawn.")


def test_an_answer_that_came_before_the_reminder_went(
    cast: Cast, reminder: Message, settings: object, sign_in: SignIn, read: Read
):
    letter = Letter.objects.get()
    recorded = sign_in(cast.coordinator).post(
        f"/d/larkmoor/letters/{letter.uid}/reply/", {"answer": "yes", "source": "phone", "note": ""}
    )
    assert recorded.status_code == 302
    drain_into(settings)
    assert read(reminder) == ("Skipped", "They have answered.")


def test_a_person_without_an_address(cast: Cast, read: Read):
    a_letter(cast.quillback, cast.principal, cast.coordinator, email="")
    planning.plan_district(cast.larkmoor)
    assert read(Message.objects.get()) == ("Skipped", "We have no e-mail address for this person.")
