"""A signed letter's page says where its mail stands, out of the outbox."""

import re
from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage

from accounts.models import Membership
from letters.models import Letter
from outreach import outbox, planning
from tests.conftest import Cast, SignIn
from tests.outreach.factories import a_letter, keep_as_signed
from tests.outreach.sink import sink
from tests.outreach.test_wanted_mail import tuesday_now

pytestmark = pytest.mark.usefixtures("tuesday")
Says = Callable[[Membership], str]


@pytest.fixture
def letter(cast: Cast) -> Letter:
    made = a_letter(cast.quillback, cast.principal, cast.coordinator)
    keep_as_signed(made)
    Letter.objects.update(mail_wanted_at=tuesday_now())
    return made


@pytest.fixture
def says(letter: Letter, sign_in: SignIn) -> Says:
    """What a person reads of the letter's mail."""

    def said(member: Membership) -> str:
        page = sign_in(member).get(f"/d/larkmoor/letters/{letter.uid}/").content.decode()
        shown = re.search(r"<dt>Mail</dt><dd>(.*?)</dd>", page, re.DOTALL)
        assert shown
        return " ".join(re.sub(r"<[^>]+>", " ", shown[1]).split())

    return said


def test_it_is_on_its_way_until_it_has_gone(cast: Cast, says: Says, mailoutbox: list[EmailMessage]):
    assert says(cast.principal) == "In the mail going out"
    planning.pull()
    assert says(cast.principal) == "Going out"
    outbox.drain()
    assert len(mailoutbox) == 1
    assert says(cast.principal) == "Kept here, not sent"


def test_in_production_it_says_sent(cast: Cast, says: Says, settings: object, mailoutbox: list[EmailMessage]):
    settings.PRODUCTION = True
    settings.SECURE_SSL_REDIRECT = False
    planning.pull()
    outbox.drain()
    assert says(cast.principal) == "Sent"


def test_it_says_why_it_did_not_go_and_leads_those_to_the_message_who_keep_records(
    cast: Cast, says: Says, settings: object
):
    planning.pull()
    with sink(lambda n: "550 5.1.1 No such user") as server:
        settings.EMAIL_BACKEND = "outreach.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        outbox.drain()
    why = "Failed The mail server refused it. 550 5.1.1 No such user"
    assert says(cast.principal) == why
    assert says(cast.coordinator) == f"{why} Open the message"
