"""A signed letter's mail: wanted with the signature, taken up at once, and called what became of it."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from celery import current_app

from letters import services
from letters.enums import EventKind, State
from letters.models import Letter, LetterEvent
from letters.services.writing import add_event
from tests.conftest import Cast, Committing, SignIn
from tests.press.running import RunningPress


@pytest.mark.parametrize(("send", "told"), [(True, ["outreach.send"]), (False, [])])
def test_a_signature_nudges_the_outbox_once_where_the_letter_is_to_be_sent(
    cast: Cast,
    waiting: Letter,
    press: RunningPress,
    nudges: list[str],
    django_capture_on_commit_callbacks: Committing,
    send: bool,
    told: list[str],
):
    with django_capture_on_commit_callbacks(execute=True):
        services.sign_letter(letter=waiting, version=waiting.version, by=cast.principal, send=send)
        assert nudges == []
    assert nudges == told


def test_asking_for_the_mail_of_a_signed_letter_nudges_the_outbox_once(
    cast: Cast, signed: Letter, nudges: list[str], django_capture_on_commit_callbacks: Committing
):
    with django_capture_on_commit_callbacks(execute=True):
        services.want_mail(letter=signed, version=signed.version, by=cast.principal)
    assert nudges == ["outreach.send"]


def test_a_letter_is_signed_though_the_queue_is_down(
    cast: Cast,
    waiting: Letter,
    press: RunningPress,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
    django_capture_on_commit_callbacks: Committing,
):
    monkeypatch.setattr(
        current_app.conf, "broker_url", "redis+socket:///nonexistent/redis.sock?virtual_host=1"
    )
    with django_capture_on_commit_callbacks() as after_commit:
        services.sign_letter(letter=waiting, version=waiting.version, by=cast.principal)
    began = time.monotonic()
    for act in after_commit:
        act()
    record_property("seconds", time.monotonic() - began)
    assert len(after_commit) == 1
    waiting.refresh_from_db()
    assert (waiting.state, waiting.mail_wanted_at) == (State.SIGNED, waiting.signed_at)


@pytest.mark.parametrize(("production", "words"), [(False, "Kept here, not sent"), (True, "Mailed")])
def test_only_where_mail_leaves_the_portal_a_letters_history_says_mailed(
    cast: Cast, signed: Letter, sign_in: SignIn, settings: Any, production: bool, words: str
):
    settings.PRODUCTION = production
    add_event(signed, EventKind.MAILED, by=None, reason="odile@tamarack.example")
    assert [str(event) for event in LetterEvent.objects.filter(kind=EventKind.MAILED)] == [words]
    page = sign_in(cast.principal).get(f"/d/larkmoor/letters/{signed.uid}/").content.decode()
    assert words in page
