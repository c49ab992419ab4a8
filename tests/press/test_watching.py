"""Where strace cannot watch, tests that need it fail if all must run, else they are skipped; both say why."""

from pathlib import Path

import pytest

from tests.press.watching import need_tracing, why_not_traced

EITHER = (pytest.fail.Exception, pytest.skip.Exception)  # a skip that nobody caught would not be a failure
REFUSED = "strace: PTRACE_TRACEME: Operation not permitted"
SAID = (
    "strace may not watch another process here, so nobody can see what the press opens. In a container, "
    f"allow it with --cap-add=SYS_PTRACE. It said: {REFUSED}"
)


@pytest.fixture
def refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A strace that the system does not let watch, as in a container without the right to."""
    program = tmp_path / "strace"
    program.write_text(f"#!/bin/sh\necho '{REFUSED}' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")


def test_a_strace_that_may_not_watch_is_told_with_what_to_do(refused: None):
    assert why_not_traced() == SAID


def test_a_strace_that_is_not_there_is_told_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert why_not_traced() == (
        "There is no strace here, so nobody can see what the press opens; ./portal test installs it."
    )


def test_where_everything_must_run_that_is_a_failure(refused: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("REQUIRE_E2E", "1")
    with pytest.raises(EITHER, match="strace may not watch") as told:
        need_tracing()
    assert told.type is pytest.fail.Exception


def test_elsewhere_the_tests_are_skipped(refused: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("REQUIRE_E2E", raising=False)
    with pytest.raises(EITHER, match="strace may not watch") as told:
        need_tracing()
    assert told.type is pytest.skip.Exception
