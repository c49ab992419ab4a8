"""PostgreSQL, Redis, worker and press of a real demo, stopped and started: clear pages, and nothing is lost.

The demo runs under the script's own supervisor, with private servers below a var/ of its own. Redis and the
press, which take minutes, are stopped where PORTAL_FULL is set (`./portal test --full`).
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.browser.portal import free_port
from tests.full import slow
from tests.ops.test_private_servers import OURS, ROOT, SET_UP, Script

SAMPLE = ROOT / "tests" / "partners" / "data" / "hsds-sample"
LOST = "What you sent just now may not have been saved."
PERDIDO = "Es posible que lo que acaba de enviar no se haya guardado."
LONG = 120
"""Seconds in which things should be as before, however slow the machine is."""


@dataclass
class Answer:
    status: int
    page: str
    url: str


@dataclass
class Person:
    """Somebody with a browser's cookies, who reads a language."""

    url: str
    language: str = "en"
    jar: CookieJar = field(default_factory=CookieJar)

    def get(self, path: str, seconds: float = 40) -> Answer:
        return self._ask(urllib.request.Request(self.url + path), seconds)

    def post(self, path: str, **values: str) -> Answer:
        return self.send(path, urlencode(values).encode(), "application/x-www-form-urlencoded")

    def send(self, path: str, body: bytes, kind: str) -> Answer:
        token = next((cookie.value for cookie in self.jar if cookie.name == "csrftoken"), "")
        headers = {"Content-Type": kind, "X-CSRFToken": token or "", "Referer": self.url}
        return self._ask(urllib.request.Request(self.url + path, body, headers))

    def _ask(self, request: urllib.request.Request, seconds: float = 40) -> Answer:
        request.add_header("Accept-Language", self.language)
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        try:
            with opener.open(request, timeout=seconds) as found:
                return Answer(found.status, found.read().decode(errors="replace"), found.url)
        except urllib.error.HTTPError as refused:
            return Answer(refused.code, refused.read().decode(errors="replace"), request.full_url)


@dataclass
class Demo:
    """A demo that runs, and its script."""

    script: Script
    url: str

    def person(self, role: str, language: str = "en") -> Person:
        somebody = Person(self.url, language)
        somebody.get("/accounts/login/")
        assert somebody.post("/demo/sign-in/", role=role).status == 200
        return somebody

    def health(self) -> tuple[int, dict[str, bool], float]:
        """The status, which parts are well, and in how many seconds that was said."""
        began = time.monotonic()
        answer = Person(self.url).get("/healthz")
        parts = {name: part["ok"] for name, part in json.loads(answer.page)["parts"].items()}
        return answer.status, parts, time.monotonic() - began

    def pid(self, name: str) -> int:
        return int(json.loads((self.script.var / "run" / "portal.json").read_text())["processes"][name])

    def mail_to(self, address: str) -> int:
        """How many messages to an address went (into files)."""
        return sum(f"To: {address}" in file.read_text() for file in (self.script.var / "mail").glob("*"))

    def do(self, code: str) -> None:
        """One of the script's own steps, such as stopping a server."""
        status, _, said = self.script.python(code)
        assert status == 0, said

    def log_of(self, name: str) -> list[dict[str, Any]]:
        """The lines of a process's log that are JSON."""
        found = []
        for line in (self.script.var / "log" / f"{name}.log").read_text().splitlines():
            with suppress(ValueError):
                found.append(json.loads(line))
        return found


def soon(condition: Callable[[], bool], what: str, seconds: float = LONG) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} seconds: {what}"
        time.sleep(0.5)


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with tempfile.TemporaryDirectory(prefix="pp-") as folder:
        script = Script(Path(folder) / "var")
        script.var.mkdir()
        port = free_port()
        clean = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        running = subprocess.Popen(
            [sys.executable, "-P", "-c", f"{SET_UP}cli.main()", ROOT, "demo", "--port", str(port)],
            env={**clean, "PORTAL_VAR": str(script.var), "TMPDIR": folder},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        made = Demo(script, f"http://localhost:{port}")
        try:
            soon(lambda: is_well(made), "the demo is up and well", 2 * LONG)
            yield made
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(60)
            script.run("reset", "--yes")


def is_well(demo: Demo) -> bool:
    try:
        return demo.health()[0] == 200
    except OSError:
        return False


@contextmanager
def held(pid: int) -> Iterator[None]:
    """A process that stands still within the block."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def test_postgresql_stopped_and_started(demo: Demo) -> None:
    staff = demo.person("staff")
    before = staff.get("/d/larkmoor/partners/").page
    demo.do("postgres.stop()")
    for path in ("/d/larkmoor/", "/d/larkmoor/letters/", "/", "/help/", "/check/0000/"):
        answer = staff.get(path)
        assert (answer.status, "<h1>A part of the portal does not answer</h1>" in answer.page) == (503, True)
    refused = staff.post("/d/larkmoor/me/", name="Never saved", language="en")
    assert (refused.status, LOST in refused.page) == (503, True)
    spanish = Person(demo.url, "es").get("/d/larkmoor/")
    assert (spanish.status, PERDIDO in spanish.page) == (503, True)
    status, parts, seconds = demo.health()
    assert (status, parts) == (
        503,
        {"database": False, "redis": True, "press": True, "worker": True, "mail": False},
    )
    assert seconds < 5

    demo.do("postgres.start()")
    soon(lambda: is_well(demo), "well again")
    assert rows_of(staff.get("/d/larkmoor/partners/").page) == rows_of(before)
    assert "Never saved" not in staff.get("/d/larkmoor/me/").page
    works(demo, staff, "after.postgresql@larkmoor.example")


def rows_of(page: str) -> list[str]:
    found = re.findall(r'href="(/d/larkmoor/partners/[0-9a-f-]{36}/)"', page)
    assert found != []
    return found


def works(demo: Demo, staff: Person, address: str) -> None:
    """Somebody is invited, and the mail goes."""
    invited = staff.post("/d/larkmoor/people/invite/", email=address, role="staff")
    assert (invited.status, address in invited.page) == (200, True)
    soon(lambda: demo.mail_to(address) == 1, f"mail to {address}")


@slow
def test_redis_stopped_and_started(demo: Demo) -> None:
    staff = demo.person("staff")
    demo.do("redis.stop()")
    assert demo.health()[:2] == (
        503,
        {"database": True, "redis": False, "press": True, "worker": False, "mail": True},
    )
    for path in ("/d/larkmoor/", "/d/larkmoor/partners/", "/d/larkmoor/letters/"):
        assert staff.get(path).status == 200
    stranger = Person(demo.url)
    stranger.get("/accounts/login/")
    refused = stranger.post("/accounts/login/", login="a@larkmoor.example", password="x")
    assert (refused.status, LOST in refused.page) == (503, True)
    address = "during.redis@larkmoor.example"
    assert staff.post("/d/larkmoor/people/invite/", email=address, role="staff").status == 200
    batch = hand_over(staff)
    assert batch.status == 200
    assert demo.mail_to(address) == 0

    demo.do("redis.start()")
    soon(lambda: demo.mail_to(address) == 1, "mail that was wanted while Redis was away")
    demo.script.run("manage", "move_clock", "0.003")
    page = batch.url.removeprefix(demo.url)
    soon(lambda: "<progress" not in staff.get(page).page, "an import handed over while Redis was away")
    assert "organizations.csv" in staff.get(page).page
    soon(lambda: is_well(demo), "well again")
    assert demo.mail_to(address) == 1


def hand_over(staff: Person) -> Answer:
    """Upload the sample directory."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in SAMPLE.glob("*.csv"):
            archive.write(file, file.name)
    edge = "edge-of-a-part"
    body = (
        f'--{edge}\r\nContent-Disposition: form-data; name="source"\r\n\r\nCounty 211\r\n'
        f'--{edge}\r\nContent-Disposition: form-data; name="upload"; filename="list.zip"\r\n'
        "Content-Type: application/zip\r\n\r\n"
    ).encode()
    body += packed.getvalue() + f"\r\n--{edge}--\r\n".encode()
    return staff.send("/d/larkmoor/partners/import/", body, f"multipart/form-data; boundary={edge}")


def test_the_worker_stopped_killed_and_started(demo: Demo) -> None:
    staff = demo.person("staff")
    held_back, killed = "worker.held@larkmoor.example", "worker.killed@larkmoor.example"
    with held(demo.pid("worker")):
        assert staff.post("/d/larkmoor/people/invite/", email=held_back, role="staff").status == 200
        assert staff.get("/d/larkmoor/").status == 200
    soon(lambda: demo.mail_to(held_back) == 1, "mail that was wanted while the worker stood still")
    first = demo.pid("worker")
    os.killpg(first, signal.SIGKILL)
    assert staff.post("/d/larkmoor/people/invite/", email=killed, role="staff").status == 200
    soon(lambda: demo.pid("worker") != first, "a new worker")
    soon(lambda: demo.mail_to(killed) == 1, "mail that was wanted while there was no worker")
    assert demo.mail_to(held_back) == 1


@slow
def test_the_press_stopped_killed_and_started(demo: Demo) -> None:
    principal = demo.person("principal")
    letters = re.findall(
        r'href="(/d/larkmoor/letters/[0-9a-f-]{36}/)"', principal.get("/d/larkmoor/letters/to-sign/").page
    )
    assert letters != []
    letter = letters[0]
    version = re.search(r'name="version" value="(\d+)"', principal.get(letter).page)
    assert version is not None
    with held(demo.pid("press")):
        assert demo.health()[1]["press"] is False
        answer = principal.post(f"{letter}sign/", version=version[1])
        assert answer.status == 200
        assert "The PDF is being made; there is nothing left for you to do." in answer.page
    soon(lambda: "The PDF is being made" not in principal.get(letter).page, "the letter is printed")
    signed = principal.get(letter).page
    assert re.search(r"[A-Z]{3}-\d{4}-\d{3}", signed) is not None
    first = demo.pid("press")
    os.kill(first, signal.SIGKILL)
    soon(lambda: demo.pid("press") != first and demo.health()[1]["press"], "a new press")
    assert principal.get(letter).page.count("Signed") == signed.count("Signed")


def test_what_was_logged_meanwhile(demo: Demo) -> None:
    """JSON, the number of a request in its own task, and no address."""
    web, worker = demo.log_of("web"), demo.log_of("worker")
    numbers = {line["request_id"] for line in web if line.get("route") == "people:invite"}
    sent = [line for line in worker if "outreach.send" in line["message"]]
    assert {line.get("request_id") for line in sent} & numbers != set()
    for name in ("web", "worker", "schedule"):
        written = (demo.script.var / "log" / f"{name}.log").read_text()
        assert re.findall(r"[\w.]+@larkmoor\.example", written) == []
        assert re.findall(r"/invitation/[\w-]{20,}", written) == []
    assert [line for line in web if line["level"] == "ERROR" and "500" in line["message"]] == []
