"""The private PostgreSQL: one cluster under the data folder, reached by a Unix socket in a 0700 folder.

Whoever can enter that folder is trusted: there is no TCP port and no password. Two roles: portal_owner owns
the tables and migrates, portal_app is what the portal runs as.
"""

import os
import shutil
from pathlib import Path

from ops.paths import AS_ROOT, DATA, DATABASE_SOCKET, LOGS, as_service, private_folder, sockets
from ops.shell import Line, run, tail
from ops.words import Problem, full_disk, say

CLUSTER = DATA / "postgres"
HALF_MADE = DATA / "postgres.new"
PID_FILE = CLUSTER / "postmaster.pid"
LOG = (DATA if AS_ROOT else LOGS) / "postgres.log"
PROGRAMS = Path("/usr/lib/postgresql")
ADMIN, OWNER, APPLICATION = "portal_admin", "portal_owner", "portal_app"
DATABASES = ("portal", "portal_bench")
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "max_locks_per_transaction": "256",
    "shared_buffers": "256MB",
    "timezone": "UTC",
}


def url(role: str, database: str) -> str:
    """The address of a database for django-environ: a host that is a path stands before the name."""
    return f"postgres://{role}@/{sockets()}/{database}"


def start() -> None:
    """Make the cluster, its roles and its databases where missing, and start the server where it is down."""
    if not (CLUSTER / "PG_VERSION").exists():
        _make()
    if running_pid() is None:
        _remove_stale_pid()
        _start()
    _make_roles_and_databases()


def stop() -> None:
    """Stop the server, ending its connections."""
    if running_pid() is not None:
        words: Line = [_programs() / "pg_ctl", "-D", CLUSTER, "-m", "fast", "-w", "stop"]
        run(as_service(*words), what="stopping PostgreSQL")


def running_pid() -> int | None:
    """The process number of our server, or None where it is down.

    A pid file alone proves nothing: after a crash its number may be another program's, so we ask in which
    folder that one runs.
    """
    try:
        pid = int(PID_FILE.read_text().split("\n", 1)[0])
        ours = Path(f"/proc/{pid}/cwd").resolve(strict=True) == CLUSTER.resolve()
    except (OSError, ValueError):
        return None
    return pid if ours else None


def has_tables() -> bool:
    """Whether the portal's database was migrated at least once."""
    return _ask("SELECT to_regclass('django_migrations') IS NOT NULL", DATABASES[0]) == "t"


def _make() -> None:
    """Make the cluster beside its place and move it there whole: one half made is never taken for one."""
    if CLUSTER.exists() or HALF_MADE.exists():
        say("a PostgreSQL cluster was left half made; making it anew.")
        shutil.rmtree(CLUSTER, ignore_errors=True)
        shutil.rmtree(HALF_MADE, ignore_errors=True)
    private_folder(DATA)
    say("making the private PostgreSQL cluster")
    words: Line = [_newest_programs() / "initdb", "-D", HALF_MADE, "-U", ADMIN, "--auth=trust"]
    words += ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US"]
    run(as_service(*words), what="making the PostgreSQL cluster")
    HALF_MADE.rename(CLUSTER)


def _start() -> None:
    folder = sockets()
    LOG.parent.mkdir(parents=True, exist_ok=True)
    settings = {**SETTINGS, "unix_socket_directories": str(folder)}
    options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    words: Line = [_programs() / "pg_ctl", "-D", CLUSTER, "-l", LOG, "-w", "-t", "60", "-o", options, "start"]
    try:
        run(as_service(*words), what="starting PostgreSQL")
    except Problem as problem:
        last = tail(LOG)
        if "No space left on device" in last:
            raise full_disk(str(DATA)) from problem
        raise Problem(
            f"PostgreSQL did not start; the end of {LOG}:\n{last}",
            "Mend what these lines name, or start anew, without the data, by ./portal reset.",
        ) from problem


def _remove_stale_pid() -> None:
    """Remove what a killed server left, since the process number in it may be another program's by now."""
    if PID_FILE.exists():
        say("PostgreSQL's pid file was left behind by a server that no longer runs; removing it.")
        for left in (PID_FILE, sockets() / f"{DATABASE_SOCKET}.lock"):
            left.unlink(missing_ok=True)


def _make_roles_and_databases() -> None:
    """Bring roles and databases to what they must be; asks first, so that a second start changes nothing."""
    roles = set(_ask("SELECT rolname FROM pg_roles").split())
    databases = set(_ask("SELECT datname FROM pg_database").split())
    commands = [f"CREATE ROLE {OWNER} LOGIN CREATEDB"] * (OWNER not in roles)
    commands += [f"CREATE ROLE {APPLICATION} LOGIN"] * (APPLICATION not in roles)
    commands += [f"CREATE DATABASE {name} OWNER {OWNER}" for name in DATABASES if name not in databases]
    for command in commands:
        _ask(command)


def _ask(sql: str, database: str = "postgres") -> str:
    """Run one statement as the administrator and return its answer without decoration."""
    words: Line = [_programs() / "psql", "-h", sockets(), "-U", ADMIN, "-d", database]
    words += ["-X", "-q", "-A", "-t", "-c", sql]
    return run(as_service(*words), what="asking the private PostgreSQL", env=clean_environment()).strip()


def clean_environment() -> dict[str, str]:
    """Our environment without libpq's variables, which would lead a client to another server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def _programs() -> Path:
    """The folder of the programs of the version that made the cluster."""
    version = (CLUSTER / "PG_VERSION").read_text().strip()
    folder = PROGRAMS / version / "bin"
    if not (folder / "pg_ctl").exists():
        raise Problem(
            f"the data was made by PostgreSQL {version}, which is no longer installed.",
            f"Install postgresql-{version}, or start anew, without the data, by ./portal reset.",
        )
    return folder


def _newest_programs() -> Path:
    found = [folder for folder in PROGRAMS.glob("*/bin") if (folder / "initdb").exists()]
    if not found:
        raise Problem("PostgreSQL is not installed.", "Run ./portal setup.")
    return max(found, key=lambda folder: int(folder.parent.name))
