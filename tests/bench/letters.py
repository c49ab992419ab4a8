"""``./portal bench letters``: letters against a plain loop and against Chromium, in one line of JSON.

The standard letter (logo, signature, embedded fonts, a QR code, PDF/UA-1), isolation and the way over the
socket included. A round measures the plain WeasyPrint loop, Chromium and the press one right after the other
on the same cores; of the rounds the best ratio counts. How the press is measured: see tests/bench/press.py.

- ``one_core_x_plain``, ``two_cores_x_plain``: batches of 25 to 50 letters, a child each, and
  ``single_x_plain``: a child for each letter. Against the loop on one core.
- ``x_chromium``: such a batch on one core against Chromium's print on one core, by wall time. Its browser and
  its page are opened before, and it loads each letter from a file, with the same stylesheet and fonts.
- ``batch_share``: 1,000 letters signed and kept through Celery, database and storage, against what two
  children of the press make of the same ones. Absent where there is no signing of many.
- ``preview_x_render``: p95 of the preview request of a draft, signed in, on the database, against one warm
  render.
- ``bytes``: of the standard letter. ``peak_mb``: the most that a child of a batch has held, the pages that it
  shares with its parent included.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import django

from press import client
from press.documents import Document
from tests.bench._letters_batch import batch_share
from tests.bench._letters_chromium import chromium_loop, write_pages
from tests.bench.directory import scratch_database
from tests.bench.press import CORES, Round, Taken, check, plain_loop, summary, through, write_files
from tests.press.running import RunningPress, running_press
from tests.press.standard import standard_letter
from tests.press.watching import telling_press

LETTERS, ROUNDS, PREVIEWS, SIGNED = 50, 3, 400, 1000
QUICK = {"letters": 5, "rounds": 1, "previews": 40, "signed": 50}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser("./portal bench letters", description="Letters in every way.")
    parser.add_argument("--quick", action="store_true", help="few of everything, to see that it works")
    parser.add_argument("--letters", type=int, default=LETTERS, help="in a batch; a child takes 50 at most")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of which the best counts")
    parser.set_defaults(previews=PREVIEWS, signed=SIGNED)
    given = parser.parse_args()
    if given.quick:
        vars(given).update(QUICK)
    if len(CORES) < 2:
        sys.exit("This measurement needs two processor cores.")
    letters = [standard_letter(number) for number in range(given.letters)]
    with running_press() as press:
        figures = paired(measured_rounds(press, letters, given.rounds))
        figures |= {"letters": given.letters, "bytes": size(press, letters[0]), "peak_mb": peak(letters)}
        figures |= in_the_portal(press, given.previews, given.signed, figures["single_ms"])
    sys.stdout.write(f"{json.dumps(figures)}\n")


def measured_rounds(
    press: RunningPress, letters: Sequence[Document], count: int
) -> list[tuple[Round, Taken]]:
    """Each round: the plain loop and the ways of the press; and beside them Chromium."""
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder))
        write_pages(Path(folder), letters)
        with ProcessPoolExecutor(1, get_context("spawn")) as other:
            return [
                (
                    {
                        "plain": other.submit(plain_loop, folder, letters).result(),
                        **through(press, letters),
                    },
                    other.submit(chromium_loop, folder, len(letters)).result(),
                )
                for _ in range(count)
            ]


def paired(rounds: Sequence[tuple[Round, Taken]]) -> dict[str, float]:
    """The figures of tests/bench/press.py, and the best ratio to Chromium with its best time."""
    return {
        **summary([ours for ours, _chromium in rounds]),
        "x_chromium": round(max(other.wall / ours["one_core"].wall for ours, other in rounds), 2),
        "chromium_ms": round(min(other.wall for _ours, other in rounds), 2),
    }


def size(press: RunningPress, letter: Document) -> int:
    """Bytes of a letter's PDF."""
    made = press.make(letter)
    check(made)
    return len(made[0].content)  # type: ignore[union-attr]


def peak(letters: Sequence[Document]) -> int:
    """The most MB that a child has held which made these letters, its parent's pages included."""
    with tempfile.TemporaryDirectory(prefix="press") as folder:
        with telling_press(f"{folder}/s") as told:
            check(client.render(letters, socket_path=f"{folder}/s"))
        return int(max(each["megabytes"] for each in told if "megabytes" in each))


def in_the_portal(press: RunningPress, previews: int, signed: int, render: float) -> dict[str, float]:
    """What takes a database: previews against one render (ms), and letters signed through the queue."""
    os.environ["PRESS_SOCKET"] = press.path
    with scratch_database():
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench._hello_settings"
        os.environ["PORTAL_DB_ROLE"] = "owner"
        django.setup()
        from tests.bench import _letters_portal

        school, members = _letters_portal.school_with_people()
        preview = _letters_portal.preview_p95(school, members, previews)
    share = batch_share(signed)
    return {
        "preview_x_render": round(preview / render, 2),
        "preview_ms": round(preview, 2),
        "batch_share": share,
    }


if __name__ == "__main__":
    main()
