"""What a real mail server may do, and what becomes of the message."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core import mail as django_mail

from outreach import outbox
from outreach.enums import Reason, State
from outreach.models import Message
from outreach.registry import MailSource
from tests.conftest import Cast
from tests.outreach.factories import a_message
from tests.outreach.sink import sink
from tests.production import environment

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.usefixtures("tuesday")


def sent_to(port: int, settings: object) -> None:
    settings.EMAIL_BACKEND = "outreach.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    outbox.drain()


def first_then_fine(manner: str):
    return lambda n: manner if n == 1 else ""


@pytest.mark.parametrize(
    ("manner", "state", "reason"),
    [
        ("", State.SENT, ""),
        ("451 4.3.0 Later", State.QUEUED, Reason.RETRY),
        ("554 5.7.1 Not wanted", State.FAILED, Reason.REFUSED),
        ("drop before", State.QUEUED, Reason.RETRY),
        ("drop after", State.UNCERTAIN, Reason.LOST),
    ],
)
def test_the_first_message_ends_as_the_server_means_it_and_the_second_goes(
    cast: Cast, notices: MailSource, settings: object, manner: str, state: State, reason: str
):
    first, second = a_message(cast.larkmoor, 1), a_message(cast.larkmoor, 2)
    with sink(first_then_fine(manner)) as server:
        sent_to(server.port, settings)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.reason, second.state) == (state, reason, State.SENT)
    assert second.message_id in server.arrived


def test_no_server_at_all(cast: Cast, notices: MailSource, settings: object):
    a_message(cast.larkmoor)
    with sink() as server:
        closed = server.port
    sent_to(closed, settings)
    assert list(Message.objects.values_list("state", "reason")) == [(State.QUEUED, Reason.AWAY)]


def test_production_sends_through_the_backend_that_knows_what_was_handed_over():
    production = environment(EMAIL_URL="smtp+tls://user:word@mail.district.example:587")
    words = (
        "from partnership_portal import settings as s; print(s.EMAIL_BACKEND, s.EMAIL_HOST, s.EMAIL_USE_TLS)"
    )
    done = subprocess.run(
        [sys.executable, "-c", words], env=production, cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout == "outreach.smtp.EmailBackend mail.district.example True\n", done.stderr


def test_outside_production_nothing_can_leave():
    from partnership_portal import settings

    assert settings.PRODUCTION is False
    assert settings.EMAIL_BACKEND == "django.core.mail.backends.filebased.EmailBackend"
    assert django_mail.get_connection().__class__.__module__ == "django.core.mail.backends.locmem"
