"""The parent: it accepts, forks a child for each connection, reaps it, and ends it at its deadline.

Single-threaded, so that forking is safe. When a child dies in the middle of a document, the parent tells the
client why on the connection that it kept.
"""

import contextlib
import logging
import os
import selectors
import signal
import socket
import time
from dataclasses import dataclass
from typing import NoReturn

from press import child, engine, wire
from press.documents import Reason, Refusal

LONGEST_PATH = 107  # bytes that fit into sockaddr_un
CHILDREN = max(4, 2 * (os.cpu_count() or 1))
DEADLINE = child.LIFETIME + 15.0  # seconds after which a child that is still there is ended
BACKLOG = 256

log = logging.getLogger("press")
ENDED = "Child %d ended (%s) after %.1f s, %.1f s of processor time among them, with at most %d MB"

TOO_LONG = Refusal(
    Reason.DEADLINE,
    "The document took too long and was stopped. Does it hold a very large table, or too much text?",
)


class CannotServe(Exception):
    """The socket cannot be opened; says what to do."""


@dataclass
class Child:
    """A child at work: its pidfd, the connection that the parent kept, and when it began."""

    pid: int
    pidfd: int
    connection: socket.socket
    began: float

    @property
    def deadline(self) -> float:
        """When it must have ended."""
        return self.began + DEADLINE


def open_socket(path: str) -> socket.socket:
    """Listen at ``path``; a socket that a dead press left behind is replaced. Raises CannotServe."""
    if len(path.encode()) > LONGEST_PATH:
        raise CannotServe(
            f"The path {path} is longer than {LONGEST_PATH} bytes. Set PRESS_SOCKET to a shorter one."
        )
    with contextlib.closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as probe:
        if probe.connect_ex(path) == 0:
            raise CannotServe(f"Another press answers at {path} already. Stop it first.")
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o077)
    try:
        listener.bind(path)
    except OSError as error:
        listener.close()
        raise CannotServe(f"Cannot open {path}: {error.strerror}. Does its folder exist?") from error
    finally:
        os.umask(before)
    listener.listen(BACKLOG)
    return listener


class Server:
    """Accepts connections on a listening socket until the process is told to stop."""

    def __init__(self, listener: socket.socket, press: engine.Engine) -> None:
        self.listener = listener
        self.press = press
        self.children: dict[int, Child] = {}
        self.selector = selectors.DefaultSelector()
        self.selector.register(listener, selectors.EVENT_READ)
        self.accepting = True

    def run(self) -> NoReturn:
        """Serve for ever; SIGTERM and SIGINT end the children and then the process, as SystemExit."""
        signal.signal(signal.SIGTERM, _stop)
        signal.signal(signal.SIGINT, _stop)
        try:
            while True:
                self._step()
        finally:
            for worker in self.children.values():
                os.kill(worker.pid, signal.SIGKILL)

    def _step(self) -> None:
        for key, _ in self.selector.select(self._until_next_deadline()):
            if key.fileobj is self.listener:
                self._accept()
            else:
                self._reap(self.children[key.fd])
        now = time.monotonic()
        for worker in self.children.values():
            if worker.deadline <= now:
                os.kill(worker.pid, signal.SIGKILL)
        self._accept_only_with_room()

    def _until_next_deadline(self) -> float | None:
        if not self.children:
            return None
        return max(0.05, min(worker.deadline for worker in self.children.values()) - time.monotonic())

    def _accept(self) -> None:
        connection, _ = self.listener.accept()
        pid = os.fork()
        if pid == 0:
            self.listener.close()
            child.serve(connection, self.press)
        worker = Child(pid, os.pidfd_open(pid), connection, time.monotonic())
        self.children[worker.pidfd] = worker
        self.selector.register(worker.pidfd, selectors.EVENT_READ)

    def _reap(self, worker: Child) -> None:
        _, status, used = os.wait4(worker.pid, 0)
        seconds, processor = time.monotonic() - worker.began, used.ru_utime + used.ru_stime
        log.debug(ENDED, worker.pid, how_ended(status), seconds, processor, used.ru_maxrss // 1024)
        del self.children[worker.pidfd]
        self.selector.unregister(worker.pidfd)
        os.close(worker.pidfd)
        if status != 0:
            refusal = why_ended(status)
            log.warning("A document was not made: %s", refusal.words)
            worker.connection.settimeout(0)
            with contextlib.suppress(OSError):
                wire.send(worker.connection, *wire.pack_answer(refusal, last=True))
        worker.connection.close()

    def _accept_only_with_room(self) -> None:
        room = len(self.children) < CHILDREN
        if room and not self.accepting:
            self.selector.register(self.listener, selectors.EVENT_READ)
        elif self.accepting and not room:
            self.selector.unregister(self.listener)
        self.accepting = room


def how_ended(status: int) -> str:
    """Return the name of the signal that ended a child, or "by itself", from its wait status."""
    return signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else "by itself"


def why_ended(status: int) -> Refusal:
    """Return what a wait status of a child that failed means for its document."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number in (signal.SIGALRM, signal.SIGPROF, signal.SIGXCPU):
            return TOO_LONG
        if number in (signal.SIGABRT, signal.SIGTRAP, signal.SIGSEGV):
            return child.NO_MEMORY
        return Refusal(Reason.STOPPED, f"The press stopped this document ({signal.Signals(number).name}).")
    return Refusal(Reason.STOPPED, "The press stopped while it made this document. Try once more.")


def _stop(number: int, frame: object) -> NoReturn:
    raise SystemExit(0)
