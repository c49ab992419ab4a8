"""The .venv: made once, filled from a lock with hashes, and left alone until the lock changes."""

import hashlib
import os
import shutil
import subprocess
import sys

from ops.paths import PYTHON, ROOT, VENV
from ops.shell import Line, run
from ops.words import Problem, say

RUNTIME = "requirements.txt"
TESTS = "requirements-dev.txt"
STAMP = VENV / "portal-locks"
"""One line for each lock that the .venv was filled from: its name and the SHA-256 of its content."""


def ensure(*, tests: bool) -> None:
    """Bring the .venv to the lock; with `tests` to the tests' lock, which holds the other one, too."""
    if is_ready(tests=tests):
        return
    lock = TESTS if tests else RUNTIME
    if not _works():
        say(f"making .venv with Python {sys.version_info.major}.{sys.version_info.minor}")
        shutil.rmtree(VENV, ignore_errors=True)
        run([sys.executable, "-m", "venv", VENV], what="making .venv")
    say(f"installing the Python packages of {lock} (a few minutes the first time)")
    _install(lock)
    STAMP.write_text("\n".join(sorted({_line(RUNTIME), _line(lock)})) + "\n")


def is_ready(*, tests: bool) -> bool:
    """Whether the .venv works and is at the lock."""
    return _works() and {_line(RUNTIME), _line(TESTS if tests else RUNTIME)} <= _stamped()


def _works() -> bool:
    """Whether the .venv's Python starts; it does not after the system's Python was replaced."""
    return (
        PYTHON.exists() and not subprocess.run([PYTHON, "-c", "pass"], stderr=subprocess.DEVNULL).returncode
    )


def _line(lock: str) -> str:
    return f"{lock} {hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()}"


def _stamped() -> set[str]:
    return set(STAMP.read_text().splitlines()) if STAMP.exists() else set()


def _install(lock: str) -> None:
    words: Line = [PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    env = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    try:
        run([*words, "--require-hashes", "-r", ROOT / lock], what=f"installing {lock}", env=env)
    except Problem as problem:
        if any(word in problem.what for word in ("resolution", "Connection", "Max retries", "No matching")):
            problem.do = (
                "The first set-up needs the network: check it (and pip's settings), then run this again."
            )
        raise
