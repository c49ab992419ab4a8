"""A press of one's own for the tests, and a letter that goes through it."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from press import client
from press.documents import Document, Pdf, PressUnavailable, Refusal

ROOT = Path(__file__).parents[2]

LETTERHEAD = """
<div class="letterhead"><div class="from"><p class="school">Quillback Middle School</p>
<p>Larkmoor School District</p><p>40 Tanner Street, Larkmoor &nbsp; 555-0110</p></div></div>
<div class="meta"><p class="date">November 24, 2026</p>
<p class="reference">Our reference: QMS-2627-019</p></div>
<p class="address">Odile Brandt<br>Executive Director<br>Tamarack Youth Counseling<br>18 Quarry Lane<br>
Larkmoor</p>
"""
SIGNATURE = """
<div class="signature"><p>Yours sincerely,</p><p class="sign">R. Oyelaran</p>
<p>Dr. Rosalind Oyelaran<br>Principal</p><p>cc: Imogen Tasker</p></div>
"""
FOOT = """
<div class="foot"><svg viewBox="0 0 4 4" width="4" height="4"><title>QR code of the check page</title>
<path d="M0 0h1v1h-1zM2 2h1v1h-1z"/></svg>
<p>This letter creates no obligation for the district. To check that it is ours, scan the code or enter
<span class="code">7KQM-4TXR-92AB-CDEF-GHJK</span> at partners.larkmoor.example/check.</p></div>
"""
BOMB = "<table><tr><td colspan=10000000>x</td></tr></table>"


def letter(
    body: str = "<p>Your counselors are here every <strong>Tuesday</strong>.</p>", **fields: object
) -> Document:
    """A letter as the portal sends it, with ``body`` between salutation and close."""
    html = f"{LETTERHEAD}<main><h1>May we renew?</h1><p>Dear Ms. Brandt,</p>{body}{SIGNATURE}</main>{FOOT}"
    return Document(**{"html": html, "title": "Letter QMS-2627-019", "lang": "en", **fields})


@dataclass
class RunningPress:
    """A press that listens at ``path``, as process ``pid``."""

    path: str
    pid: int

    def make(self, *documents: Document) -> list[Pdf | Refusal]:
        return client.render(documents, socket_path=self.path)

    def children(self) -> list[int]:
        return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]


def start(path: str, *words: str, **options: Any) -> subprocess.Popen[bytes]:
    """Start a press at ``path``, by other ``words`` than the usual ones if given; wait until it answers."""
    process = subprocess.Popen(
        words or [sys.executable, "-m", "press"],
        cwd=ROOT,
        **{"env": {**os.environ, "PRESS_SOCKET": path, "SECRET_KEY": "s3cret"}, **options},
    )
    end = time.monotonic() + 60
    while not _answers(path):
        if process.poll() is not None or time.monotonic() > end:
            process.kill()
            raise AssertionError("The press did not start.")
        time.sleep(0.05)
    return process


@contextmanager
def running_press() -> Iterator[RunningPress]:
    """Start a press, wait until it answers, and stop it."""
    with tempfile.TemporaryDirectory(prefix="press") as folder:
        path = f"{folder}/s"
        process = start(path)
        try:
            yield RunningPress(path, process.pid)
        finally:
            process.terminate()
            process.wait(10)


def _answers(path: str) -> bool:
    try:
        client.status(socket_path=path)
    except PressUnavailable:
        return False
    return True
