"""A checkout's var/ for each test, so that no test meets the portal that runs."""

from pathlib import Path

import pytest

from ops import locks, prepare, servers, state, supervisor


@pytest.fixture(autouse=True)
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    run = tmp_path / "run"
    monkeypatch.setattr(locks, "RUN", run)
    monkeypatch.setattr(prepare, "RUN", run)
    monkeypatch.setattr(servers, "MODE_FILE", run / "mode")
    monkeypatch.setattr(state, "STATE", run / "portal.json")
    monkeypatch.setattr(supervisor, "LOGS", tmp_path / "log")
    return tmp_path
