import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ops.supervisor import Process, Supervisor
from ops.words import Problem

LIVES = [sys.executable, "-c", "import time; time.sleep(60)"]


@contextmanager
def supervised(*processes: Process) -> Iterator[Supervisor]:
    supervisor = Supervisor(list(processes), dict(os.environ), lambda pids: None)
    try:
        supervisor.start()
        yield supervisor
    finally:
        supervisor.stop()


def test_a_process_that_is_killed_comes_back(capsys: pytest.CaptureFixture[str]) -> None:
    with supervised(Process("press", LIVES), Process("web", LIVES)) as supervisor:
        before = supervisor.pids()
        os.kill(before["press"], signal.SIGKILL)
        assert supervisor.watch(0.3) is False
        after = supervisor.pids()
        assert supervisor.restarts() == {"press": 1, "web": 0}
    assert after["web"] == before["web"]
    assert after["press"] != before["press"]
    assert capsys.readouterr().err.startswith("portal: press ended (status -9); starting it again. Its log: ")


def test_one_that_fails_again_and_again_ends_the_portal_with_its_last_words() -> None:
    fails = Process("web", ["/bin/sh", "-c", "echo no such module; exit 3"])
    with supervised(fails) as supervisor, pytest.raises(Problem) as told:
        supervisor.watch(10)
    assert told.value.what == (
        f"web ended 4 times within a minute; the end of {fails.log}:\n"
        + "\n".join(["    no such module"] * 4)
    )


def test_the_wish_to_end_is_heard() -> None:
    with supervised(Process("web", LIVES)) as supervisor:
        signal.pthread_kill(threading.get_ident(), signal.SIGTERM)  # pytest's own threads do not block it
        assert supervisor.watch() is True


def test_nothing_is_left_when_it_stops() -> None:
    with supervised(Process("web", LIVES), Process("worker", LIVES)) as supervisor:
        pids = list(supervisor.pids().values())
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_one_that_does_not_listen_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ops.supervisor.GRACE", 0.2)
    deaf = Process("worker", ["/bin/sh", "-c", "trap '' TERM; echo deaf; sleep 60 & wait; sleep 60"])
    with supervised(deaf):
        while not deaf.log.exists() or deaf.log.read_text() != "deaf\n":
            time.sleep(0.02)
    assert deaf.popen is not None
    assert deaf.popen.returncode == -signal.SIGKILL


def test_our_signal_mask_is_as_before_when_it_stops() -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, set())
    with supervised(Process("web", LIVES)):
        pass
    assert signal.pthread_sigmask(signal.SIG_BLOCK, set()) == before
