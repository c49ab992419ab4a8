"""``batch_share``: letters of batches through Celery, database and storage, against the press's own rate.

In a database of its own that is thrown away, with a worker, a queue and a press of its own. The press's own
rate is that of the same letters, composed before, over as many connections as a batch uses. What is measured
is from the signature to the last letter kept; they go on paper, since mail would go out meanwhile. Three
batches are three rounds, each with the press alone right before it; of the rounds the best ratio counts, and
`all_share` is that of all of them together. ``python -m tests.bench._letters_batch 1000`` prints one line of
JSON; `batch_share` runs that and gives the share.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django

from press import client
from press.documents import Document, Pdf
from tests.bench.directory import scratch_database
from tests.press.running import running_press
from tests.processes import own_redis, until

LETTERS, ROUNDS = 1000, 3
WORKER = ("-m", "celery", "-A", "partnership_portal", "worker", "--concurrency=1", "--loglevel=ERROR")


def batch_share(letters: int = LETTERS) -> float:
    """The share of the press's own rate at which batches of so many letters are signed, 1 at best."""
    words = [sys.executable, "-m", "tests.bench._letters_batch", str(letters)]
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True)
    share: float = json.loads(done.stdout.splitlines()[-1])["batch_share"]
    return share


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Batches against the press alone.")
    parser.add_argument("letters", type=int, nargs="?", default=LETTERS)
    given = parser.parse_args()
    with scratch_database(), running_press() as press, own_redis() as redis:
        os.environ |= {"PRESS_SOCKET": press.path, "REDIS_URL": redis.url}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership_portal.settings")
        owner = {"PORTAL_DB_ROLE": "owner"}
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=os.environ | owner, check=True)
        django.setup()
        worker = subprocess.Popen([sys.executable, *WORKER], stdout=subprocess.DEVNULL)
        try:
            figures = measured(given.letters)
        finally:
            worker.terminate()
            worker.wait(20)
    sys.stdout.write(f"{json.dumps(figures)}\n")


def measured(letters: int) -> dict[str, float]:
    """Sign so many letters in three batches, each right after the press alone made its letters."""
    from django_scopes import scope

    district, principal, batches = _prepared(letters, -(-letters // ROUNDS))
    rounds = []
    with scope(district=district):
        for batch in batches:
            alone = _press_alone([_document(sheet) for sheet in _sheets(batch)])
            rounds.append((alone, _signed(batch, principal)))
    own, through = (sum(times) for times in zip(*rounds, strict=True))
    return {
        "batch_share": round(max(alone / signed for alone, signed in rounds), 3),
        "all_share": round(own / through, 3),
        "batch_ms": round(through * 1000 / letters, 2),
        "press_ms": round(own * 1000 / letters, 2),
        "letters": letters,
        "load": round(os.getloadavg()[0], 2),
    }


def _prepared(letters: int, most: int) -> tuple[Any, Any, list[Any]]:
    """A district with as many partners, and batches that wait for a signature."""
    from django_scopes import scope

    from accounts.roles import Role
    from accounts.services import create_district
    from letters import services
    from letters.models import Batch
    from tests.conftest import make_member, make_school
    from tests.letters.conftest import fill_school, make_partnership

    district = create_district(name="Bench", slug="bench", state="TX")
    with scope(district=district):
        school = make_school(district, "Quillback Middle School", "quillback", "QMS")
        principal = make_member(school, "Rosalind Oyelaran", Role.PRINCIPAL, "Principal")
        coordinator = make_member(school, "Imogen Tasker", Role.COORDINATOR)
        fill_school(school)
        keys = [make_partnership(school, f"Partner {n:04d}").partner_id for n in range(letters)]
        batches = []
        for first in range(0, letters, most):
            chosen = keys[first : first + most]
            made = services.start_batch(
                school=school, kind="new_partner", partners=chosen, by_mail=False, by=coordinator
            )
            batch = Batch.objects.whole().get(pk=made.pk)
            services.hand_in_batch(batch=batch, version=batch.version, shown=len(chosen), by=coordinator)
            batches.append(batch)
    return district, principal, batches


def _sheets(batch: Any) -> list[Any]:
    """The sheets of a batch as a signature would fix them, each under a code."""
    from letters.composing import compose
    from letters.facts import FactsOfMany
    from letters.models import Letter
    from letters.numbers import new_code
    from letters.queries import whole

    letters = list(whole(Letter.objects.filter(batch_row__batch=batch)).order_by("batch_row__n"))
    facts = FactsOfMany([letter.partnership.partner for letter in letters], batch.school)
    return [
        dataclasses.replace(compose(letter, facts=facts), reference="QMS-2627-001", code=new_code())
        for letter in letters
    ]


def _document(sheet: Any) -> Document:
    from letters.sheet import document

    return document(sheet)


def _press_alone(documents: Sequence[Document]) -> float:
    """Seconds for all of them, over the connections and in the chunks of a batch."""
    from letters.services.batch_signing import CHUNK, PRESSES

    chunks = [documents[first : first + CHUNK] for first in range(0, len(documents), CHUNK)]
    started = time.perf_counter()
    with ThreadPoolExecutor(PRESSES) as pool:
        made = [one for some in pool.map(client.render, chunks) for one in some]
    taken = time.perf_counter() - started
    if not all(isinstance(one, Pdf) and one.pages == 1 for one in made):
        sys.exit("The press did not make every letter.")
    return taken


def _signed(batch: Any, principal: Any) -> float:
    """Seconds from the signature under a batch until the last of its letters is kept."""
    from accounts.models import Job
    from letters import services
    from letters.models import SignedLetter

    started = time.perf_counter()
    services.sign_batch(batch=batch, version=batch.version, by=principal)
    until(lambda: not Job.objects.exclude(state="done").exists(), "all letters are signed", 600)
    taken = time.perf_counter() - started
    wanted = batch.rows.filter(letter__isnull=False).count()
    if SignedLetter.objects.filter(letter__batch_row__batch=batch).count() != wanted:
        sys.exit("Not every letter was signed.")
    return taken


if __name__ == "__main__":
    main()
