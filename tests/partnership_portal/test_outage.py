"""A part that is away, and an error of ours: a clear page for each, in both languages, without a database."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from celery import current_app
from django.core.cache import cache
from django.db import connection
from django.db.utils import InterfaceError, OperationalError
from django.test import Client
from kombu.exceptions import OperationalError as BrokerAway
from redis.exceptions import ConnectionError as RedisAway

from accounts import clock
from accounts.attempts import begin_job
from accounts.jobs import LATE, queue_job, sweep_jobs
from accounts.models import Job
from partnership_portal import views
from press.documents import PressUnavailable
from tests.conftest import Cast, SignIn

LOST = "What you sent just now may not have been saved."
PERDIDO = "Es posible que lo que acaba de enviar no se haya guardado."


def raising(error: Exception) -> Callable[..., Any]:
    def fail(*_args: Any, **_options: Any) -> Any:
        raise error

    return fail


def led_to_by(cause: Exception) -> Exception:
    error = RuntimeError("and so this failed")
    error.__cause__ = cause
    return error


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("gone"),
        InterfaceError("gone"),
        RedisAway("gone"),
        BrokerAway("gone"),
        PressUnavailable("gone"),
        led_to_by(OperationalError("gone")),
    ],
)
def test_a_part_that_is_away(
    db: None, visitor: Client, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(views, "render", raising(error))
    answer = visitor.get("/help/")
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"], answer.headers["Cache-Control"]) == (
        503,
        "30",
        "no-store",
    )
    assert "<h1>A part of the portal does not answer</h1>" in page
    assert LOST in page
    assert f"The number to tell: {answer.headers['X-Request-ID']}" in page


def test_an_error_of_ours_is_not_called_an_outage(
    db: None, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "render", raising(ValueError("ours")))
    answer = visitor.get("/help/")
    assert answer.status_code == 500
    assert "<h1>Something broke on our side</h1>" in answer.content.decode()
    assert f"The number to tell: {answer.headers['X-Request-ID']}" in answer.content.decode()


@pytest.mark.parametrize(
    ("headers", "said", "language"),
    [
        ({"Accept-Language": "es-US"}, PERDIDO, "es"),
        ({"Accept-Language": "en"}, LOST, "en"),
        ({"Accept-Language": "fr"}, LOST, "en"),
    ],
)
def test_without_a_database_the_page_speaks_the_browsers_language(
    visitor: Client,
    monkeypatch: pytest.MonkeyPatch,
    headers: dict[str, str],
    said: str,
    language: str,
) -> None:
    monkeypatch.setattr(connection, "ensure_connection", raising(OperationalError("gone")))
    monkeypatch.setattr(connection, "cursor", raising(OperationalError("gone")))
    visitor.cookies["sessionid"] = "x" * 32
    answer = visitor.get("/d/larkmoor/", headers=headers)
    assert (answer.status_code, answer.headers["Content-Language"]) == (503, language)
    assert said in answer.content.decode()
    assert f'<html lang="{language}">' in answer.content.decode()


def test_whoever_signs_in_while_redis_is_away_is_told(
    cast: Cast, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(cache._cache), "get_client", raising(RedisAway("gone")))
    answer = visitor.post("/accounts/login/", {"login": "a@larkmoor.example", "password": "x"})
    assert (answer.status_code, LOST in answer.content.decode()) == (503, True)


def test_a_file_that_is_handed_over_while_the_queue_is_away_waits_and_is_taken_up(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(current_app, "send_task", raising(BrokerAway("gone")))
    with django_capture_on_commit_callbacks(execute=True):
        job = queue_job(kind="import", label="Import", by=cast.staff)
    sent: list[Any] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args: sent.append((name, args)))
    assert (sweep_jobs(), sent) == ((0, 0), [])
    Job.objects.update(queued_at=clock.now() - LATE - datetime.timedelta(seconds=1))
    assert (sweep_jobs(), sent) == ((0, 1), [("partners.take_in", [job.pk])])
    begin_job(job=job)
    assert sweep_jobs() == (0, 0)
