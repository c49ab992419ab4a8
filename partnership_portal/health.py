"""Whether each part of the portal answers, for whoever watches it: no names, no counts of people, no secrets.

Each part has a second to answer, so that a part which hangs does not hang the one who asks.
"""

import select
import time
from collections.abc import Callable
from typing import Any

import psycopg2
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django_scopes import scopes_disabled
from psycopg2.extensions import POLL_OK, POLL_READ
from redis.exceptions import RedisError

from outreach.backlog import oldest_due
from press import client
from press.documents import PressUnavailable

from . import heartbeat

WAIT = 1.0
"""Seconds that one part has to answer."""
HEARTBEAT_AT_MOST = 120
"""Seconds: four missed beats and more. A worker may be busy with one long task."""
MAIL_AT_MOST = 15
"""Minutes that a due message may wait; the sweep comes every half minute."""

Part = dict[str, Any]


def look() -> tuple[bool, dict[str, Part]]:
    """Whether all is well, and each part by name: {"ok": ...} and what was measured."""
    database = _database()
    redis, worker = _redis_and_worker()
    parts = {
        "database": {"ok": database},
        "redis": {"ok": redis},
        "press": {"ok": _answers(lambda: client.status(wait=WAIT), PressUnavailable)},
        "worker": worker,
        "mail": _mail() if database else {"ok": False, "oldest_due_minutes": None},
    }
    return all(part["ok"] for part in parts.values()), parts


def _database() -> bool:
    """Whether PostgreSQL answers a new connection in time, also where it accepts one and then hangs."""
    return _answers(_ask_database, psycopg2.Error, TimeoutError)


def _ask_database() -> None:
    end = time.monotonic() + WAIT
    line = psycopg2.connect(**connection.get_connection_params(), async_=True)
    try:
        _wait(line, end)
        cursor = line.cursor()
        cursor.execute("SELECT 1")
        _wait(line, end)
    finally:
        line.close()


def _wait(line: Any, end: float) -> None:
    """Wait for a connection that does not block. Raises TimeoutError at the end of the time."""
    while (state := line.poll()) != POLL_OK:
        reading, writing = ([line], []) if state == POLL_READ else ([], [line])
        if not any(select.select(reading, writing, [], max(0.0, end - time.monotonic()))):
            raise TimeoutError


def _redis_and_worker() -> tuple[bool, Part]:
    """Redis, and the sign of life that the worker leaves there; without Redis no worker gets any work."""
    try:
        seconds = heartbeat.seconds_since(wait=WAIT)
    except RedisError:
        return False, {"ok": False, "seconds_since_heartbeat": None}
    lives = seconds is not None and seconds <= HEARTBEAT_AT_MOST
    return True, {"ok": lives, "seconds_since_heartbeat": None if seconds is None else round(seconds)}


def _mail() -> Part:
    """For how many minutes the oldest due message has been waiting; 0 where none is due."""
    try:
        with scopes_disabled(), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{WAIT:.0f}s"])
            waits = oldest_due()
    except DatabaseError:
        return {"ok": False, "oldest_due_minutes": None}
    minutes = int(waits.total_seconds() // 60) if waits else 0
    return {"ok": minutes <= MAIL_AT_MOST, "oldest_due_minutes": minutes}


def _answers(ask: Callable[[], object], *failures: type[Exception]) -> bool:
    try:
        ask()
    except failures:
        return False
    return True
