"""``./portal bench press`` on small numbers: what it prints, not how fast this machine is."""

import json
import subprocess
import sys

from tests.press.running import ROOT

WAYS = ("one_core", "two_cores", "single")
MEASURED = [
    *(f"{way}_x_plain" for way in WAYS),
    *(f"{way}_x_plain_cpu" for way in WAYS),
    *(f"{way}_ms" for way in ("plain", *WAYS)),
    *(f"{way}_cpu_ms" for way in ("plain", *WAYS)),
    *("load", "rounds", "letters"),
]


def test_the_bench_prints_one_line_of_json_with_its_ratios_and_what_it_measured():
    words = [sys.executable, "-m", "tests.bench.press", "--letters", "2", "--rounds", "1"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    [line] = done.stdout.splitlines()
    figures = json.loads(line)
    assert sorted(figures) == sorted(MEASURED)
    assert (figures["letters"], figures["rounds"]) == (2, 1)
    assert min(figures[f"{way}_x_plain"] for way in WAYS) > 0
