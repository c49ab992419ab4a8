"""/healthz: what it says when all is well, and of each part that does not answer."""

import datetime
import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts import clock
from outreach import stops
from outreach.backlog import oldest_due
from outreach.enums import Reason, State
from outreach.models import MessageEvent
from partnership_portal import health, heartbeat
from partnership_portal.tasks import beat
from press import client as press
from tests.conftest import Cast, SignIn
from tests.outreach.factories import a_message

WELL = {
    "database": {"ok": True},
    "redis": {"ok": True},
    "press": {"ok": True},
    "worker": {"ok": True, "seconds_since_heartbeat": 0},
    "mail": {"ok": True, "oldest_due_minutes": 0},
}


@pytest.fixture
def press_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "status", lambda **_: {"network": "none"})


@pytest.fixture(autouse=True)
def no_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker was heard of 0 seconds ago, however long the machine takes to ask."""
    now = time.time()
    monkeypatch.setattr(heartbeat.time, "time", lambda: now)


@pytest.fixture
def silent() -> Iterator[Path]:
    """A folder with a socket that takes connections and never says a word, under PostgreSQL's name."""
    with tempfile.TemporaryDirectory(prefix="pp-") as folder, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{folder}/.s.PGSQL.5432")
        listener.listen()
        yield Path(folder)


def ask(**headers: str) -> tuple[int, dict[str, Any]]:
    answer = Client().get("/healthz", headers=headers)
    return answer.status_code, answer.json()


def parts_when(**changed: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    return 503, {"ok": False, "parts": WELL | changed}


def test_all_is_well(db: None, press_answers: None) -> None:
    beat()
    assert ask() == (200, {"ok": True, "parts": WELL})


def test_a_monitor_may_ask_under_any_name_and_without_a_certificate(
    db: None, press_answers: None, settings: Any
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    beat()
    assert ask(host="10.0.0.7:8000")[0] == 200


def test_only_get_and_head_are_answered() -> None:
    assert Client().post("/healthz").status_code == 405


def test_one_who_is_signed_in_costs_no_session(cast: Cast, press_answers: None, sign_in: SignIn) -> None:
    client = sign_in(cast.staff)
    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        client.get("/healthz")
    assert [sql for sql in asked if "session" in sql or "accounts_user" in sql] == []


def test_a_press_that_is_away(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESS_SOCKET", "/nowhere/press.sock")
    beat()
    assert ask() == parts_when(press={"ok": False})


def test_a_worker_that_was_never_seen_and_one_that_is_late(
    db: None, press_answers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask() == parts_when(worker={"ok": False, "seconds_since_heartbeat": None})
    beat()
    now = time.time()
    monkeypatch.setattr(heartbeat.time, "time", lambda: now + health.HEARTBEAT_AT_MOST + 5)
    status, said = ask()
    assert status == 503
    assert said["parts"]["worker"]["ok"] is False
    assert said["parts"]["worker"]["seconds_since_heartbeat"] in (125, 126)


def test_redis_that_is_away_takes_the_workers_sign_of_life_with_it(
    db: None, press_answers: None, settings: Any
) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    unknown = {"ok": False, "seconds_since_heartbeat": None}
    assert ask() == parts_when(redis={"ok": False}, worker=unknown)


def test_a_database_that_is_away(press_answers: None, monkeypatch: pytest.MonkeyPatch, silent: Path) -> None:
    beat()
    away = {"dbname": "portal", "user": "portal_app", "host": str(silent / "nobody")}
    monkeypatch.setattr(connection, "get_connection_params", lambda: away)
    assert ask() == parts_when(database={"ok": False}, mail={"ok": False, "oldest_due_minutes": None})


def test_parts_that_take_a_call_and_never_answer_hold_nobody_up(
    monkeypatch: pytest.MonkeyPatch, settings: Any, silent: Path
) -> None:
    listener = silent / ".s.PGSQL.5432"
    hangs = {"dbname": "portal", "user": "portal_app", "host": str(silent)}
    monkeypatch.setattr(connection, "get_connection_params", lambda: hangs)
    monkeypatch.setenv("PRESS_SOCKET", str(listener))
    settings.REDIS_URL = f"unix://{listener}"
    began = time.monotonic()
    status, said = ask()
    assert (status, [part["ok"] for part in said["parts"].values()]) == (503, [False] * 5)
    assert time.monotonic() - began < 6


def test_due_mail_that_waits_too_long_is_told_in_minutes(cast: Cast, press_answers: None) -> None:
    beat()
    waits = a_message(cast.larkmoor, not_before=clock.now() - datetime.timedelta(minutes=14, seconds=30))
    assert ask() == (200, {"ok": True, "parts": WELL | {"mail": {"ok": True, "oldest_due_minutes": 14}}})
    type(waits).objects.update(not_before=clock.now() - datetime.timedelta(minutes=40))
    assert ask() == parts_when(mail={"ok": False, "oldest_due_minutes": 40})


def test_what_counts_as_due(cast: Cast) -> None:
    now = clock.now()
    hour = datetime.timedelta(hours=1)
    a_message(cast.larkmoor, 1, not_before=now + hour)
    a_message(cast.larkmoor, 2, not_before=now - hour, state=State.WAITING, reason=Reason.KIND_OFF)
    a_message(cast.larkmoor, 3, not_before=now - hour, state=State.SENT, ended_at=now)
    a_message(cast.larkmoor, 4, not_before=now + hour, reason=Reason.RETRY)
    assert oldest_due() is None


def test_mail_that_our_own_server_puts_off_counts_from_its_first_try(cast: Cast) -> None:
    now = clock.now()
    minutes = datetime.timedelta(minutes=1)
    message = a_message(cast.larkmoor, not_before=now + minutes, reason=Reason.AWAY)
    for ago in (50, 30):
        MessageEvent.objects.create(
            district=cast.larkmoor,
            message=message,
            at=now - ago * minutes,
            state=State.QUEUED,
            reason=Reason.AWAY,
        )
    waits = oldest_due()
    assert waits is not None
    assert int(waits.total_seconds() // 60) == 50


def test_mail_that_somebody_stopped_is_not_late(cast: Cast) -> None:
    a_message(cast.larkmoor, not_before=clock.now() - datetime.timedelta(hours=2))
    assert oldest_due() is not None
    stops.stop(reason="A wrong date in all of them", by=cast.staff)
    assert oldest_due() is None
    stops.start(by=cast.staff)
    assert oldest_due() is not None
    stops.stop_portal(reason="The server moves")
    assert oldest_due() is None
