"""Logs as lines of JSON, each with the request or task that it belongs to, and without what is personal.

What an error says of itself is left out, since it may repeat an address, a key or what somebody typed: logged
are its kind, where in our code it came up, and for the database's errors the constraint. Addresses, telephone
numbers, passwords in URLs, what follows a "?" and tokens of links are masked in every line. No Django here:
gunicorn reads this before there are settings.
"""

import datetime
import json
import logging
import re
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The request or task that runs, for every line that is logged meanwhile."""

MASK = "…"
FIELDS = ("method", "path", "route", "status", "ms", "task")
"""What a record may carry beside its message."""
LEVELS = ("INFO", "WARNING", "ERROR")

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
MASKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"://[^@/\s]+@"), f"://{MASK}@"),
    (re.compile(r"[^\s<>\"'(),;:=/?&…]+@[^\s<>\"'(),;:/?&]+"), MASK),
    (re.compile(r"(?<=/)\?[^\s\"']+|(?<=/[\w.-])\?[^\s\"']+"), f"?{MASK}"),
    (re.compile(r"(?<=/confirm-email/)[^/\s]+|(?<=/reset/key/)(?!done/)[^/\s]+"), MASK),
    # Any other long word with a digit in it, or a very long one, as tokens are: all but a UUID.
    (re.compile(rf"(?<![\w-])(?!{_UUID}(?![\w-]))(?:(?=[\w-]*\d)[\w-]{{20,}}|[\w-]{{40,}})"), MASK),
    (re.compile(r"\(\d{3}\) ?\d{3}-\d{4}|\+1\d{10}|(?<!\d)\d{3}[-.]\d{3}[-.]\d{4}(?!\d)"), MASK),
)


def masked(text: str) -> str:
    """A text without addresses, numbers, tokens and what a URL asks for."""
    for pattern, instead in MASKS:
        text = pattern.sub(instead, text)
    return text


class JsonFormatter(logging.Formatter):
    """One record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Time (UTC), level, logger, message; the request, what else is known, and the error."""
        at = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        line: dict[str, Any] = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(_message(record)),
        }
        if current := getattr(record, "request_id", "") or request_id.get():
            line["request_id"] = current
        for name in FIELDS:
            if (value := getattr(record, name, None)) is not None:
                line[name] = masked(value) if isinstance(value, str) else value
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line["error"] = list(_chain(error))
        return json.dumps(line, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    """The message with an error among its values named by its kind alone."""
    if record.name == "celery.app.trace" and isinstance(record.args, dict) and "exc" in record.args:
        return f"Task {record.args.get('name')} failed"
    if isinstance(record.args, tuple):
        named = (type(one).__name__ if isinstance(one, BaseException) else one for one in record.args)
        return str(record.msg) % tuple(named) if record.args else str(record.msg)
    if isinstance(record.msg, BaseException):
        return type(record.msg).__name__
    return record.getMessage()


def _chain(error: BaseException) -> Iterator[dict[str, Any]]:
    """The error and those that led to it, the last first: kind, places in the code, and the constraint."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = traceback.extract_tb(current.__traceback__)
        ours = [frame for frame in frames if "site-packages" not in frame.filename] or frames[-1:]
        said: dict[str, Any] = {
            "kind": f"{type(current).__module__}.{type(current).__qualname__}",
            "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in ours],
        }
        diagnosis = getattr(current, "diag", None)
        if constraint := getattr(diagnosis, "constraint_name", None):
            said["constraint"] = constraint
        yield said
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def config(level: str = "INFO") -> dict[str, Any]:
    """The configuration of logging: everything to standard error, as JSON, through the root logger."""
    silent: dict[str, Any] = {"handlers": [], "level": "INFO", "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "partnership_portal.logs.JsonFormatter"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            **{name: dict(silent) for name in ("django", "django.server", "gunicorn.error")},
            # It would say each request twice, and from which address.
            "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
        },
    }
