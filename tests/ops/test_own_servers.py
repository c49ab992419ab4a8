"""docs/own-servers.md names what there is to set, and what runs."""

import re
from pathlib import Path

import pytest

from ops import ports
from ops.serve import _host
from ops.supervisor import processes

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "own-servers.md").read_text()
SET_BY_THE_COMMANDS = {"PORTAL_DB_ROLE"}


def test_every_setting_that_is_read_is_named() -> None:
    settings = (ROOT / "partnership_portal" / "settings.py").read_text()
    read = set(re.findall(r'(?:\benv\.\w+|\bsecret)\(\s*"([A-Z_]+)"', settings))
    assert read - SET_BY_THE_COMMANDS - set(re.findall(r"`([A-Z_]+)`", TEXT)) == set()


def test_the_four_processes_are_those_that_the_script_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "addresses", lambda port: [f"127.0.0.1:{port}"])
    written = dict(re.findall(r"^\| (press|web|worker|schedule)[^|]*\| `([^`]+)` \|$", TEXT, re.M))
    run = {process.name: process.words for process in processes(8000)}
    assert list(written) == list(run)
    assert {name: Path(words[0]).name for name, words in run.items()} == {
        name: line.split()[0] for name, line in written.items()
    }
    assert set(written["web"].split()[1:]) <= set(run["web"])


@pytest.mark.parametrize(
    ("allowed", "host"),
    [
        ("portal.district.example,localhost", "portal.district.example"),
        (".district.example", "district.example"),
        ("*", "localhost"),
    ],
)
def test_the_web_is_asked_under_a_name_that_it_answers_to(allowed: str, host: str) -> None:
    assert _host({"ALLOWED_HOSTS": allowed}) == host


def test_without_names_it_is_asked_as_localhost() -> None:
    assert _host({}) == "localhost"
