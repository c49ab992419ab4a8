"""A portal for the browser tests: its own database, its own four processes, as `./portal demo` has them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from environ import Env

from tests.processes import own_redis

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent
SECONDS_TO_START = 60


@dataclass
class Portal:
    """Where it answers, and how to run one of its commands."""

    url: str
    env: dict[str, str]
    folder: Path

    def manage(self, *words: str) -> str:
        """Run a management command; returns what it printed. Raises CalledProcessError."""
        done = subprocess.run(
            [sys.executable, ROOT / "manage.py", *words],
            env=self.env,
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run(self, code: str) -> str:
        """Run some lines of Python at the time that the portal's clock shows; returns what they printed."""
        return self.manage("shell", "-v0", "-c", f"from accounts import clock\nclock.read()\n{code}")


@contextmanager
def running_portal(name: str = "") -> Iterator[Portal]:
    """The demo, loaded and served by gunicorn, worker, schedule and press, until the block ends.

    `name` tells its database from that of another portal which runs for the same worker.
    """
    with tempfile.TemporaryDirectory(prefix="pp-") as made, own_redis() as redis:
        folder = Path(made)
        port = free_port()
        env = environment(folder, port, database_name(name)) | {"REDIS_URL": redis.url}
        make_database(env["DATABASE_OWNER_URL"])
        portal = Portal(f"http://localhost:{port}", env, folder)
        portal.manage("migrate", "-v0")
        portal.manage("collectstatic", "--noinput", "-v0")
        started = [start(env, folder, "press", sys.executable, "-m", "press")]
        wait_until(lambda: Path(env["PRESS_SOCKET"]).exists(), "the press", folder)
        portal.manage("load_demo")
        started += [start(env, folder, *words) for words in processes(port, folder)]
        wait_until(lambda: answers(portal.url), "the web", folder)
        try:
            yield portal
        finally:
            for process in reversed(started):
                process.terminate()
            for process in started:
                process.wait(20)


def environment(folder: Path, port: int, database: str) -> dict[str, str]:
    """The environment of every process: the demo's mode, a database and a folder of its own."""
    inherited = {key: value for key, value in os.environ.items() if key != "PORTAL_DB_ROLE"}
    return {
        **inherited,
        "DJANGO_SETTINGS_MODULE": "partnership_portal.settings",
        "DATABASE_URL": with_database(os.environ["DATABASE_URL"], database),
        "DATABASE_OWNER_URL": with_database(os.environ["DATABASE_OWNER_URL"], database),
        "PORTAL_MODE": "demo",
        "PORTAL_TEST_DB": "browser",
        "PORTAL_VAR": str(folder),
        "PORTAL_BASE_URL": f"http://localhost:{port}",
        "PRESS_SOCKET": str(folder / "press.sock"),
    }


def with_database(url: str, database: str) -> str:
    """The same server and role, with a database of the browser tests' own."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=parts.path.rpartition("/")[0] + f"/test_{database}"))


def database_name(name: str) -> str:
    """One name a checkout, user, worker and portal, so that two runs side by side do not meet."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    return f"portal_browser_{os.environ.get('PORTAL_TEST_DB', 'main')}{worker}{name}"


def make_database(owner_url: str) -> None:
    """An empty database of that name, in place of the last run's."""
    config = Env.db_url_config(owner_url)
    name = config["NAME"]
    server = psycopg2.connect(
        user=config["USER"],
        password=config["PASSWORD"],
        host=config["HOST"] or config.get("OPTIONS", {}).get("host"),
        port=config["PORT"] or None,
        dbname="postgres",
    )
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    server.close()


def processes(port: int, folder: Path) -> list[list[str]]:
    """Web, worker and schedule: their names and command lines."""
    celery = [str(TOOLS / "celery"), "-A", "partnership_portal"]
    return [
        [
            "web",
            str(TOOLS / "gunicorn"),
            "partnership_portal.wsgi:application",
            *("--workers", "2", "--bind", f"127.0.0.1:{port}"),
        ],
        ["worker", *celery, "worker", "--concurrency", "1", "--without-gossip", "--without-mingle"],
        ["schedule", *celery, "beat", "--schedule", str(folder / "schedule"), "--pidfile="],
    ]


def start(env: dict[str, str], folder: Path, name: str, *words: str) -> subprocess.Popen[bytes]:
    """Start a process whose words go to a log of its own."""
    with (folder / f"{name}.log").open("ab") as log:
        return subprocess.Popen(words, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    """Whether the portal serves a page."""
    try:
        urllib.request.urlopen(f"{url}/help/", timeout=5).close()
    except urllib.error.HTTPError:
        raise
    except OSError:
        return False
    return True


def wait_until(condition: object, what: str, folder: Path) -> None:
    """Wait for a condition. Fails with the logs where it does not come true."""
    end = time.monotonic() + SECONDS_TO_START
    while not condition():  # type: ignore[operator]
        if time.monotonic() > end:
            logs = "\n".join(f"{log.name}: {log.read_text()[-2000:]}" for log in folder.glob("*.log"))
            raise AssertionError(f"{what} did not start within {SECONDS_TO_START} seconds.\n{logs}")
        time.sleep(0.1)
