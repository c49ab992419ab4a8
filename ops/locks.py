"""Locks between commands of one checkout: the system frees them when their holder ends, however it ends."""

import contextlib
import fcntl
from collections.abc import Iterator
from typing import IO

from ops.paths import RUN


@contextlib.contextmanager
def alone(subject: str) -> Iterator[None]:
    """Wait until no other command is inside the same block, then be the only one there."""
    with opened(subject) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def opened(subject: str) -> IO[str]:
    """The lock file of a subject, opened and not yet locked."""
    RUN.mkdir(parents=True, exist_ok=True)
    return (RUN / f"{subject}.lock").open("w")


def take(lock: IO[str]) -> bool:
    """Take an opened lock for ourselves alone, without waiting; says whether that went."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
