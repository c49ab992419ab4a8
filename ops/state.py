"""What a running portal leaves for the other commands: a lock that it holds while it lives, and its address.

Whether it runs is told by the lock alone, which the system lets go of when the process ends, however it ends.
"""

import contextlib
import json
import os
import signal
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from ops.locks import opened, take
from ops.paths import RUN
from ops.shell import soon
from ops.words import Problem, say

STATE = RUN / "portal.json"


@dataclass
class State:
    """A running portal: the supervisor's process number, the web's port, the mode, the processes' numbers."""

    pid: int
    port: int
    mode: str
    processes: dict[str, int] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://localhost:{self.port}"


def current() -> State | None:
    """The portal that runs from this checkout, or None. A state that a killed one left behind is removed."""
    if not STATE.exists():
        return None
    state = State(**json.loads(STATE.read_text()))
    if _is_held():
        return state
    say(f"a portal (process {state.pid}) ended without cleaning up; removing the file that it left behind.")
    STATE.unlink(missing_ok=True)
    return None


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Be the one running portal of this checkout within the block. Raises Problem where another one runs."""
    with opened("portal") as lock:
        other = current()
        if not soon(lambda: take(lock), 0.5):
            where = f" at {other.address} (process {other.pid})" if other else ""
            raise Problem(f"the portal already runs{where}.", "Use that one, or end it: ./portal stop")
        try:
            yield
        finally:
            STATE.unlink(missing_ok=True)


def write(port: int, mode: str, processes: dict[str, int]) -> None:
    """Leave our own state for the others."""
    STATE.write_text(json.dumps(asdict(State(os.getpid(), port, mode, processes))))


def end(seconds: float = 30) -> bool:
    """Ask the running portal to stop and wait for it; says whether there was one."""
    state = current()
    if state is None:
        return False
    os.kill(state.pid, signal.SIGTERM)
    if not soon(lambda: not _is_held(), seconds):
        raise Problem(f"the portal (process {state.pid}) does not stop.", f"End it by: kill -9 {state.pid}")
    return True


def _is_held() -> bool:
    """Whether a portal runs. The lock is free again at once where we could take it."""
    with opened("portal") as lock:
        return not take(lock)
