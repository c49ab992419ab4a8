"""Letters signed in batches through Celery, database and storage, against the press alone."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django_scopes import scope

from accounts.models import School
from letters import queries
from letters.composing import as_it_stands
from letters.models import Letter
from letters.sheet import document
from press.documents import Document
from tests.bench._letters_portal import People
from tests.bench.press import CORES, check, pin
from tests.letters.conftest import make_partnership
from tests.press.running import ROOT, RunningPress

MOST = 400  # letters of one batch
LONGEST = 600  # seconds until the worker must be through


def share(press: RunningPress, school: School, people: People, count: int) -> dict[str, float]:
    """Letters a second through the queue, in shares of what the press makes; nothing without the service."""
    if importlib.util.find_spec("letters.services.batches") is None:
        return {}
    pin(press, CORES)
    with scope(district=school.district), worker():
        batches = [
            _handed_in(school, people, place, min(MOST, count - place)) for place in range(0, count, MOST)
        ]
        through_queue = _signed(batches, people)
        signed = queries.whole(Letter.objects.filter(signed_at__isnull=False))
        documents = [document(as_it_stands(letter)) for letter in signed]
    alone = _made(press, documents)
    return {
        "batch_share": round(alone / through_queue, 2),
        "batch_seconds": round(through_queue, 2),
        "signed": len(documents),
    }


@contextmanager
def worker() -> Iterator[None]:
    """Celery's worker as the portal runs it, one letter batch at a time; its nudges go by the queue."""
    words = [sys.executable, "-m", "celery", "-A", "partnership_portal", "worker", "--concurrency", "1"]
    running = subprocess.Popen([*words, "--loglevel", "ERROR"], cwd=ROOT, env=dict(os.environ))
    try:
        yield
    finally:
        running.terminate()
        running.wait(30)


def _handed_in(school: School, people: People, first: int, count: int) -> Any:
    """A batch of new partners that waits for its signature."""
    from letters.enums import Kind
    from letters.models import Batch
    from letters.services import batches

    keys = [make_partnership(school, f"Partner {first + n}").partner_id for n in range(count)]
    batch = batches.start_batch(
        school=school, kind=Kind.NEW_PARTNER, partners=keys, by=people.coordinator, by_mail=False
    )
    batches.hand_in_batch(batch=batch, version=batch.version, shown=count, by=people.coordinator)
    return Batch.objects.get(pk=batch.pk)


def _signed(batches: Sequence[Any], people: People) -> float:
    """Seconds until all batches are signed, one after another."""
    from letters.services.batch_signing import sign_batch

    begun = time.perf_counter()
    for batch in batches:
        job = sign_batch(batch=batch, version=batch.version, by=people.principal)
        while job.state in ("queued", "running"):
            assert time.perf_counter() - begun < LONGEST, "The worker does not come to an end."
            time.sleep(0.05)
            job.refresh_from_db()
        assert job.state == "done", job.state
    return time.perf_counter() - begun


def _made(press: RunningPress, documents: Sequence[Document]) -> float:
    """Seconds that two children of the press take for the same letters, 25 at a time."""
    chunks = [documents[place : place + 25] for place in range(0, len(documents), 25)]
    begun = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        for made in pool.map(lambda chunk: press.make(*chunk), chunks):
            check(made)
    return time.perf_counter() - begun
