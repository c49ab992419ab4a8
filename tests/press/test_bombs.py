"""Documents that would never end, or take all memory there is: the press ends each of them within its limits,
says why in its own words, and makes the letter that came at the same time."""

import struct
import sys
import tempfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

from press import client, limits
from press.documents import Document, Pdf, Reason, Refusal
from tests.full import FULL
from tests.press.running import BOMB, letter
from tests.press.watching import children, telling_press

LINE = "{how} after {seconds:.1f} s, {processor:.1f} s of processor, {megabytes} MB"
MOST = 700  # MB that a child may ever have used
ENDED = (Reason.DEADLINE, Reason.MEMORY)  # which of the two comes first depends on the machine
REFUSED = (Reason.TOO_LARGE,)
NESTED = (
    Reason.TOO_LARGE,
    Reason.DEADLINE,
)  # a second of work before it is seen: the clock of a slow machine
CLOCKS: list[set[str]] = [{"SIGALRM"}, {"SIGPROF"}]  # what the clocks of press.limits send
IN_TIME: list[set[str]] = [set(), {"SIGABRT"}, {"SIGTRAP"}, {"SIGSEGV"}]  # the last: a library without memory


@dataclass(frozen=True)
class Outcome:
    bomb: Pdf | Refusal
    beside: Pdf | Refusal
    ends: list[dict[str, Any]]  # how the two children ended, as the press tells it


def png(width: int, height: int) -> bytes:
    """A black PNG of a few kilobytes which claims this size, and has its pixels, up to 20 million of them."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack("!I", len(content)) + kind + content + struct.pack("!I", zlib.crc32(kind + content))
        )

    head = struct.pack("!IIBBBBB", width, height, 8, 6, 0, 0, 0)
    pixels = zlib.compress(bytes(4 * min(width * height, 20_000_000) + height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def drawing(inside: str) -> str:
    return f'<svg viewBox="0 0 9 9" width="9" height="9"><title>x</title>{inside}</svg>'


def images(count: int, content: bytes) -> Document:
    body = "".join(f'<p><img src="asset:{number}" alt="x"></p>' for number in range(count))
    return letter(body, assets={str(number): content for number in range(count)})


BOMBS: dict[str, tuple[Document, tuple[Reason, ...]]] = {
    "a cell over ten million columns": (letter(BOMB), ENDED),
    "boxes in boxes": (letter("<div>" * 4000), NESTED),
    "an image of 3,600 megapixels": (images(1, png(60_000, 60_000)), REFUSED),
    "text without end": (letter(f"<p>{'word ' * 600_000}</p>"), ENDED),
    "cells over all rows": (letter(f"<table>{'<tr><td rowspan=65534>x' * 12_000}</table>"), ENDED),
    "a table of 60,000 rows": (letter(f"<table>{'<tr><td>x<td>y' * 60_000}</table>"), ENDED),
    "lists in lists": (letter("<ul><li>" * 1500), NESTED),
    "tables in tables": (letter("<table><tr><td>" * 200), REFUSED),
    "thousands of pages": (letter("<p>x</p>" * 60_000), ENDED),
    "a letter under two million accents": (letter(f"<p>a{chr(0x301) * 2_000_000}</p>"), ENDED),
    "fourteen million invisible signs": (letter(f"<p>{chr(0x200B) * 14_000_000}</p>"), ENDED),
    "entities without end": (letter(f"<p>{'&#x00000000000041;' * 2_000_000}</p>"), ENDED),
    "a drawing of a million paths": (letter(drawing('<path d="M0 0h1v1z"/>' * 1_000_000)), ENDED),
    "forty images of 20 megapixels": (images(40, png(4472, 4472)), ENDED),
}
TRIED = list(BOMBS) if FULL else list(BOMBS)[:4]


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    """All of them through one press, each with a letter that is sent at the same time."""
    with tempfile.TemporaryDirectory(prefix="press") as folder, ThreadPoolExecutor(2) as pool:
        path = f"{folder}/s"
        with telling_press(path) as told:
            answers = [
                list(
                    pool.map(
                        lambda each: client.render([each], socket_path=path)[0], (BOMBS[name][0], letter())
                    )
                )
                for name in TRIED
            ]
    by_child = {each["ended"]: each for each in told if "ended" in each}
    ends = [by_child[pid] for pid in children(told)[-2 * len(TRIED) :]]
    return {
        name: Outcome(*both, ends[2 * place : 2 * place + 2])
        for place, (name, both) in enumerate(zip(TRIED, answers, strict=True))
    }


def test_there_are_fourteen_kinds():
    assert len(BOMBS) == 14


@pytest.mark.parametrize("name", TRIED)
def test_a_bomb_ends_with_a_clear_error_within_its_memory_while_a_letter_comes_out(
    outcomes: dict[str, Outcome], name: str
):
    outcome = outcomes[name]
    sys.stdout.write(f"{name}: {outcome.bomb} {[LINE.format(**each) for each in outcome.ends]}\n")
    assert isinstance(outcome.bomb, Refusal)
    assert outcome.bomb.reason in BOMBS[name][1], outcome.bomb
    assert max(each["megabytes"] for each in outcome.ends) <= MOST, outcome.ends
    assert isinstance(outcome.beside, Pdf)


@pytest.mark.parametrize("name", TRIED)
def test_what_ends_a_bomb_late_is_its_own_clock_which_the_kernel_keeps(
    outcomes: dict[str, Outcome], name: str
):
    """The press's own deadline, 35 seconds, ends none: the clocks of a document come first."""
    outcome = outcomes[name]
    assert isinstance(outcome.bomb, Refusal)
    signals = {each["how"] for each in outcome.ends} - {"by itself"}
    assert signals in (CLOCKS if outcome.bomb.reason is Reason.DEADLINE else IN_TIME)


def test_the_clocks_run_out_before_ten_seconds():
    assert (limits.SECONDS, limits.CPU_SECONDS < limits.SECONDS) == (8.0, True)
