"""A batch by workers of their own that are killed and put to sleep: each letter once, none missing.

Nobody sleeps until the right moment: a lock on a letter of the last chunk holds the worker where the first
chunk is signed, two more have their numbers, and the last has none.
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
from django.db import connection
from django.db.models.functions import Now
from kombu import Connection
from psycopg2 import connect

from accounts.attempts import Attempt, Left
from accounts.jobs import SILENT, resume_job, sweep_jobs
from accounts.models import Job
from letters.models import Batch, Letter, LetterNumber, NumberSeries, SignedLetter
from letters.services import batch_signing
from letters.services.batch_signing import CHUNK
from partnership_portal.redis_urls import broker_url
from tests.conftest import Cast
from tests.letters.batches import a_batch, as_read, hand_in, sign, work_at
from tests.letters.conftest import fill_school, make_partnership
from tests.press.running import RunningPress
from tests.processes import WORKER, OwnRedis, kill, own_redis, start, until

LETTERS = 3 * CHUNK + 2
WAITS = (
    "SELECT count(*) FROM pg_locks waits JOIN pg_locks took USING (pid)"
    " WHERE NOT waits.granted AND waits.locktype IN ('transactionid', 'tuple')"
    " AND took.granted AND took.relation = 'letters_letter'::regclass AND took.mode = 'RowShareLock'"
)
Hire = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def queue() -> Iterator[OwnRedis]:
    with own_redis() as redis:
        yield redis


@pytest.fixture
def batch(
    committed_cast: Cast, press: RunningPress, queue: OwnRedis, monkeypatch: pytest.MonkeyPatch
) -> Batch:
    """Handed in, and a queue that workers know, too."""
    name = str(connection.settings_dict["NAME"])
    broker = Connection(broker_url(queue.url))
    monkeypatch.setattr(
        current_app, "send_task", partial(current_app.send_task, connection=broker, queue=name)
    )
    cast = committed_cast
    fill_school(cast.quillback)
    partnerships = [make_partnership(cast.quillback, f"Partner {n:03d}") for n in range(LETTERS)]
    return hand_in(cast, a_batch(cast, *partnerships, by_mail=False))


@pytest.fixture
def hire(queue: OwnRedis, tmp_path: Path) -> Iterator[Hire]:
    """hire() starts a worker; all end with the test."""
    hired: list[subprocess.Popen[bytes]] = []

    def started() -> subprocess.Popen[bytes]:
        hired.append(start(WORKER, redis=queue.url, PORTAL_VAR=str(tmp_path)))
        return hired[-1]

    yield started
    for worker in hired:
        if worker.poll() is None:
            kill(worker)


@contextmanager
def held_in_the_middle(batch: Batch) -> Iterator[None]:
    """No worker gets past the first letter of the last chunk within the block."""
    last = batch.rows.get(n=3 * CHUNK + 1).letter_id
    other = connect(**connection.get_connection_params())
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM letters_letter WHERE id = %s FOR UPDATE", [last])
            yield
        other.rollback()
    finally:
        other.close()


def waits(workers: int = 1) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITS)
        return bool(cursor.fetchone()[0] >= workers)


def the_job() -> Job:
    return Job.objects.latest("pk")


def falls_silent() -> None:
    """As if a minute had passed since its worker was last heard of."""
    Job.objects.update(heartbeat_at=Now() - SILENT)


def all_are_signed_once(batch: Batch) -> None:
    """Every letter has one number, one PDF and one reference, and no number is left over."""
    assert as_read(batch).state == "done"
    numbers = list(LetterNumber.objects.order_by("number").values_list("number", "voided_at"))
    assert numbers == [(n, None) for n in range(1, LETTERS + 1)]
    assert NumberSeries.objects.get().last == LETTERS
    assert SignedLetter.objects.count() == LETTERS
    assert Letter.objects.filter(state="signed").count() == LETTERS
    assert len(set(Letter.objects.values_list("reference", flat=True))) == LETTERS


def test_killed_in_the_middle_and_resumed_each_letter_is_signed_once(
    committed_cast: Cast, batch: Batch, hire: Hire
) -> None:
    job = sign(committed_cast, batch)
    worker = hire()
    with held_in_the_middle(batch):
        until(waits, "the worker stands in the middle", 120)
        kill(worker)
    until(lambda: not waits(), "the database has noticed")
    assert SignedLetter.objects.count() == CHUNK
    assert LetterNumber.objects.unfinished().count() == 2 * CHUNK
    falls_silent()
    assert sweep_jobs() == (1, 0)
    assert resume_job(job=job, by=committed_cast.principal)
    hire()
    until(lambda: the_job().state == "done", "the letters are signed", 120)
    all_are_signed_once(batch)


def test_a_worker_that_slept_wakes_after_resume_and_doubles_nothing(
    committed_cast: Cast, batch: Batch, hire: Hire
) -> None:
    job = sign(committed_cast, batch)
    sleeper = hire()
    with held_in_the_middle(batch):
        until(waits, "the worker stands in the middle", 120)
        os.killpg(sleeper.pid, signal.SIGSTOP)
        falls_silent()
        assert sweep_jobs() == (1, 0)
        assert resume_job(job=job, by=committed_cast.principal)
        hire()
        until(lambda: waits(2), "the second worker stands there, too", 120)
    os.killpg(sleeper.pid, signal.SIGCONT)
    until(lambda: the_job().state == "done", "the letters are signed", 120)
    until(lambda: not LetterNumber.objects.unfinished().exists(), "nothing is left over")
    all_are_signed_once(batch)
    assert the_job().outcome == {"not_signed": []}


def six_one_by_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Batch:
    """A batch of six letters, handed in, of which each is a chunk of its own."""
    fill_school(cast.quillback)
    partnerships = [make_partnership(cast.quillback, f"Partner {n}") for n in range(6)]
    monkeypatch.setattr(batch_signing, "CHUNK", 1)
    return hand_in(cast, a_batch(cast, *partnerships, by_mail=False))


def test_numbers_that_another_worker_takes_meanwhile_are_finished_too(
    cast: Cast, press: RunningPress, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = six_one_by_one(cast, monkeypatch)
    take = batch_signing._Work._take

    def late(work: Any, keys: Any) -> Any:
        if LetterNumber.objects.count() == 4:
            take(work, keys)  # as one that slept: these numbers are its own
        return take(work, keys)

    monkeypatch.setattr(batch_signing._Work, "_take", late)
    work_at(sign(cast, batch))
    assert (the_job().state, the_job().outcome) == ("done", {"not_signed": []})
    assert Letter.objects.filter(state="signed").count() == 6


def test_cancelled_in_the_middle_no_number_is_left_lying_and_one_can_go_on(
    cast: Cast, press: RunningPress, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = six_one_by_one(cast, monkeypatch)
    job, tell = sign(cast, batch), Attempt.tell

    def cancelled_at_the_fifth(attempt: Any, done: int, total: int) -> None:
        if LetterNumber.objects.count() == 4:
            Job.objects.filter(pk=attempt.job.pk).update(cancel_wanted=True)
            raise Left
        tell(attempt, done, total)

    with monkeypatch.context() as cancelling:
        cancelling.setattr(Attempt, "tell", cancelled_at_the_fifth)
        assert work_at(job).state == "cancelled"
    assert (SignedLetter.objects.count(), LetterNumber.objects.unfinished().count()) == (4, 0)
    assert work_at(sign(cast, as_read(batch))).state == "done"
    assert [number.number for number in LetterNumber.objects.order_by("number")] == [1, 2, 3, 4, 5, 6]
