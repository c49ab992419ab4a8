"""Processes of their own on the test's database: workers and commands that can be killed, and a Redis."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from redis import Redis
from redis.exceptions import ConnectionError as NotThere

ROOT = Path(__file__).parents[1]
DRAIN = ("-m", "django", "drain_outbox")
WORKER = ("-m", "celery", "-A", "partnership_portal", "worker", "--concurrency=1", "--loglevel=WARNING")


def start(
    command: tuple[str, ...], *, smtp: int = 0, redis: str = "", **environment: str
) -> subprocess.Popen[bytes]:
    """A process on the test's database, as the application's role; mail goes to a local port."""
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.outreach.smtp_settings",
            "SINK_PORT": str(smtp),
            "SINK_DATABASE": str(connection.settings_dict["NAME"]),
            **({"REDIS_URL": redis} if redis else {}),
            **environment,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def worker_with_schedule(
    folder: Path, *, smtp: int = 0, redis: str, **environment: str
) -> subprocess.Popen[bytes]:
    """A worker that also keeps the schedule, in a file of this folder."""
    return start((*WORKER, "-B", "-s", str(folder / "schedule")), smtp=smtp, redis=redis, **environment)


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to it and all its children: no handler runs."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


@dataclass(frozen=True)
class OwnRedis:
    """A Redis that no other test knows."""

    url: str

    def flushall(self) -> None:
        """Empty it."""
        with Redis.from_url(self.url) as client:
            client.flushall()


@contextmanager
def own_redis() -> Iterator[OwnRedis]:
    """A Redis for the length of a block, on a socket in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="queue") as folder:
        path = Path(folder) / "redis.sock"
        settings = ("--port", "0", "--unixsocket", str(path), "--save", "", "--dir", folder)
        server = subprocess.Popen(["redis-server", *settings], stdout=subprocess.DEVNULL)
        try:
            with Redis.from_url(f"unix://{path}") as client:
                _wait_for(client)
            yield OwnRedis(f"unix://{path}")
        finally:
            server.terminate()
            server.wait(10)


def until(holds: Callable[[], object], what: str, seconds: float = 60) -> None:
    """Wait for something that another process does. Raises AssertionError where it does not come."""
    deadline, pause = time.monotonic() + seconds, threading.Event()
    while not holds():
        assert time.monotonic() < deadline, f"It did not come: {what}"
        pause.wait(0.02)


def _wait_for(client: Redis, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            client.ping()
            return
        except NotThere:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
