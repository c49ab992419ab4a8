"""``./portal bench press``: letters through the press against a plain WeasyPrint loop, in one line of JSON.

A round measures the plain loop and the press one right after the other on the same cores, so that what else
the machine does meets both; of the rounds the best ratio counts. ``one_core`` is a batch of letters in one
child, ``two_cores`` two such batches beside each other, ``single`` a child for each letter. ``_ms`` are
milliseconds of wall time a letter, isolation and the way over the socket included, and ``_cpu_ms`` those of
processor time, user's and system's, of press, children and client together. ``load`` is the machine's at the
end: on one that others use at the same time, wall times say little, and ``_x_plain_cpu`` say more.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import weasyprint

from press.documents import Document, Pdf
from press.engine import HERE, VARIANT
from tests.press.running import RunningPress, running_press
from tests.press.standard import ASSETS, standard_letter

LETTERS = 50  # as many as one child takes
ROUNDS = 3
CORES = sorted(os.sched_getaffinity(0))[:2]
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Taken:
    """Milliseconds a letter: of wall time, and of processor time."""

    wall: float
    processor: float


Round = dict[str, Taken]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser("./portal bench press", description="Letters against a plain loop.")
    parser.add_argument("--letters", type=int, default=LETTERS, help="in a batch; a child takes 50 at most")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of which the best counts")
    given = parser.parse_args()
    if len(CORES) < 2:
        sys.exit("This measurement needs two processor cores.")
    letters = [standard_letter(number) for number in range(given.letters)]
    with running_press() as press, tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder))
        with ProcessPoolExecutor(1, get_context("spawn")) as other:
            rounds = [
                {"plain": other.submit(plain_loop, folder, letters).result(), **through(press, letters)}
                for _ in range(given.rounds)
            ]
    sys.stdout.write(f"{json.dumps({**summary(rounds), 'letters': given.letters})}\n")


def summary(rounds: Sequence[Round]) -> dict[str, float]:
    """The best ratio and the best time of each way, and the same of processor time."""
    ways = list(rounds[0])
    figures = {
        **{f"{way}_x_plain": max(each["plain"].wall / each[way].wall for each in rounds) for way in ways[1:]},
        **{
            f"{way}_x_plain_cpu": max(each["plain"].processor / each[way].processor for each in rounds)
            for way in ways[1:]
        },
        **{f"{way}_ms": min(each[way].wall for each in rounds) for way in ways},
        **{f"{way}_cpu_ms": min(each[way].processor for each in rounds) for way in ways},
        "load": os.getloadavg()[0],
    }
    return {name: round(figure, 2) for name, figure in figures.items()} | {"rounds": len(rounds)}


def plain_loop(folder: str, letters: Sequence[Document]) -> Taken:
    """A loop as anybody writes it: HTML, one stylesheet, ``write_pdf``, one core."""
    os.sched_setaffinity(0, CORES[:1])
    pages = [
        f'<html lang="en"><head><title>{each.title}</title></head><body>{each.html}</body></html>'
        for each in letters
    ]
    pages = [page.replace("asset:", "") for page in pages]

    def write(page: str) -> bytes:
        html = weasyprint.HTML(string=page, base_url=f"{folder}/")
        return html.write_pdf(stylesheets=[f"{folder}/letter.css"], pdf_variant=VARIANT)

    write(pages[0])
    return timed(lambda: [write(page) for page in pages], len(pages))


def through(press: RunningPress, letters: Sequence[Document]) -> Round:
    """Letters through the press in each of the three ways."""

    def batch(_: int = 0) -> None:
        check(press.make(*letters))

    def one_by_one() -> None:
        for letter in letters:
            check(press.make(letter))

    with ThreadPoolExecutor(2) as pool:
        pin(press, CORES[:1])
        one_core = timed(batch, len(letters), press)
        single = timed(one_by_one, len(letters), press)
        pin(press, CORES)
        two_cores = timed(lambda: list(pool.map(batch, range(2))), 2 * len(letters), press)
    return {"one_core": one_core, "two_cores": two_cores, "single": single}


def pin(press: RunningPress, cores: Sequence[int]) -> None:
    """Keep the press, whose children inherit that, and this client to these cores."""
    for pid in (press.pid, 0):
        os.sched_setaffinity(pid, cores)


def timed(work: Callable[[], object], letters: int, press: RunningPress | None = None) -> Taken:
    wall, processor = time.perf_counter(), _used(press)
    work()
    while press and press.children():  # a child's time counts once it has ended
        time.sleep(0.001)
    taken = time.perf_counter() - wall, _used(press) - processor
    return Taken(*(seconds * 1000 / letters for seconds in taken))


def _used(press: RunningPress | None) -> float:
    """Seconds of processor time of this process, and of the press and its children that have ended."""
    if press is None:
        return time.process_time()
    fields = Path(f"/proc/{press.pid}/stat").read_text().rpartition(")")[2].split()  # see proc(5)
    return time.process_time() + sum(map(int, fields[11:15])) / TICKS


def check(made: Sequence[object]) -> None:
    wrong = [each for each in made if not (isinstance(each, Pdf) and each.pages == 1)]
    if wrong:
        sys.exit(f"The press did not make a letter: {wrong[0]}")


def write_files(folder: Path) -> None:
    """What the plain loop reads: the press's stylesheet and fonts, and the letter's images, as files."""
    styles = (HERE / "fonts.css").read_text() + (HERE / "styles/letter.css").read_text()
    (folder / "letter.css").write_text(styles.replace("asset:", ""))
    for font in (HERE / "fonts").glob("*.ttf"):
        (folder / font.name).write_bytes(font.read_bytes())
    for name, content in ASSETS.items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
