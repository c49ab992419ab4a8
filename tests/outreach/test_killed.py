"""A worker that is killed: nothing is lost, at most one message is doubled, under the same Message-ID."""

import datetime
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.db.models.functions import Now

from accounts.roles import Role
from accounts.services import invite
from outreach.enums import Reason, State
from outreach.models import Message, MessageEvent
from outreach.outbox import BATCH
from partnership_portal.celery import app
from tests.conftest import Cast
from tests.outreach.sink import Sink, sink

ROOT = Path(__file__).parents[2]
COUNT = 200 if os.environ.get("PORTAL_FULL") else 40
DRAIN = ("-m", "django", "drain_outbox")
WORKER = ("-m", "celery", "-A", "partnership_portal", "worker", "--concurrency=1", "--loglevel=WARNING")
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


@pytest.fixture
def queue(committed_cast: Cast) -> Iterator[str]:
    """A queue of this test's own, empty before and after."""
    name = str(connection.settings_dict["NAME"])
    with app.connection_for_write() as broker:
        broker.default_channel.queue_declare(name)
        broker.default_channel.queue_purge(name)
        yield name
        broker.default_channel.queue_purge(name)


def start(command: tuple[str, ...], server: Sink) -> subprocess.Popen[bytes]:
    """A process of its own that sends through the sink, as the application's role."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.outreach.smtp_settings",
        "SINK_PORT": str(server.port),
        "SINK_DATABASE": str(connection.settings_dict["NAME"]),
    }
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to it and all its children: no handler runs."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


def leases_run_out() -> int:
    """As if five minutes had passed; out comes how many messages the dead worker had."""
    return Message.objects.filter(state=State.SENDING).update(
        lease_until=Now() - datetime.timedelta(seconds=1)
    )


def nothing_lost_at_most_one_doubled(server: Sink, count: int) -> None:
    times = Counter(server.arrived)
    assert set(times) == set(Message.objects.values_list("message_id", flat=True))
    assert len(times) == count
    assert sum(times.values()) - count <= 1
    assert Counter(Message.objects.values_list("state", flat=True)) == {State.SENT: count}


def test_drain_outbox_killed_in_the_middle(wanted: int):
    with sink(delay=SLOW) as server:
        first = start(DRAIN, server)
        server.wait_for(wanted // 2 + BATCH // 2, lambda: first.poll() is None)
        kill(first)
        left = leases_run_out()
        assert 0 < left <= 20
        assert start(DRAIN, server).wait(60) == 0
    nothing_lost_at_most_one_doubled(server, wanted)
    assert MessageEvent.objects.filter(reason=Reason.CRASHED).count() == left


def test_two_senders_at_once_double_nothing(wanted: int):
    with sink(delay=SLOW) as server:
        both = [start(DRAIN, server), start(DRAIN, server)]
        assert [process.wait(60) for process in both] == [0, 0]
    assert Counter(Counter(server.arrived).values()) == {1: wanted}


def test_a_celery_worker_killed_in_the_middle(wanted: int, queue: str):
    with sink(delay=SLOW) as server:
        first = start(WORKER, server)
        app.send_task("outreach.send", queue=queue)
        server.wait_for(wanted // 2 + BATCH // 2, lambda: first.poll() is None)
        kill(first)
        leases_run_out()
        second = start(WORKER, server)
        app.send_task("outreach.sweep", queue=queue)
        server.wait_for(wanted, lambda: second.poll() is None)
        settle(wanted)
        kill(second)
    nothing_lost_at_most_one_doubled(server, wanted)


def settle(count: int) -> None:
    """Until the worker has marked what it sent, ten seconds at most."""
    tick = threading.Event()
    for _wait in range(200):
        if Message.objects.filter(state=State.SENT).count() == count:
            return
        tick.wait(0.05)
