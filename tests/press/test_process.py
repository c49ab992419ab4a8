"""The process: its limits, its children, and what the client is told when something goes wrong."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from press import client, limits, wire
from press.check import LANGUAGES
from press.child import NO_MEMORY
from press.documents import Document, Pdf, PressUnavailable, Reason, Refusal
from press.server import LONGEST_PATH, TOO_LONG, CannotServe, open_socket, why_ended
from tests.press.running import BOMB, ROOT, RunningPress, letter, running_press, start
from tests.press.test_images import encoded

PIECES = (ROOT / "press/styles/letter.sample.html").read_text().split("\n\n")
WHITE = encoded(Image.new("RGB", (8, 8), "white"), "JPEG")
SLOW = "<p>" + "word " * 400_000 + "</p>"


@pytest.mark.parametrize("words", ["Other words", "Жанна", "Ελένη", "שרה, 2", "سامي, 2"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("piece", PIECES)
def test_every_piece_of_a_page_is_warm(press: RunningPress, piece: str, lang: str, words: str):
    """A font that is new to a child makes it wait for a thread that it does not have (Pango from 1.52 on)."""
    first = piece if "<h1>" in piece else f"{piece}<main><h1>Heading</h1></main>"
    document = Document(
        first.replace("Sample", words), title="Piece", lang=lang, assets={"sample.jpg": WHITE}
    )
    assert [type(answer) for answer in press.make(document)] == [Pdf]


def test_the_letters_behind_a_bomb_in_one_batch_come_out(press: RunningPress):
    answers = press.make(letter(), letter(BOMB), letter())
    assert [type(answer) for answer in answers] == [Pdf, Refusal, Pdf]


CRASHED = [
    (signal.SIGKILL, Refusal(Reason.STOPPED, "The press stopped this document (SIGKILL).")),
    (signal.SIGBUS, Refusal(Reason.STOPPED, "The press stopped this document (SIGBUS).")),
    (signal.SIGSEGV, NO_MEMORY),  # what a library does that gets no memory
]


@contextmanager
def asked(press: RunningPress, *documents: Document) -> Iterator[tuple[int, list[Pdf | Refusal]]]:
    """Send documents. The block gets the id of the child that makes them; the answers are there after it."""
    before = set(press.children())
    answers: list[Pdf | Refusal] = []
    asking = threading.Thread(target=lambda: answers.extend(press.make(*documents)))
    asking.start()
    until(lambda: set(press.children()) - before)
    child = (set(press.children()) - before).pop()
    until(lambda: processor_seconds(child) > 0.1)  # so that it has read what was sent
    yield child, answers
    asking.join(30)


def until(condition: Callable[[], object]) -> None:
    """Wait for something that comes in any case, however slow the machine."""
    latest = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < latest, "What the test waits for did not come."
        time.sleep(0.01)


def processor_seconds(pid: int) -> float:
    """What a process has used so far (see proc(5), stat)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def restarts() -> Iterator[Callable[[], tuple[RunningPress, subprocess.Popen[bytes]]]]:
    """Something that starts a press, and another one at the same path; all are stopped at the end."""
    with tempfile.TemporaryDirectory(prefix="press") as folder, ExitStack() as stops:

        def again() -> tuple[RunningPress, subprocess.Popen[bytes]]:
            process = start(f"{folder}/s")
            stops.callback(process.wait, 10)
            stops.callback(process.terminate)
            return RunningPress(f"{folder}/s", process.pid), process

        yield again


@pytest.mark.parametrize(("number", "words"), CRASHED)
def test_a_child_that_crashes_is_told_and_the_letters_beside_and_behind_it_come_out(
    press: RunningPress, number: signal.Signals, words: Refusal
):
    with (
        asked(press, letter(SLOW), letter()) as (crashing, answers),
        asked(press, *[letter()] * 30) as (_, beside),
    ):
        os.kill(crashing, number)
    assert (answers[0], [type(answer) for answer in answers[1:]]) == (words, [Pdf])
    assert [type(answer) for answer in beside] == [Pdf] * 30


def test_who_waits_while_the_press_restarts_is_told_and_asks_again_with_success():
    with restarts() as another:
        press, process = another()
        with asked(press, letter(SLOW)) as (_, answers):
            process.terminate()
            process.wait(10)
        with pytest.raises(PressUnavailable, match="The press does not answer at"):
            press.make(letter())
        restarted, _ = another()
        [again] = restarted.make(letter())
    told = "The press stopped while it made this document. Try once more."
    assert answers == [Refusal(Reason.STOPPED, told)]
    assert isinstance(again, Pdf)


def test_a_batch_whose_press_goes_away_in_its_middle_keeps_the_answers_that_came(
    monkeypatch: pytest.MonkeyPatch,
):
    first_came, ask = threading.Event(), client._ask

    def told(*given: Any) -> tuple[Pdf | Refusal, bool]:
        answer = ask(*given)
        first_came.set()
        return answer

    monkeypatch.setattr(client, "_ask", told)
    with restarts() as another, ThreadPoolExecutor(1) as pool:
        press, process = another()
        batch = pool.submit(press.make, letter(), letter(SLOW), letter(), letter())
        assert first_came.wait(30)
        process.terminate()
        process.wait(10)
        with pytest.raises(PressUnavailable, match="The press does not answer at") as away:
            batch.result(30)
    first, under_way = away.value.answers
    assert (type(first), under_way) == (Pdf, client.STOPPED)


def test_letters_under_way_come_out_although_the_press_was_killed_and_the_next_one_takes_its_place():
    with restarts() as another:
        press, process = another()
        with asked(press, *[letter()] * 25) as (_, answers):
            process.kill()
            process.wait(10)
            restarted, _ = another()
        answers += restarted.make(letter())
    assert [type(answer) for answer in answers] == [Pdf] * 26


def test_a_document_that_takes_too_long_is_stopped_at_its_deadline(press: RunningPress):
    [answer] = press.make(letter(SLOW))
    assert isinstance(answer, Refusal)
    assert answer.reason is Reason.DEADLINE


def test_the_kernel_ends_a_document_whose_clock_runs_out():
    code = (
        "from press import limits; limits.SECONDS = 0.1; limits.limit_child(); limits.arm()\nwhile True: pass"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT)
    assert ended.returncode == -signal.SIGALRM
    assert why_ended(signal.SIGALRM).reason is Reason.DEADLINE


def test_a_child_has_small_limits_and_no_new_privileges():
    code = (
        "import resource as r; from press import limits; limits.limit_child()\n"
        "print(r.getrlimit(r.RLIMIT_AS)[1], r.getrlimit(r.RLIMIT_FSIZE)[1], r.getrlimit(r.RLIMIT_CPU)[1])\n"
        "print([line.split()[1] for line in open('/proc/self/status') if line.startswith('NoNewPrivs')])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert told == f"{limits.MEMORY} 0 {limits.CHILD_CPU}\n['1']\n"


def test_a_document_that_comes_without_end_is_stopped_by_the_clock_of_a_document(press: RunningPress):
    with closing(socket.socket(socket.AF_UNIX)) as slow:
        slow.settimeout(30)
        slow.connect(press.path)
        slow.sendall(wire.LENGTHS.pack(9, 9))
        answer, _ = wire.unpack_answer(*wire.receive(slow))
    assert answer == TOO_LONG


def test_the_portal_s_keys_are_not_in_the_press(press: RunningPress):
    names = [
        line.split(b"=")[0] for line in Path(f"/proc/{press.pid}/environ").read_bytes().split(b"\0") if line
    ]
    assert names == [b"FONTCONFIG_FILE"]


def test_the_press_says_whether_it_has_a_network(press: RunningPress):
    told = client.status(socket_path=press.path)
    assert sorted(told) == ["network", "weasyprint"]
    assert int(told["weasyprint"].split(".")[0]) >= 70


def test_the_press_leaves_the_network_where_the_system_allows_it(press: RunningPress):
    ways = (["--net"], ["--user", "--net"])
    allowed = any(subprocess.run(["unshare", *way, "true"]).returncode == 0 for way in ways)
    assert client.status(socket_path=press.path)["network"] == ("none" if allowed else "shared")


def test_a_client_that_never_asks_is_told_at_the_parent_s_deadline(tmp_path: Path):
    path = f"{tmp_path}/s"
    words = f"from press import __main__, server; server.DEADLINE = 2; __main__.serve({path!r})"
    process = start(path, sys.executable, "-c", words)
    with closing(socket.socket(socket.AF_UNIX)) as silent:
        silent.settimeout(30)
        silent.connect(path)
        answer, last = wire.unpack_answer(*wire.receive(silent))
    process.terminate()
    process.wait(10)
    told = Refusal(Reason.STOPPED, "The press stopped this document (SIGKILL).")
    assert (answer, last) == (told, True)


def test_nobody_at_the_socket_is_told_with_what_to_do(tmp_path: Path):
    with pytest.raises(PressUnavailable) as told:
        client.render([letter()], socket_path="/tmp/nobody.sock")
    assert str(told.value) == (
        "The press does not answer at /tmp/nobody.sock. "
        "Start it with: PRESS_SOCKET=/tmp/nobody.sock python -m press"
    )


def test_a_client_that_only_knocks_disturbs_nobody(press: RunningPress):
    knocks = []
    for _ in range(30):
        knock = socket.socket(socket.AF_UNIX)
        knock.connect(press.path)
        knocks.append(knock)
    for knock in knocks:
        knock.close()
    assert [type(answer) for answer in press.make(letter())] == [Pdf]


def test_more_letters_than_a_child_takes_are_shared_out(press: RunningPress):
    answers = press.make(*[letter()] * 60)
    assert [type(answer) for answer in answers] == [Pdf] * 60


def test_a_path_too_long_and_a_second_press_are_met_and_named(press: RunningPress):
    with pytest.raises(CannotServe, match=r"longer than 107 bytes\. Set PRESS_SOCKET to a shorter one"):
        open_socket("/" + "x" * LONGEST_PATH)
    with pytest.raises(CannotServe, match=r"Another press answers at .* already\. Stop it first"):
        open_socket(press.path)


def test_a_socket_that_a_dead_press_left_behind_is_replaced():
    with running_press() as first:
        path = Path(first.path)
        left = socket.socket(socket.AF_UNIX)
        stale = str(path.with_name("stale"))
        left.bind(stale)
        left.close()
        open_socket(stale).close()
    assert not path.exists()
