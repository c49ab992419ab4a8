"""What a setting must look like: each function gives it back, or raises ImproperlyConfigured with what to do.

In: the text from the environment. No settings here: settings.py calls this while it is read.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

LEAST_SECRET = 50
"""Characters, of which a fifth or more are different ones."""
LONGEST_SOCKET = 107
"""Bytes: the system's limit for the path of a Unix socket."""
HERE = ("localhost", "127.0.0.1", "::1")


def refuse(name: str, why: str, do: str) -> NoReturn:
    """Say of a setting what is wrong and what to do."""
    raise ImproperlyConfigured(f"{name} {why}; {do}.")


def one_of(name: str, value: str, known: Sequence[str]) -> str:
    """A word from a short list."""
    if value not in known:
        refuse(name, f"is {value!r}", f"set it to one of: {', '.join(known)}")
    return value


def secret(name: str, value: str) -> str:
    """A text that nobody guesses."""
    if len(value) < LEAST_SECRET or len(set(value)) < LEAST_SECRET // 5 or "secret" in value.lower():
        refuse(
            name, "is missing, short or easily guessed", f"set it to {LEAST_SECRET} random characters or more"
        )
    return value


def old_secrets(name: str, values: Sequence[str], *, beside: Sequence[str]) -> list[str]:
    """Secrets of before, each one that nobody guesses, each once, and none that is in use."""
    for value in values:
        secret(name, value)
    if len(set(values)) < len(values) or set(values) & set(beside):
        refuse(
            name,
            "holds a key twice, or one in use",
            "name older values of SECRET_KEY alone, each once",
        )
    return list(values)


def base_url(name: str, value: str, *, production: bool) -> str:
    """The address that people type: scheme, host and perhaps a port, without a path."""
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018  (reading it is the check)
    except ValueError:
        refuse(name, f"is {value!r}", "write it like https://partners.district.example")
    whole = parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment)
    if not whole or parts.path.strip("/") or "@" in parts.netloc or re.search(r"\s", value):
        refuse(name, f"is {value!r}", "write it like https://partners.district.example, without a path")
    if production and parts.scheme != "https":
        refuse(
            name, "must begin with https:// in production", "put a proxy with a certificate before the portal"
        )
    if production and parts.hostname in HERE:
        refuse(name, f"is {value!r}, which leads nobody else here", "set it to the address that people type")
    return value.rstrip("/")


def hosts(name: str, values: Sequence[str], url: str, *, production: bool) -> list[str]:
    """Names that the portal answers to: bare ones, and in production its own among them and not all."""
    for host in values:
        if not re.fullmatch(r"\*|\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[[0-9a-fA-F:]+\]", host):
            refuse(name, f"holds {host!r}", "name hosts alone, without scheme, port or path")
    if production and "*" in values:
        refuse(name, "lets the portal answer to any name", "name its own")
    own = (urlsplit(url).hostname or "").lower()
    known = [host.lower() for host in values]
    if production and own not in known and not any(h[0] == "." and f".{own}".endswith(h) for h in known):
        refuse(name, f"does not hold {own}", "add the host of PORTAL_BASE_URL")
    return list(values)


def count(name: str, value: str, *, most: int) -> int:
    """A small number."""
    if not (value.isascii() and value.isdigit() and int(value) <= most):
        refuse(name, f"is {value!r}", f"set it to a number from 0 to {most}")
    return int(value)


def postgres(name: str, config: dict[str, Any]) -> dict[str, Any]:
    """A database of PostgreSQL's, with its name and role."""
    if config["ENGINE"] != "django.db.backends.postgresql":
        refuse(name, "is not PostgreSQL's", "begin it with postgres://; the portal runs on nothing else")
    if not config["NAME"] or not config["USER"]:
        refuse(
            name,
            "names no database or no role",
            "write it like postgres://portal_app@//run/postgresql/portal",
        )
    return config


def redis_url(name: str, value: str) -> str:
    """An address of Redis without a database's number: the portal uses two of them."""
    if re.fullmatch(r"unix:///[^\s?]+(\?db=0)?|rediss?://[^\s/]+/?", value) is None:
        refuse(
            name,
            "is no address of Redis, or names a database",
            "write it like redis://:PASSWORD@HOST:6379 or unix:///run/redis/redis.sock",
        )
    return value


def folder(name: str, value: str) -> Path:
    """A whole path: web and worker may be started in different folders."""
    if not Path(value).is_absolute():
        refuse(name, f"is {value!r}", "write the whole path, from / on")
    return Path(value)


def socket(name: str, value: str, *, production: bool) -> str:
    """The whole path of a Unix socket, short enough for the system."""
    if production and not value:
        refuse(name, "is missing", "set it to the path of the press's socket, the same for all processes")
    if value and not Path(value).is_absolute():
        refuse(name, f"is {value!r}", "write the whole path, from / on")
    if len(value.encode()) > LONGEST_SOCKET:
        refuse(name, "is too long for a socket", f"choose a path of {LONGEST_SOCKET} bytes at most")
    return value


def mail_server(name: str, value: str) -> str:
    """How production sends: SMTP, and to whom."""
    try:
        parts = urlsplit(value)
        whole = parts.scheme in ("smtp", "smtps", "smtp+tls", "smtp+ssl") and bool(parts.hostname)
    except ValueError:
        whole = False
    if not whole:
        refuse(
            name, "is missing, or no mail server's address", "write it like smtp+tls://USER:PASSWORD@HOST:587"
        )
    return value


def sender(name: str, value: str, *, production: bool) -> str:
    """The address that mail comes from."""
    try:
        validate_email(value)
    except ValidationError:
        refuse(name, f"is {value!r}", "set it to one e-mail address, without a name")
    if production and value.endswith(".example"):
        refuse(name, "is missing, or an example", "set it to an address of yours that takes answers")
    return value
