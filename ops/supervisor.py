"""Runs the portal's four processes (press, web, worker, schedule), restarts one that fails, and stops all.

Not honcho: that one ends everything when one process ends, and a press or a worker that fails must come back
while the web goes on. The processes live in sessions of their own, so that Ctrl-C reaches us alone.
"""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ops import ports
from ops.paths import LOGS, ROOT, RUN, VENV
from ops.shell import tail
from ops.words import Problem, say

OUR_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
TRIES, WITHIN = 4, 60
"""A process that fails this often within this many seconds is not started again, and the portal stops."""
GRACE = 10
"""Seconds that a process has to end after it was asked to."""
LOOK = 1.0
"""Seconds after which the processes are looked at even without a signal: another thread may have taken it."""
ONE_LOG = 10 * 2**20
"""Bytes; a log longer than this is put aside at the start, in the place of the one before it."""
PARENT_DEATH_SIGNAL = 1
LIBC = ctypes.CDLL(None)


@dataclass
class Process:
    """One supervised process: its name, its command line, and the times at which it was started lately."""

    name: str
    words: list[str]
    popen: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)

    @property
    def log(self) -> Path:
        """Where its output goes."""
        return LOGS / f"{self.name}.log"


def processes(port: int) -> list[Process]:
    """The portal's processes with the web at that port, in the order in which they start."""
    tools = VENV / "bin"
    gunicorn = [str(tools / "gunicorn"), "partnership_portal.wsgi:application", "--preload", "--workers", "3"]
    gunicorn += [word for address in ports.addresses(port) for word in ("--bind", address)]
    celery = [str(tools / "celery"), "-A", "partnership_portal"]
    worker = [*celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle"]
    schedule = [*celery, "beat", "--schedule", str(RUN / "schedule"), "--pidfile="]
    return [
        Process("press", [str(tools / "python"), "-m", "press"]),
        Process("web", gunicorn),
        Process("worker", [*worker, "--loglevel", "INFO"]),
        Process("schedule", [*schedule, "--loglevel", "INFO"]),
    ]


class Supervisor:
    """Starts processes, watches them, and ends them. Signals are waited for, never handled amid a step."""

    def __init__(
        self, supervised: list[Process], env: Mapping[str, str], on_start: Callable[[dict[str, int]], object]
    ) -> None:
        """`on_start` is told the process numbers by name after each start."""
        self.supervised = supervised
        self.env = env
        self.on_start = on_start
        self.mask: set[int | signal.Signals] = signal.pthread_sigmask(
            signal.SIG_BLOCK, OUR_SIGNALS | {signal.SIGCHLD}
        )

    def start(self) -> None:
        """Start every process."""
        LOGS.mkdir(parents=True, exist_ok=True)
        for process in self.supervised:
            if process.log.exists() and process.log.stat().st_size > ONE_LOG:
                process.log.rename(process.log.with_suffix(".log.1"))
            self._start(process)
        self.on_start(self.pids())

    def watch(self, seconds: float | None = None) -> bool:
        """Keep the processes running for that long (None: until told to end); says whether we were told.

        Raises Problem where a process fails again and again.
        """
        end = None if seconds is None else time.monotonic() + seconds
        while end is None or time.monotonic() < end:
            wait = LOOK if end is None else min(LOOK, max(0.01, end - time.monotonic()))
            got = signal.sigtimedwait(OUR_SIGNALS | {signal.SIGCHLD}, wait)
            if got and got.si_signo in OUR_SIGNALS:
                return True
            for process in self.supervised:
                if process.popen and process.popen.poll() is not None:
                    self._again(process)
        return False

    def stop(self) -> None:
        """End every process; one that does not end in time is killed, with its children."""
        for process in reversed(self.supervised):
            if process.popen and process.popen.poll() is None:
                process.popen.terminate()
        end = time.monotonic() + GRACE
        for process in self.supervised:
            if process.popen:
                self._wait(process, end)
        while signal.sigtimedwait(OUR_SIGNALS | {signal.SIGCHLD}, 0):
            pass  # a second Ctrl-C while we end is the same wish
        signal.pthread_sigmask(signal.SIG_SETMASK, self.mask)

    def restarts(self) -> dict[str, int]:
        """How often each process had to be started again."""
        return {process.name: len(process.starts) - 1 for process in self.supervised}

    def pids(self) -> dict[str, int]:
        """The process numbers by name."""
        return {process.name: process.popen.pid for process in self.supervised if process.popen}

    def _start(self, process: Process) -> None:
        process.starts.append(time.monotonic())
        with process.log.open("ab") as log:
            process.popen = subprocess.Popen(
                process.words,
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=lambda: _prepare_child(self.mask),
            )

    def _again(self, process: Process) -> None:
        status = process.popen.returncode if process.popen else 0
        lately = [start for start in process.starts if time.monotonic() - start < WITHIN]
        if len(lately) >= TRIES:
            raise Problem(
                f"{process.name} ended {len(lately)} times within a minute; the end of {process.log}:\n"
                + tail(process.log),
                "Mend what these lines name, then start again; ./portal doctor may know more.",
            )
        say(f"{process.name} ended (status {status}); starting it again. Its log: {process.log}")
        self._start(process)
        self.on_start(self.pids())

    def _wait(self, process: Process, end: float) -> None:
        assert process.popen is not None
        try:
            process.popen.wait(max(0.01, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"{process.name} did not end within {GRACE} seconds; killing it.")
            os.killpg(process.popen.pid, signal.SIGKILL)
            process.popen.wait()


def _prepare_child(mask: set[int | signal.Signals]) -> None:
    """In the child, before its program starts: our signal mask is not its own, and it must not outlive us."""
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    LIBC.prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)
