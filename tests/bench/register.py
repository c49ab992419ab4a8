"""``./portal bench register [EVENTS]``: how long the check of a register takes, in one line of JSON.

One decision is made as people make it, then copied, uid by uid and seal by seal, until its district has that
many events (100,000 unless told). All of it happens in a transaction that is taken back. ``grown_mb`` is what
the walk adds to the process at its highest.
"""

# ruff: noqa: E402 (Django is set up before its models are imported)

import json
import os
import sys
import time
import uuid
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership_portal.settings")
os.environ.setdefault("PORTAL_DB_ROLE", "owner")  # who alone may ANALYZE, as a server does by itself in time
django.setup()

from django.db import connection, transaction
from django_scopes import scope

from accounts.models import District
from accounts.services import create_district
from decisions.register import verify_register
from tests.bench._decided import Copier, decided

EVENTS, BATCH, SEATS = 100_000, 500, 5


def main() -> None:
    """Measure and print."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    with transaction.atomic():
        district = create_district(name="Bench", slug=f"bench-{uuid.uuid4().hex[:8]}", state="TX")
        with scope(district=district):
            copier = Copier(decided(district, seats=SEATS, entries=2, corrected=True))
            while copier.head.seq < wanted:
                copier.copy(BATCH)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            figures = measured(district)
        transaction.set_rollback(True)
    sys.stdout.write(f"{json.dumps(figures)}\n")


def measured(district: District) -> dict[str, float]:
    """One walk: seconds of wall and of processor, and by how many MB the process grew at most."""
    Path("/proc/self/clear_refs").write_text("5")  # the highest use of memory counts from here (man 5 proc)
    before, start, worked = _memory_mb("VmRSS"), time.perf_counter(), time.process_time()
    found = verify_register(district=district)
    seconds, processor = time.perf_counter() - start, time.process_time() - worked
    if found.problem:
        sys.exit(f"The register that was made for this is not whole: {found.problem}.")
    return {
        "events": found.events,
        "seconds": round(seconds, 2),
        "processor_seconds": round(processor, 2),
        "events_a_second": round(found.events / seconds),
        "grown_mb": round(_memory_mb("VmHWM") - before, 1),
        "load": round(os.getloadavg()[0], 2),
    }


def _memory_mb(which: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{which}:")) / 1024


if __name__ == "__main__":
    main()
