"""`./portal doctor`: what is there, what is missing, what runs, and where to look. Changes nothing."""

import platform
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ops import browser, packages, paths, postgres, prepare, redis, servers, state, venv
from ops.words import Problem
from press import client
from press.documents import PressUnavailable

FULL_SETUP = 2 * 2**30
"""Bytes that a set-up with the tests' tools needs."""
WITH_NETWORK = "with the network (this system does not let it leave)"


@dataclass(frozen=True)
class Finding:
    """One line of the report; `do` is empty where all is well."""

    subject: str
    text: str
    do: str = ""


def report() -> int:
    """Print the findings on stdout; returns 1 where there is something to do."""
    findings = list(look())
    width = max(len(finding.subject) for finding in findings)
    for finding in findings:
        print(f"{finding.subject:{width}}  {finding.text}")
        if finding.do:
            print(f"{'':{width}}  -> {finding.do}")
    return int(any(finding.do for finding in findings))


def look() -> Iterator[Finding]:
    """Look at everything, one finding after the other."""
    yield Finding("system", f"{_system()}, Python {platform.python_version()}")
    missing = packages.missing(tests=False)
    text = f"missing: {', '.join(missing)}" if missing else "all there"
    yield Finding("packages", text, "./portal setup" if missing else "")
    yield _venv()
    yield _disk()
    yield _sockets()
    yield _database()
    yield _redis()
    yield from _portal()
    yield Finding("browser", browser.find() or "none; ./portal test brings one")
    yield Finding("logs", "; ".join(dict.fromkeys(str(log) for log in (paths.LOGS, postgres.LOG.parent))))


def _system() -> str:
    return platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())


def _venv() -> Finding:
    if not venv.is_ready(tests=False):
        return Finding(".venv", "missing, or not at the lock", "./portal setup")
    return Finding(".venv", "ready, with the tests' tools" if venv.is_ready(tests=True) else "ready")


def _disk() -> Finding:
    free = min(prepare.free(place) for place in (paths.ROOT, paths.VAR, paths.DATA))
    enough = prepare.ENOUGH if venv.is_ready(tests=False) else FULL_SETUP
    return Finding("disk", f"{free / 2**30:.1f} GB free", "" if free > enough else "free some space")


def _sockets() -> Finding:
    try:
        return Finding("sockets", str(paths.sockets()))
    except Problem as problem:
        return Finding("sockets", problem.what, problem.do)


def _database() -> Finding:
    try:
        if servers.own_database():
            return Finding("PostgreSQL", "your own, by DATABASE_URL")
    except Problem as problem:
        return Finding("PostgreSQL", problem.what, problem.do)
    pid = postgres.running_pid()
    made = f"data in {postgres.CLUSTER}" if postgres.CLUSTER.exists() else "not made yet"
    return Finding("PostgreSQL", f"{f'runs (process {pid})' if pid else 'down'}; {made}")


def _redis() -> Finding:
    if servers.own_redis():
        return Finding("Redis", "your own, by REDIS_URL")
    return Finding("Redis", "runs" if redis.is_running() else "down")


def _portal() -> Iterator[Finding]:
    running = state.current()
    if running is None:
        yield Finding("portal", "down")
        yield _press(expected=False)
        return
    yield Finding("portal", f"runs at {running.address} as {running.mode} (process {running.pid})")
    yield _press(expected=True)
    for name, pid in running.processes.items():
        if name != "press":
            alive = Path(f"/proc/{pid}").exists()
            yield Finding(name, f"runs (process {pid})" if alive else "does not run; its log says why")


def _press(*, expected: bool) -> Finding:
    """What the press says of itself, at the socket where the portal would ask it."""
    try:
        told = client.status(socket_path=str(servers.press_socket()), wait=5)
    except Problem as problem:
        return Finding("press", problem.what, problem.do)
    except PressUnavailable as unavailable:
        if expected:
            return Finding("press", str(unavailable), "look into its log; ./portal stop, then start anew")
        return Finding("press", f"down; when it runs: {_could_leave_network()}")
    network = {"none": "no network"}.get(told["network"], WITH_NETWORK)
    return Finding("press", f"runs (WeasyPrint {told['weasyprint']}), {network}")


def _could_leave_network() -> str:
    user = [] if paths.AS_ROOT else ["--user"]
    tried = subprocess.run(["unshare", *user, "--net", "true"], stderr=subprocess.DEVNULL, check=False)
    return "no network" if tried.returncode == 0 else WITH_NETWORK
