"""The steps between an empty checkout and one that can run; each does nothing where its work is done."""

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from ops import packages, paths, venv
from ops.locks import alone
from ops.paths import PYTHON, ROOT, RUN, VAR
from ops.shell import Line, run
from ops.words import Problem, say

ENOUGH = 300 * 2**20
"""Bytes that must be free on a disk before anything starts: PostgreSQL's log of writes needs some of them."""


def programs(*, tests: bool = False) -> None:
    """System packages and the .venv; with `tests` also those of the tests."""
    room()
    with alone("setup"):
        packages.ensure(tests=tests)
        venv.ensure(tests=tests)


def room() -> None:
    """Raise Problem where the disk of the checkout, of var/ or of the servers' data is all but full."""
    for place in (ROOT, VAR, paths.DATA):
        if free(place) < ENOUGH:
            left = f"{free(place) // 2**20} MB left, and the portal needs {ENOUGH // 2**20}"
            raise Problem(f"the disk of {place} has {left}.", "Free some space there, then run this again.")


def free(place: Path) -> int:
    """Free bytes on the disk of `place`, or of the nearest folder above it that exists."""
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free


def everything(env: Mapping[str, str]) -> None:
    """What a portal needs before it can answer: translations, static files and tables."""
    messages()
    static_files(env)
    migrate(env)


def messages() -> None:
    """Compile the translations: each .po to the .mo beside it."""
    sources = sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po"))
    if _changed("messages", sources) or not all(source.with_suffix(".mo").exists() for source in sources):
        say("compiling the translations")
        for source in sources:
            words: Line = ["msgfmt", "--check-format", "-o", source.with_suffix(".mo"), source]
            run(words, what=f"compiling {source.relative_to(ROOT)}")
        _remember("messages", sources)


def static_files(env: Mapping[str, str]) -> None:
    """Collect the static files under var/static, with their hashes in the names."""
    sources = [*sorted(path for path in ROOT.glob("static/**/*") if path.is_file()), ROOT / venv.RUNTIME]
    if _changed("static", sources) or not (VAR / "static").exists():
        say("collecting the static files")
        words: Line = [
            PYTHON,
            ROOT / "manage.py",
            "collectstatic",
            "--noinput",
            "--clear",
            "--verbosity",
            "0",
        ]
        run(words, what="collecting the static files", env=env)
        _remember("static", sources)


def migrate(env: Mapping[str, str]) -> None:
    """Bring the database's tables up to date, as their owner."""
    say("bringing the database's tables up to date")
    words: Line = [PYTHON, ROOT / "manage.py", "migrate", "--noinput", "--verbosity", "0"]
    run(words, what="migrating the database", env=env)


def load_demo(env: Mapping[str, str]) -> None:
    """Load the demo's invented district; the command itself leaves one that is there."""
    say("loading the invented district, where it is not there yet")
    run([PYTHON, ROOT / "manage.py", "load_demo"], what="loading the demo", env=env)


def _changed(step: str, sources: Iterable[Path]) -> bool:
    stamp = RUN / f"{step}.stamp"
    return not stamp.exists() or stamp.read_text() != _digest(sources)


def _remember(step: str, sources: Iterable[Path]) -> None:
    RUN.mkdir(parents=True, exist_ok=True)
    (RUN / f"{step}.stamp").write_text(_digest(sources))


def _digest(sources: Iterable[Path]) -> str:
    """The SHA-256 of all names and contents."""
    total = hashlib.sha256()
    for path in sources:
        total.update(f"{path} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()
