import json
import os
from pathlib import Path

import pytest

from ops import state
from ops.words import Problem


def test_a_portal_that_was_killed_is_seen_and_swept_away(capsys: pytest.CaptureFixture[str]) -> None:
    with state.held():
        state.write(8000, "demo", {"web": 1})
        left_behind = state.STATE.read_text()
    state.STATE.write_text(left_behind)
    assert state.current() is None
    assert not state.STATE.exists()
    assert capsys.readouterr().err == (
        f"portal: a portal (process {os.getpid()}) ended without cleaning up;"
        " removing the file that it left behind.\n"
    )


def test_the_running_one_is_seen_with_its_address() -> None:
    with state.held():
        state.write(8123, "demo", {"web": 7})
        seen = state.current()
    assert seen == state.State(os.getpid(), 8123, "demo", {"web": 7})
    assert seen.address == "http://localhost:8123"


def test_a_second_one_is_refused_and_told_of_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "soon", lambda check, seconds: check())
    with state.held():
        state.write(8123, "up", {})
        with pytest.raises(Problem) as told, state.held():
            pass
    assert told.value.what == (f"the portal already runs at http://localhost:8123 (process {os.getpid()}).")
    assert told.value.do == "Use that one, or end it: ./portal stop"


def test_ending_one_that_does_not_run_is_no_failure(var: Path) -> None:
    assert state.end() is False


def test_what_it_leaves_is_gone_when_it_ends() -> None:
    with state.held():
        state.write(8000, "demo", {})
        assert json.loads(state.STATE.read_text())["port"] == 8000
    assert not state.STATE.exists()
