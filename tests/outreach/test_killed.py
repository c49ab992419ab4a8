"""Workers that are killed and a queue that is emptied: nothing is lost, a kill doubles at most one message.

What is doubled goes under the same Message-ID. A plain run kills two workers among 50 messages,
PORTAL_FULL=1 five among 500; PORTAL_SEED repeats a run that failed.
"""

import datetime
import os
import random
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db.models.functions import Now

from accounts.roles import Role
from accounts.services import invite
from outreach.enums import Reason, State
from outreach.models import Message, MessageEvent
from outreach.outbox import BATCH
from tests.conftest import Cast
from tests.full import FULL
from tests.outreach.sink import Sink, sink
from tests.processes import DRAIN, kill, own_redis, start, worker_with_schedule

COUNT, KILLS = (500, 5) if FULL else (50, 2)
SEED = int(os.environ.get("PORTAL_SEED") or random.SystemRandom().randrange(10**6))
LONG = 120  # seconds in which some more messages should have arrived, however slow the machine is
SLOW = 0.01  # seconds that the mail server takes for a message, so that the blow falls inside a batch


@pytest.fixture
def wanted(committed_cast: Cast) -> int:
    """So many invitations whose mail is wanted."""
    for n in range(COUNT):
        invite(
            district=committed_cast.larkmoor,
            email=f"person{n}@larkmoor.example",
            role=Role.VIEWER,
            schools=[committed_cast.quillback],
            by=committed_cast.staff,
        )
    return COUNT


def leases_run_out() -> int:
    """As if five minutes had passed; out comes how many messages the dead worker had."""
    return Message.objects.filter(state=State.SENDING).update(
        lease_until=Now() - datetime.timedelta(seconds=1)
    )


def nothing_lost(server: Sink, count: int, kills: int) -> None:
    """Every message arrived and is marked so, and no kill doubled more than one."""
    times = Counter(server.arrived)
    assert set(times) == set(Message.objects.values_list("message_id", flat=True))
    assert len(times) == count
    assert sum(times.values()) - count <= kills
    assert Counter(Message.objects.values_list("state", flat=True)) == {State.SENT: count}


def test_drain_outbox_killed_in_the_middle(wanted: int):
    with sink(delay=SLOW) as server:
        first = start(DRAIN, smtp=server.port)
        server.wait_for(wanted // 2 + BATCH // 2, lambda: first.poll() is None)
        kill(first)
        left = leases_run_out()
        assert 0 < left <= BATCH
        assert start(DRAIN, smtp=server.port).wait(60) == 0
    nothing_lost(server, wanted, kills=1)
    assert MessageEvent.objects.filter(reason=Reason.CRASHED).count() == left


def test_drain_outbox_needs_no_queue_and_no_cache(wanted: int, tmp_path: Path):
    with sink() as server:
        done = start(DRAIN, smtp=server.port, redis=f"unix://{tmp_path}/nobody-listens.sock")
        assert done.wait(60) == 0
    nothing_lost(server, wanted, kills=0)


def test_two_senders_at_once_double_nothing(wanted: int):
    with sink(delay=SLOW) as server:
        both = [start(DRAIN, smtp=server.port), start(DRAIN, smtp=server.port)]
        assert [process.wait(60) for process in both] == [0, 0]
    assert Counter(Counter(server.arrived).values()) == {1: wanted}


def test_workers_killed_one_after_another_and_the_queue_emptied(wanted: int, tmp_path: Path):
    """Nobody sends a task here but the schedule, which ends and starts anew with its worker."""
    chance = random.Random(SEED)
    blows = sorted(chance.sample(range(1, wanted - BATCH), KILLS + 1))
    emptied = chance.choice(blows)
    print(f"PORTAL_SEED={SEED}: blows after {blows} messages; the one after {emptied} empties the queue")  # noqa: T201
    with sink(delay=SLOW) as server, own_redis() as redis:

        def hire() -> subprocess.Popen[bytes]:
            return worker_with_schedule(tmp_path, smtp=server.port, redis=redis.url)

        worker = hire()
        try:
            for blow in blows:
                arrives(server, blow, worker)
                time.sleep(chance.uniform(0, 2 * SLOW))
                if blow == emptied:
                    redis.flushall()
                else:
                    kill(worker)
                    leases_run_out()
                    worker = hire()
            arrives(server, wanted, worker)
            settle(wanted)
        finally:
            kill(worker)
    nothing_lost(server, wanted, kills=KILLS)


def arrives(server: Sink, count: int, worker: subprocess.Popen[bytes]) -> None:
    """Until so many messages have arrived."""
    deadline = time.monotonic() + LONG
    server.wait_for(count, lambda: worker.poll() is None and time.monotonic() < deadline)
    assert len(server.arrived) >= count


def settle(count: int) -> None:
    """Until the worker has marked what it sent, ten seconds at most."""
    tick = threading.Event()
    for _wait in range(200):
        if Message.objects.filter(state=State.SENT).count() == count:
            return
        tick.wait(0.05)
