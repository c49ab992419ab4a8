"""ops/install-packages as far as it goes without installing."""

import os
import subprocess
from pathlib import Path

INSTALLER = Path(__file__).parents[2] / "ops" / "install-packages"
NEEDED_BY_ITSELF = ("bash", "env", "grep", "dpkg-query", "id")


def missing(tmp_path: Path, *options: str, **env: str) -> list[str]:
    """What it finds missing where only its own tools are on the PATH."""
    for name in NEEDED_BY_ITSELF:
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")
    words = [INSTALLER, *options, "--missing"]
    done = subprocess.run(words, env={"PATH": str(tmp_path), **env}, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


def test_programs_that_are_not_there_are_named_by_their_packages(tmp_path: Path) -> None:
    found = missing(tmp_path)
    programs = [name for name in found if not name.startswith(("postgresql", "lib"))]
    assert programs == ["redis-server", "gettext", "poppler-utils"]


def test_a_server_of_ones_own_is_not_asked_for(tmp_path: Path) -> None:
    own = {"REDIS_URL": "redis://cache.example", "DATABASE_URL": "postgres://db.example/portal"}
    found = missing(tmp_path, **own)
    assert [name for name in found if not name.startswith("lib")] == ["gettext", "poppler-utils"]


def test_a_named_browser_is_enough_for_the_tests(tmp_path: Path) -> None:
    assert "chromium" not in missing(tmp_path, "--tests", PORTAL_CHROMIUM="/opt/browser")


def test_the_tests_ask_for_strace(tmp_path: Path) -> None:
    assert "strace" in missing(tmp_path, "--tests", PORTAL_CHROMIUM="/opt/browser")


def test_the_portal_itself_needs_no_strace(tmp_path: Path) -> None:
    assert "strace" not in missing(tmp_path)


def test_without_a_word_it_only_explains_itself() -> None:
    done = subprocess.run([INSTALLER], env=os.environ, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("# The system packages of the portal")
