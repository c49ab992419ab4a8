"""Who is at work: what a person's request, or their job, writes is kept under their name in the history.

The history's triggers (partners/models/history.py) read two settings of the transaction. They are sent along
with each statement that writes, so that reading costs nothing. The history library has such a thing, too; its
own also writes a row a request into a table without a district.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import connection

from . import clock
from .models import Membership

WRITES = ("INSERT", "UPDATE", "DELETE")
NOW = "portal.now"
WHO = "pghistory.context_metadata"

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


@contextmanager
def acting(membership: Membership) -> Iterator[None]:
    """Whatever is written meanwhile is this person's doing, at the portal's time."""
    with connection.execute_wrapper(partial(_say_who, membership.pk)):
        yield


def _say_who(who: int, execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if isinstance(sql, str) and sql.lstrip().startswith(WRITES):
        now = clock.now().isoformat()
        settings = f"""set_config('{WHO}', '{{"by": {who:d}}}', true), set_config('{NOW}', '{now}', true)"""
        sql = f"SELECT {settings}; {sql}"
    return execute(sql, params, many, context)
