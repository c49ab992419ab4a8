"""The process: its limits, its children, and what the client is told when something goes wrong."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from press import client, limits
from press.check import LANGUAGES
from press.documents import Document, Pdf, PressUnavailable, Reason, Refusal
from press.server import LONGEST_PATH, CannotServe, open_socket, why_ended
from tests.press.running import BOMB, ROOT, RunningPress, letter, running_press

PIECES = (ROOT / "press/styles/letter.sample.html").read_text().split("\n\n")
SLOW = "<p>" + "word " * 400_000 + "</p>"


def test_a_bomb_ends_within_ten_seconds_while_a_letter_beside_it_comes_out(press: RunningPress):
    started = time.monotonic()
    with ThreadPoolExecutor() as pool:
        bomb, beside = pool.map(press.make, (letter(BOMB), letter()))
    assert [answer.reason for answer in bomb] == [Reason.MEMORY]
    assert [type(answer) for answer in beside] == [Pdf]
    assert time.monotonic() - started < 10
    assert [type(answer) for answer in press.make(letter())] == [Pdf]


@pytest.mark.parametrize("words", ["Other words", "Жанна", "Ελένη"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("piece", PIECES)
def test_every_piece_of_a_page_is_warm(press: RunningPress, piece: str, lang: str, words: str):
    """A font that is new to a child makes it wait for a thread that it does not have (Pango from 1.52 on)."""
    first = piece if "<h1>" in piece else f"{piece}<main><h1>Heading</h1></main>"
    document = Document(first.replace("Sample", words), title="Piece", lang=lang)
    assert [type(answer) for answer in press.make(document)] == [Pdf]


def test_the_letters_behind_a_bomb_in_one_batch_come_out(press: RunningPress):
    answers = press.make(letter(), letter(BOMB), letter())
    assert [type(answer) for answer in answers] == [Pdf, Refusal, Pdf]


def test_a_child_that_is_killed_is_told_and_the_press_serves_on(press: RunningPress):
    answers: list[Pdf | Refusal] = []
    asking = threading.Thread(target=lambda: answers.extend(press.make(letter(SLOW), letter())))
    asking.start()
    while not press.children():
        time.sleep(0.01)
    time.sleep(0.2)
    for pid in press.children():
        os.kill(pid, signal.SIGKILL)
    asking.join(20)
    assert answers[0] == Refusal(Reason.STOPPED, "The press stopped this document (SIGKILL).")
    assert isinstance(answers[1], Pdf)


def test_a_document_that_takes_too_long_is_stopped_at_its_deadline(press: RunningPress):
    started = time.monotonic()
    [answer] = press.make(letter(SLOW))
    assert isinstance(answer, Refusal)
    assert answer.reason is Reason.DEADLINE
    assert time.monotonic() - started < 10


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


def test_the_portal_s_keys_are_not_in_the_press(press: RunningPress):
    names = [
        line.split(b"=")[0] for line in Path(f"/proc/{press.pid}/environ").read_bytes().split(b"\0") if line
    ]
    assert names == [b"FONTCONFIG_FILE"]


def test_the_press_says_whether_it_has_a_network(press: RunningPress):
    told = client.status(socket_path=press.path)
    assert sorted(told) == ["network", "weasyprint"]
    assert told["network"] in ("none", "shared")
    assert int(told["weasyprint"].split(".")[0]) >= 70


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
