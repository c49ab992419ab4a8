import socket
from pathlib import Path

import pytest

from ops import doctor, packages, paths, redis, servers, state, venv
from press import client
from tests.press.running import running_press


@pytest.fixture(autouse=True)
def nothing_runs(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "sockets", lambda: var)
    monkeypatch.setattr(redis, "sockets", lambda: var)
    monkeypatch.setattr(servers, "press_socket", lambda: var / "press.sock")
    monkeypatch.setattr(servers, "own_database", lambda: False)
    monkeypatch.setattr(servers, "own_redis", lambda: False)
    monkeypatch.setattr(packages, "missing", lambda *, tests: [])
    monkeypatch.setattr(venv, "is_ready", lambda *, tests: True)
    monkeypatch.setattr("ops.prepare.free", lambda place: 3 * 2**30)
    monkeypatch.setattr("ops.postgres.running_pid", lambda: None)


def test_it_looks_at_everything() -> None:
    assert [finding.subject for finding in doctor.look()] == [
        *("system", "packages", ".venv", "disk", "sockets", "PostgreSQL", "Redis", "portal", "press"),
        *("browser", "logs"),
    ]


def test_all_well_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor.report() == 0
    assert "->" not in capsys.readouterr().out


def test_what_is_missing_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(packages, "missing", lambda *, tests: ["gettext", "postgresql"])
    assert doctor.report() == 1
    assert "packages    missing: gettext, postgresql\n            -> ./portal setup\n" in (
        capsys.readouterr().out
    )


def test_it_names_each_process_of_a_running_portal(monkeypatch: pytest.MonkeyPatch) -> None:
    running = state.State(41, 8000, "demo", {"press": 42, "web": 2**22 + 1})
    monkeypatch.setattr(state, "current", lambda: running)
    found = {finding.subject: finding.text for finding in doctor.look()}
    assert found["portal"] == "runs at http://localhost:8000 as demo (process 41)"
    assert found["web"] == "does not run; its log says why"


def test_it_says_whether_the_press_would_have_no_network() -> None:
    press = next(finding for finding in doctor.look() if finding.subject == "press")
    assert press.text in ("down; when it runs: no network", f"down; when it runs: {doctor.WITH_NETWORK}")


def test_a_socket_that_a_press_left_behind_is_no_press(var: Path) -> None:
    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(str(var / "press.sock"))
    press = next(finding for finding in doctor.look() if finding.subject == "press")
    assert (press.text.split(";")[0], press.do) == ("down", "")


def test_a_press_that_should_answer_and_does_not_is_something_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "current", lambda: state.State(41, 8000, "demo", {"press": 42}))
    press = next(finding for finding in doctor.look() if finding.subject == "press")
    assert press.do == "look into its log; ./portal stop, then start anew"


def test_a_press_that_runs_says_whether_it_has_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    with running_press() as running:
        monkeypatch.setattr(servers, "press_socket", lambda: Path(running.path))
        press = next(finding for finding in doctor.look() if finding.subject == "press")
        told = client.status(socket_path=running.path)
    network = "no network" if told["network"] == "none" else doctor.WITH_NETWORK
    assert press.text == f"runs (WeasyPrint {told['weasyprint']}), {network}"
