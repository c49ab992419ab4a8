import errno
import sys

import pytest

from ops import cli
from ops.words import Problem


def test_a_problem_ends_with_what_to_do_and_prints_nothing_on_stdout(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert end_of_main(Problem("the floor is wet.", "Mop it."), monkeypatch) == 1
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", "portal: the floor is wet.\nportal: Mop it.\n")


def test_a_disk_that_fills_anywhere_is_named(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    full = OSError(errno.ENOSPC, "No space left on device", "/somewhere/file")
    assert end_of_main(full, monkeypatch) == 1
    assert capfd.readouterr().err == (
        "portal: the disk of /somewhere/file is full.\nportal: Free some space there, then run this again.\n"
    )


def test_ctrl_c_ends_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert end_of_main(KeyboardInterrupt(), monkeypatch) == 130
    assert capfd.readouterr().err == "portal: stopped.\n"


def test_what_follows_manage_is_djangos() -> None:
    given, rest = cli._parse(["manage", "invite", "a@b.example", "--district", "larkmoor", "--help"])
    assert given.command == "manage"
    assert rest == ["invite", "a@b.example", "--district", "larkmoor", "--help"]


def test_what_follows_test_is_pytests() -> None:
    given, rest = cli._parse(["test", "--full", "tests/ops", "-k", "port and taken"])
    assert given.full is True
    assert rest == ["tests/ops", "-k", "port and taken"]


def test_a_word_that_a_command_does_not_know_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli._parse(["demo", "--chek"])
    assert ended.value.code == 2
    assert capfd.readouterr().err.endswith("error: demo takes no --chek\n")


def test_reset_without_a_person_to_ask_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "interactive", lambda: False)
    with pytest.raises(Problem) as told:
        cli.reset(sure=False)
    assert told.value.do == "To do that without being asked: ./portal reset --yes"


def end_of_main(failure: BaseException, monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit status of a command that fails like this."""

    def run(words: list[str]) -> int:
        raise failure

    monkeypatch.setattr(cli, "run", run)
    monkeypatch.setattr(cli.signal, "signal", lambda *_: None)
    monkeypatch.setattr(sys, "argv", ["portal"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code
