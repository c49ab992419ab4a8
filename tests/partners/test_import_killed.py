"""Imports by workers of their own that are killed, cancelled, put to sleep and robbed of their queue.

Nobody sleeps until the right moment: the import is held in its middle by a lock on a table that it writes
late. What came in is then nothing, or all of the file, once.
"""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.conf import settings as django_settings
from django.db import connection
from django.db.models.functions import Now
from kombu import Connection
from psycopg2 import connect
from redis import Redis

from accounts import clock
from accounts.jobs import LATE, SILENT, sweep_jobs
from accounts.models import Job
from partners.interchange.jobs import queue_import, queue_step, run_import
from partners.interchange.outcome import APPLY
from partners.models import Contact, ExternalId, ImportBatch, ImportRow, Partner, Service, Site
from partnership_portal.redis_urls import BROKER_DATABASE, broker_url
from tests.conftest import Cast, SignIn
from tests.partners.test_import_page import sample, words, zipped
from tests.processes import WORKER, OwnRedis, kill, own_redis, start, until, worker_with_schedule

NOTHING = {"partners": 0, "sites": 0, "services": 0, "contacts": 0, "ids": 0, "rows": 0}
ONE_IMPORT = {"partners": 3, "sites": 4, "services": 4, "contacts": 4, "ids": 15, "rows": 15}
WAITS = (
    "SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'partners_externalid'::regclass"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
HAS_WRITTEN_AND_WAITS = (
    "SELECT count(*) FROM pg_locks waits JOIN pg_locks wrote USING (pid)"
    " WHERE NOT waits.granted AND waits.locktype IN ('transactionid', 'tuple')"
    " AND wrote.granted AND wrote.mode = 'RowExclusiveLock'"
    " AND wrote.relation = 'partners_importrow'::regclass"
)


def counts() -> dict[str, int]:
    models = (Partner, Site, Service, Contact, ExternalId, ImportRow)
    return {name: model.objects.count() for name, model in zip(NOTHING, models, strict=True)}


@pytest.fixture
def queue() -> Iterator[OwnRedis]:
    with own_redis() as redis:
        yield redis


@pytest.fixture
def portal(
    committed_cast: Cast, queue: OwnRedis, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Cast:
    """The cast, with a queue and a folder of files that workers know too."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        },
    }
    name = str(connection.settings_dict["NAME"])
    broker = Connection(broker_url(queue.url))
    monkeypatch.setattr(
        current_app, "send_task", partial(current_app.send_task, connection=broker, queue=name)
    )
    return committed_cast


Hire = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def hire(queue: OwnRedis, tmp_path: Path) -> Iterator[Hire]:
    """hire() starts a worker; all end with the test."""
    hired: list[subprocess.Popen[bytes]] = []

    def started(scheduled: bool = False) -> subprocess.Popen[bytes]:
        common = {"redis": queue.url, "PORTAL_VAR": str(tmp_path)}
        hired.append(worker_with_schedule(tmp_path, **common) if scheduled else start(WORKER, **common))
        return hired[-1]

    yield started
    for worker in hired:
        if worker.poll() is None:
            kill(worker)


@contextmanager
def held_in_the_middle() -> Iterator[Any]:
    """No import gets past its partners, sites, services and contacts within the block."""
    other = connect(**connection.get_connection_params())
    try:
        with other.cursor() as cursor:
            cursor.execute("LOCK TABLE partners_externalid IN SHARE MODE")
            yield cursor
        other.rollback()
    finally:
        other.close()


def waits_there(cursor: Any) -> list[int]:
    """The database's processes of imports that wait in their middle."""
    cursor.execute(WAITS)
    return [pid for (pid,) in cursor.fetchall()]


def hand_over(cast: Cast) -> ImportBatch:
    """An import that was looked at, and waits for a worker to take it in."""
    content = zipped(sample()).read()
    batch = queue_import(name="list.zip", content=content, source="211", by=cast.coordinator)
    run_import(job=batch.job)
    queue_step(batch=batch, step=APPLY, by=cast.coordinator)
    return batch


def the_job() -> Job:
    return Job.objects.latest("pk")


def is_in(*states: str) -> Callable[[], bool]:
    return lambda: the_job().state in states


def falls_silent() -> None:
    """As if a minute had passed since its worker was last heard of."""
    Job.objects.update(heartbeat_at=Now() - SILENT)


def page_of(batch: ImportBatch) -> str:
    return f"/d/larkmoor/partners/import/{batch.uid}/"


def test_killed_in_the_middle_it_says_so_and_resumed_it_comes_in_once(
    portal: Cast, hire: Hire, sign_in: SignIn
) -> None:
    batch, client = hand_over(portal), sign_in(portal.coordinator)
    worker = hire()
    with held_in_the_middle() as cursor:
        until(lambda: waits_there(cursor), "the import stands in its middle")
        kill(worker)
    until(lambda: not waits_there_now(), "the database has noticed")
    assert (the_job().state, counts()) == ("running", NOTHING)
    falls_silent()
    assert sweep_jobs() == (1, 0)
    page = words(client.get(page_of(batch)))
    assert "Stopped: nothing was imported" in page
    assert "Stopped: the worker ended. Nothing was imported. It can be resumed" in page

    client.post(f"/d/larkmoor/jobs/{the_job().uid}/resume/")
    hire()
    until(is_in("done"), "the import is done")
    assert (counts(), the_job().attempts) == (ONE_IMPORT, 2)
    assert "Imported: 3 organizations, 4 places, 4 services, 4 contacts." in words(client.get(page_of(batch)))


def waits_there_now() -> list[int]:
    with connection.cursor() as cursor:
        return waits_there(cursor)


def test_killed_as_it_finishes_it_leaves_nothing_and_resumed_it_comes_in_once(
    portal: Cast, hire: Hire, sign_in: SignIn
) -> None:
    """All is written, and that the job is done waits for its row: neither is committed without the other."""
    hand_over(portal)
    worker = hire()
    with connect(**connection.get_connection_params()) as other, other.cursor() as row:
        with held_in_the_middle() as cursor:
            until(lambda: waits_there(cursor), "the import stands in its middle")
            row.execute("SELECT 1 FROM accounts_job FOR UPDATE")
        until(finishes, "the import waits to say that it is done")
        kill(worker)
        other.rollback()
    other.close()
    until(lambda: not finishes(), "the database has noticed")
    assert (the_job().state, counts()) == ("running", NOTHING)
    falls_silent()
    assert sweep_jobs() == (1, 0)
    sign_in(portal.coordinator).post(f"/d/larkmoor/jobs/{the_job().uid}/resume/")
    hire()
    until(is_in("done"), "the import is done")
    assert counts() == ONE_IMPORT


def finishes() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(HAS_WRITTEN_AND_WAITS)
        return bool(cursor.fetchone()[0])


def test_an_import_that_has_to_wait_is_heard_of_meanwhile(portal: Cast, hire: Hire) -> None:
    hand_over(portal)
    hire()
    with held_in_the_middle() as cursor:
        until(lambda: waits_there(cursor), "the import stands in its middle")
        falls_silent()
        silent = the_job().heartbeat_at
        until(lambda: the_job().heartbeat_at > silent, "a sign of life")
        assert (sweep_jobs(), the_job().state) == ((0, 0), "running")
        assert (the_job().done, the_job().total) == (15, 45)
    until(is_in("done"), "the import is done")
    assert counts() == ONE_IMPORT


def test_cancelled_in_the_middle_nothing_of_it_is_there(portal: Cast, hire: Hire, sign_in: SignIn) -> None:
    batch, client = hand_over(portal), sign_in(portal.coordinator)
    hire()
    with held_in_the_middle() as cursor:
        until(lambda: waits_there(cursor), "the import stands in its middle")
        client.post(f"/d/larkmoor/jobs/{the_job().uid}/cancel/")
        assert "Being cancelled" in words(client.get(page_of(batch)))
    until(is_in("cancelled", "done"), "the import has ended")
    assert (the_job().state, counts()) == ("cancelled", NOTHING)
    assert "Cancelled: nothing was imported" in words(client.get(page_of(batch)))


def test_a_worker_that_slept_wakes_after_resume_and_leaves_nothing(
    portal: Cast, hire: Hire, sign_in: SignIn
) -> None:
    hand_over(portal)
    sleeper = hire()
    with held_in_the_middle() as cursor:
        until(lambda: waits_there(cursor), "the import stands in its middle")
        os.killpg(sleeper.pid, signal.SIGSTOP)
        falls_silent()
        assert sweep_jobs() == (1, 0)
        sign_in(portal.coordinator).post(f"/d/larkmoor/jobs/{the_job().uid}/resume/")
        second = hire()
        until(lambda: the_job().attempts == 2, "the second worker has begun")
    os.killpg(sleeper.pid, signal.SIGCONT)
    until(is_in("done"), "the import is done")
    assert (second.poll(), counts(), the_job().attempts) == (None, ONE_IMPORT, 2)


def test_what_waits_while_the_queue_is_emptied_is_handed_over_again(
    portal: Cast, queue: OwnRedis, hire: Hire
) -> None:
    hand_over(portal)
    name = connection.settings_dict["NAME"]
    with Redis.from_url(queue.url, db=BROKER_DATABASE) as redis:
        assert redis.llen(name) == 2  # the look at it, which is done, and the import
        queue.flushall()
        assert redis.llen(name) == 0
    Job.objects.update(queued_at=clock.now() - LATE)
    hire(scheduled=True)
    until(is_in("done"), "the import is done")
    assert counts() == ONE_IMPORT


def test_the_schedule_itself_says_that_a_job_is_stopped(portal: Cast, hire: Hire) -> None:
    assert django_settings.CELERY_BEAT_SCHEDULE["sweep-jobs"]["schedule"] == 60.0
    hand_over(portal)
    first = hire()
    with held_in_the_middle() as cursor:
        until(lambda: waits_there(cursor), "the import stands in its middle")
        kill(first)
    falls_silent()
    hire(scheduled=True)
    until(is_in("stopped"), "the import is stopped")
    assert counts() == NOTHING


def test_two_resumes_at_once_and_three_workers_make_one_import(
    portal: Cast, hire: Hire, sign_in: SignIn
) -> None:
    hand_over(portal)
    Job.objects.filter(pk=the_job().pk).update(state="stopped", attempts=1)
    for member in (portal.coordinator, portal.staff):
        sign_in(member).post(f"/d/larkmoor/jobs/{the_job().uid}/resume/")
    for _worker in range(2):
        hire()
    until(is_in("done"), "the import is done")
    assert (counts(), the_job().attempts) == (ONE_IMPORT, 2)
