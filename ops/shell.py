"""Running other programs: their output to a log, their failure as a Problem with the last lines of it."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ops import paths
from ops.words import Problem, full_disk

Words = Sequence[str | Path]
Line = list[str | Path]


def run(words: Words, *, what: str, env: Mapping[str, str] | None = None, text: str | None = None) -> str:
    """Run `words` to their end with `text` as input and return what they print.

    `what` names the step in the Problem that a failure raises. The working folder is /, since the service
    user may be unable to enter ours.
    """
    done = subprocess.run(
        [str(word) for word in words],
        cwd="/",
        env=env,
        input=text or "",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise failure(what, done.stdout)
    return done.stdout


def failure(what: str, output: str) -> Problem:
    """The Problem of a step that failed: its last lines, and what to do about those we know."""
    if "No space left on device" in output:
        return full_disk(str(paths.VAR))
    last = "\n".join(f"    {line}" for line in output.strip().splitlines()[-12:])
    return Problem(f"{what} failed:\n{last}", "Mend what these lines name, then run this again.")


def foreground(words: Words, *, env: Mapping[str, str], cwd: Path | None = None) -> int:
    """Run `words` on our own terminal and return their exit status.

    Ctrl-C is theirs to answer: we wait until they have ended.
    """
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        status = subprocess.run([str(word) for word in words], env=env, cwd=cwd, check=False).returncode
    finally:
        signal.signal(signal.SIGINT, before)
    return status if status >= 0 else 128 - status


def tail(log: Path, lines: int = 12) -> str:
    """The last lines of a log, indented; empty where there is none."""
    if not log.exists():
        return ""
    return "\n".join(f"    {line}" for line in log.read_text(errors="replace").splitlines()[-lines:])


def interactive() -> bool:
    """Whether a person sits at the other end."""
    return os.isatty(0) and os.isatty(2)


def soon(check: Callable[[], bool], seconds: float = 5) -> bool:
    """Whether `check` comes true within that many seconds."""
    end = time.monotonic() + seconds
    while not check():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
