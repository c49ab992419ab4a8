"""The log: JSON, under the request's number, without what is personal and without what opens a door."""

import io
import json
import logging
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from kombu import Connection

from accounts.links import make_token
from accounts.models import User
from partnership_portal.celery import HEADER, app
from partnership_portal.logs import JsonFormatter, masked, request_id
from tests.conftest import Cast, SignIn

ROOT = Path(__file__).parents[2]
TOKEN = make_token("invitation", uuid.UUID(int=7))
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What is logged meanwhile, each line read as JSON."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in text.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("GET /d/larkmoor/partners/?q=Maria+Gomez 200", "GET /d/larkmoor/partners/?… 200"),
        (f"GET /invitation/{TOKEN}/ 200", "GET /invitation/…/ 200"),
        (f"GET /d/larkmoor/some-later-link/{TOKEN}/", "GET /d/larkmoor/some-later-link/…/"),
        ("/accounts/password/reset/key/7k-cq3-9f2c/", "/accounts/password/reset/key/…/"),
        ("/accounts/password/reset/key/done/", "/accounts/password/reset/key/done/"),
        ("/accounts/confirm-email/MQ:1tX:abc/", "/accounts/confirm-email/…/"),
        ("/check/7KQM4TXR92ABCDEFGHJK/ 404", "/check/…/ 404"),
        ("Mail to Odile Brandt <desk@tolland.example> failed", "Mail to Odile Brandt <…> failed"),
        ("Key (email)=(ana@larkmoor.example) exists", "Key (email)=(…) exists"),
        ("redis://:s3cret@redis.example:6379/1", "redis://…@redis.example:6379/1"),
        ("call (555) 555-0110 or +15555550110", "call … or …"),
        (
            "/d/larkmoor/letters/3f0f2c9e-7d4b-4b58-9d0e-0c5c6e0a1b2c/",
            "/d/larkmoor/letters/3f0f2c9e-7d4b-4b58-9d0e-0c5c6e0a1b2c/",
        ),
        ("Task outreach.send succeeded in 0.2s", "Task outreach.send succeeded in 0.2s"),
    ],
)
def test_what_is_masked_and_what_is_not(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_no_route_of_the_portal_shows_a_token() -> None:
    """Whatever a URL holds beside uids, numbers and the district's name is masked."""
    a_uid = str(uuid.UUID(int=7))
    known = {
        "uid": a_uid,
        "other": a_uid,
        "file": a_uid,
        "district": "larkmoor",
        "ein": "550142001",
        "number": "1",
        "year": "2026",
    }
    shown = []
    for name, words in named(get_resolver()):
        path = reverse(name, kwargs={word: known.get(word, TOKEN) for word in words})
        if TOKEN in masked(f"GET {path} 200"):
            shown.append(name)
    assert shown == []


def named(
    resolver: URLResolver, spaces: tuple[str, ...] = (), words: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every route's full name, and the words that its URL holds."""
    for entry in resolver.url_patterns:
        more = (*words, *{**entry.pattern.converters, **entry.pattern.regex.groupindex})
        if isinstance(entry, URLResolver):
            yield from named(entry, (*spaces, entry.namespace) if entry.namespace else spaces, more)
        else:
            yield ":".join((*spaces, entry.name)), more


def test_an_error_is_told_by_kind_place_and_constraint_alone(cast: Cast, lines: Lines) -> None:
    try:
        with transaction.atomic():
            User.objects.create_user(cast.staff.user.email, name="Somebody else")
    except IntegrityError as error:
        logging.getLogger("letters").exception("It failed: %s", error)
    [line] = lines()
    assert line["message"] == "It failed: IntegrityError"
    outer, cause = line["error"]
    assert (outer["kind"], cause["kind"]) == (
        "django.db.utils.IntegrityError",
        "psycopg2.errors.UniqueViolation",
    )
    assert cause["constraint"].startswith("accounts_user_email")
    assert "test_logs.py" in outer["at"][0]
    assert cast.staff.user.email not in json.dumps(line)


def test_a_failed_task_is_told_without_what_it_raised(lines: Lines) -> None:
    try:
        raise ValueError("ana@larkmoor.example typed: nobody knows")
    except ValueError as error:
        logging.getLogger("celery.app.trace").error(
            "Task %(name)s[%(id)s] raised unexpected: %(exc)s\n%(traceback)s",
            {"name": "outreach.send", "id": "7", "exc": repr(error), "traceback": "..."},
            exc_info=True,
        )
    [line] = lines()
    assert line["message"] == "Task outreach.send failed"
    assert line["error"][0]["kind"] == "builtins.ValueError"
    assert "nobody knows" not in json.dumps(line)


def test_each_request_leaves_one_line(cast: Cast, sign_in: SignIn, lines: Lines) -> None:
    answer = sign_in(cast.staff).get("/d/larkmoor/partners/?q=Tamarack")
    [line] = lines()
    assert line == {
        "time": line["time"],
        "ms": line["ms"],
        "request_id": answer.headers["X-Request-ID"],
        "logger": "portal.request",
        "level": "INFO",
        "message": "GET /d/larkmoor/partners/ 200",
        "method": "GET",
        "path": "/d/larkmoor/partners/",
        "route": "partners:list",
        "status": 200,
    }


def test_a_link_and_a_key_are_not_in_the_line(db: None, lines: Lines) -> None:
    Client().get(f"/invitation/{TOKEN}/")
    Client().get("/accounts/password/reset/key/7k-cq3-9f2c/")
    written = json.dumps(lines())
    assert lines() != []
    assert TOKEN not in written
    assert "cq3-9f2c" not in written


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "a b c d e f g", "=" * 10, 'x"injected"x'])
def test_a_number_is_made_where_none_is_given(db: None, given: str) -> None:
    number = Client().get("/help/", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert number != given
    assert len(number) == 16


def test_a_number_that_the_proxy_gave_is_kept(db: None, lines: Lines) -> None:
    answer = Client().get("/help/", headers={"X-Request-ID": "0f8fad5b-d9cb-469f-a165-70867728950e"})
    assert answer.headers["X-Request-ID"] == "0f8fad5b-d9cb-469f-a165-70867728950e"
    assert lines()[0]["request_id"] == "0f8fad5b-d9cb-469f-a165-70867728950e"
    assert request_id.get() == ""


def test_a_task_carries_the_number_of_the_request_that_sent_it() -> None:
    token = request_id.set("number-of-a-request")
    try:
        with Connection("memory://") as broker:
            app.send_task("outreach.send", connection=broker)
            message = broker.SimpleQueue(app.conf.task_default_queue).get(timeout=2)
    finally:
        request_id.reset(token)
    assert message.headers[HEADER] == "number-of-a-request"


def test_gunicorn_takes_what_it_reads() -> None:
    words = [str(Path(sys.executable).with_name("gunicorn")), "--check-config"]
    done = subprocess.run(
        [*words, "partnership_portal.wsgi:application"], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_gunicorns_own_lines_are_json_and_it_says_no_request_again() -> None:
    code = (
        "import logging, logging.config, runpy\n"
        "logging.config.dictConfig(runpy.run_path('gunicorn.conf.py')['logconfig_dict'])\n"
        f"logging.getLogger('gunicorn.access').info('GET /invitation/{TOKEN}/?next=x 200')\n"
        "logging.getLogger('gunicorn.error').info('Booting worker')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    said = [json.loads(line)["message"] for line in done.stderr.splitlines()]
    assert said == ["Booting worker"]
