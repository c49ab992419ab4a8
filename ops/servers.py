"""Which PostgreSQL and Redis are used, and the environment that leads every part of the portal to them.

With DATABASE_URL and DATABASE_OWNER_URL, or REDIS_URL, set by the user those servers are used, and no private
one is started in their place. Commands may run side by side: whoever ends last stops the private servers.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from ops import ports, postgres, redis, state
from ops.locks import alone, opened, take
from ops.paths import ROOT, RUN, VAR, VENV, check_length, sockets
from ops.words import Problem

MODE_FILE = RUN / "mode"
"""The mode of the last start, so that `./portal manage` speaks to what runs."""


def own_database() -> bool:
    """Whether PostgreSQL is the user's. Raises Problem where only one of the two roles is given."""
    given = [bool(os.environ.get(name)) for name in ("DATABASE_URL", "DATABASE_OWNER_URL")]
    if any(given) and not all(given):
        raise Problem(
            "only one of DATABASE_URL and DATABASE_OWNER_URL is set.",
            "Set both, for the application's role and the owner's (docs/own-servers.md), or neither.",
        )
    return all(given)


def own_redis() -> bool:
    """Whether Redis is the user's."""
    return bool(os.environ.get("REDIS_URL"))


def environment(
    *, mode: str | None = None, port: int | None = None, database: str = "portal"
) -> dict[str, str]:
    """The environment for every part of the portal: ours where the user has set nothing.

    `mode` is PORTAL_MODE (None: that of the last start), `port` the web's (None: that of the portal that
    runs), `database` the database's name.
    """
    env = dict(os.environ) if own_database() else postgres.clean_environment()
    env |= {"PORTAL_VAR": str(VAR), "PORTAL_MODE": mode or os.environ.get("PORTAL_MODE") or last_mode()}
    env.setdefault("PORTAL_BASE_URL", f"http://localhost:{port or _port()}")
    # What a command starts by `python -m` is found from whatever folder the command is run in.
    env |= {"PYTHONPATH": str(ROOT), "VIRTUAL_ENV": str(VENV)}
    env |= {"PATH": f"{VENV / 'bin'}:{os.environ.get('PATH', os.defpath)}"}
    if own_database():
        names = ("DATABASE_URL", "DATABASE_OWNER_URL")
        env |= {name: _named(env[name], database) for name in names if database != "portal"}
    else:
        env["DATABASE_URL"] = postgres.url(postgres.APPLICATION, database)
        env["DATABASE_OWNER_URL"] = postgres.url(postgres.OWNER, database)
    if not own_redis():
        env["REDIS_URL"] = redis.url()
    env["PRESS_SOCKET"] = str(press_socket())
    return env


def press_socket() -> Path:
    """The path of the press's socket. Raises Problem where it is too long."""
    path = Path(os.environ.get("PRESS_SOCKET") or sockets() / "press.sock")
    check_length(path)
    return path


def last_mode() -> str:
    """The mode of the last start; development where there was none."""
    return MODE_FILE.read_text().strip() if MODE_FILE.exists() else "development"


def _port() -> int:
    """The port of the portal that runs, or the usual one."""
    running_one = state.current()
    return running_one.port if running_one else ports.USUAL


def _named(url: str, database: str) -> str:
    """`url` with another database's name."""
    address, _, query = url.partition("?")
    return f"{address.rpartition('/')[0]}/{database}" + (f"?{query}" if query else "")


@contextlib.contextmanager
def running() -> Iterator[None]:
    """Keep the private servers up within the block; the last block that ends stops them."""
    with opened("users") as users:
        with alone("servers"):
            fcntl.flock(users, fcntl.LOCK_SH)
            start()
        try:
            yield
        finally:
            with alone("servers"):
                if take(users):
                    stop()


def start() -> None:
    """Start the private servers that are needed and down."""
    if not own_database():
        postgres.start()
    if not own_redis():
        redis.start()


def stop() -> None:
    """Stop the private servers."""
    redis.stop()
    postgres.stop()
