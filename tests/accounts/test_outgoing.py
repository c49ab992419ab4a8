"""Mail that is wanted nudges the outbox once, after the commit; a queue that is down stops nobody."""

import logging
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import current_app
from django.db import transaction

from accounts.outgoing import SEND, nudge_outbox
from accounts.roles import Role
from accounts.services import invite
from tests.conftest import Cast, Committing


def test_an_invitation_nudges_the_outbox_once_and_not_before_the_commit(
    cast: Cast, nudges: list[str], django_capture_on_commit_callbacks: Committing
):
    with django_capture_on_commit_callbacks(execute=True):
        invite(district=cast.larkmoor, email="new@larkmoor.example", role=Role.STAFF, by=cast.staff)
        assert nudges == []
    assert nudges == ["outreach.send"]


def test_an_invitation_whose_link_is_printed_instead_nudges_nobody(
    cast: Cast, nudges: list[str], django_capture_on_commit_callbacks: Committing
):
    with django_capture_on_commit_callbacks(execute=True):
        invite(district=cast.larkmoor, email="new@larkmoor.example", role=Role.STAFF, by=None)
    assert nudges == []


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_nudges_nobody(nudges: list[str]):
    with transaction.atomic():
        nudge_outbox()
        transaction.set_rollback(True)
    assert nudges == []


def test_the_task_is_one_that_the_worker_knows():
    current_app.loader.import_default_modules()
    assert SEND in current_app.tasks


@pytest.fixture
def silent_server(tmp_path: Path) -> Iterator[str]:
    """A server that takes connections and never answers."""
    path = str(tmp_path / "silent.sock")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        yield path


def dead(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the queue lie at a socket where no Redis answers."""
    monkeypatch.setattr(current_app.conf, "broker_url", f"redis+socket://{path}?virtual_host=1")


def seconds_to_invite(cast: Cast, committing: Committing) -> float:
    """How long a person waits; told in the report, not judged."""
    began = time.monotonic()
    with committing(execute=True):
        invite(district=cast.larkmoor, email="new@larkmoor.example", role=Role.STAFF, by=cast.staff)
    return time.monotonic() - began


def test_a_queue_that_is_down_is_a_line_in_the_log(
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    record_property: Callable[[str, object], None],
    django_capture_on_commit_callbacks: Committing,
):
    dead("/nonexistent/redis.sock", monkeypatch)
    record_property("seconds", seconds_to_invite(cast, django_capture_on_commit_callbacks))
    assert caplog.record_tuples == [
        (
            "accounts",
            logging.WARNING,
            "The queue was not reached (OperationalError); the sweep sends the mail",
        )
    ]


def test_so_is_one_that_takes_the_call_and_does_not_answer(
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    record_property: Callable[[str, object], None],
    django_capture_on_commit_callbacks: Committing,
    silent_server: str,
):
    dead(silent_server, monkeypatch)
    record_property("seconds", seconds_to_invite(cast, django_capture_on_commit_callbacks))
    assert [record.levelname for record in caplog.records] == ["WARNING"]
