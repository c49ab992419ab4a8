"""The browser of the tests: Debian's Chromium, or one that the user names or has."""

import os
import shutil
from pathlib import Path

from ops.paths import VENV
from ops.shell import run
from ops.words import Problem, say

NAMES = ("chromium", "google-chrome-stable", "google-chrome")
PLAYWRIGHT = VENV / "bin" / "playwright"
BROUGHT = Path.home() / ".cache" / "ms-playwright"
ADVICE = (
    "Ubuntu has Chromium only as a snap, which the tests cannot drive: install Google Chrome's .deb,"
    " or name another Chromium by PORTAL_CHROMIUM=/path/to/chromium; then run this again."
)


def ensure() -> str:
    """The path of a Chromium; where the system's packages have none, Playwright is asked to bring its own."""
    found = find()
    if found is None:
        say("no Chromium among the system's packages; asking Playwright for its own (about 200 MB)")
        try:
            run([PLAYWRIGHT, "install", "--with-deps", "chromium"], what="installing Chromium")
        except Problem as problem:
            raise Problem(problem.what, ADVICE) from problem
        found = find()
    if found is None:
        raise Problem("no Chromium was found for the browser tests.", ADVICE)
    return found


def find() -> str | None:
    """The path of a Chromium that is there, or None: the named one, the system's, or Playwright's."""
    named = os.environ.get("PORTAL_CHROMIUM")
    if named:
        return named
    for name in NAMES:
        path = shutil.which(name)
        if path and not Path(path).resolve().is_relative_to("/snap"):
            return path
    brought = sorted(BROUGHT.glob("chromium-*/chrome-linux*/chrome"))
    return str(brought[-1]) if brought else None
