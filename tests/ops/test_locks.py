"""The lock of the Python packages: whole, the same for tests, free of places, and explained."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUNTIME, TESTS = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"


def packages(lock: Path) -> dict[str, str]:
    """Each locked package with its lines."""
    blocks = re.split(r"\n(?=[a-z0-9])", lock.read_text())
    return {block.split("==")[0]: block for block in blocks}


def names(wanted: Path) -> list[str]:
    """The packages that a requirements*.in asks for itself."""
    lines = [line for line in wanted.read_text().splitlines() if re.match(r"[A-Za-z]", line)]
    return [re.split(r"[\[<>=]", line)[0] for line in lines]


@pytest.mark.parametrize("lock", [RUNTIME, TESTS], ids=lambda lock: lock.name)
def test_every_package_is_pinned_with_hashes(lock: Path) -> None:
    assert [name for name, block in packages(lock).items() if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", [RUNTIME, TESTS], ids=lambda lock: lock.name)
def test_a_lock_names_no_index_and_no_folder(lock: Path) -> None:
    assert re.findall(r"https?:|file:|--index|--find-links| @ ", lock.read_text()) == []


def test_the_tests_run_on_what_the_portal_runs_on() -> None:
    pins = {name: block.split()[0] for name, block in packages(TESTS).items()}
    assert {name: block.split()[0] for name, block in packages(RUNTIME).items()}.items() <= pins.items()


def test_the_docs_say_what_each_package_is_for() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text()
    wanted = names(ROOT / "requirements.in") + names(ROOT / "requirements-dev.in")
    assert [name for name in wanted if f"`{name}`" not in text] == []
