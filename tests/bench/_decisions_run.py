"""What ``./portal bench decisions`` measures, on a database that may be filled and thrown away."""

import os
import random
import statistics
import time
from collections import Counter

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from accounts.models import District, Membership
from accounts.services import create_district
from decisions.models import Decision, Event, Position
from decisions.register import WALK, verify_chain
from decisions.runoff import runoff
from decisions.services import close_decision
from tests.bench._decided import Copier, answered, decided, group_of, somebody
from tests.bench._pages import median_seconds, most_queries, signed_in
from tests.bench._timing import timed

SEATS, ENTRIES, BATCH = 20, 3, 100
BALLOTS, OPTIONS = 250_000, 10
ROUNDS, PAGES = 5, 20
LARGE = 500
WORDS = [
    "form",
    "library",
    "bus",
    "garden",
    "food",
    "sport",
    "music",
    "reading",
    "health",
    "parents",
    "evening",
    "summer",
]


def measured(decisions: int) -> dict[str, float]:
    """Fill the database, measure, and return the figures by name."""
    started = time.perf_counter()
    district = create_district(name="Bench", slug="bench", state="TX")
    with scope(district=district):
        by = somebody(district)
        _fill(district, decisions)
        filled = time.perf_counter() - started
        figures = {
            **_log(district, by),
            "runoff_x_count": _runoff(random.Random(1)),
            "verify_x_read": _verify(district),
            "close_500_queries": _close(by),
            "decisions": Decision.objects.count(),
            "answers": Position.objects.count(),
            "events": Event.objects.count(),
        }
    figures |= {"fill_seconds": filled, "load": os.getloadavg()[0]}
    return {name: round(figure, 2) for name, figure in figures.items()}


def _fill(district: District, decisions: int) -> None:
    """Decisions of one group over years, each with words of its own to search for."""
    first = decided(district, seats=SEATS, entries=ENTRIES)
    copier = Copier(first)
    while copier.n < decisions:
        copier.copy(min(BATCH, decisions - copier.n))
    words = ", ".join(f"'{word}'" for word in WORDS)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE decisions_decision SET opened_at = opened_at - n * interval '1 hour', search_text ="
            f" ' d-2026-' || n || ' shall we share one ' || (ARRAY[{words}])[1 + n % {len(WORDS)}]"
            f" || ' and one ' || (ARRAY[{words}])[1 + n * 7 % {len(WORDS)}]"
        )
        cursor.execute("VACUUM ANALYZE")


def _log(district: District, by: Membership) -> dict[str, float]:
    """Queries of the log's pages, and the time of one with a search against a page that does nothing."""
    client, log = signed_in(by), f"/d/{district.slug}/decisions/"
    found = f"{log}?q=garden"
    pages = (log, found, f"{log}?state=adopted", f"{log}?q=zzzz", f"{log}?q=one&state=open")
    queries = most_queries(client, pages)
    hello, searched = (median_seconds(client, address, PAGES) for address in ("/hello/", found))
    return {
        "log_x_hello": searched / hello,
        "page_queries": queries,
        "log_ms": searched * 1000,
        "hello_ms": hello * 1000,
    }


def _runoff(chance: random.Random) -> float:
    ballots = [tuple(chance.sample(range(OPTIONS), chance.randint(1, OPTIONS))) for _ in range(BALLOTS)]
    counted = timed(lambda all_: Counter(ballot[0] for ballot in all_), [ballots] * ROUNDS)
    run = timed(lambda all_: runoff(all_, OPTIONS), [ballots] * ROUNDS)
    return statistics.median(run) / statistics.median(counted)


def _verify(district: District) -> float:
    """The walk against the same rows read and let go."""
    walked = timed(_whole, [district] * ROUNDS)
    return statistics.median(walked) / statistics.median(timed(_read, [district] * ROUNDS))


def _whole(district: District) -> None:
    found = verify_chain(district=district)
    assert found.problem is None, found


def _read(district: District) -> None:
    with connection.cursor() as cursor:
        cursor.execute(WALK, [district.pk])
        for _row in cursor:
            pass


def _close(by: Membership) -> int:
    """Queries of closing a decision of many seats, all of which have answered."""
    decision = answered(group_of(by, seats=LARGE), by, entries=1)
    with CaptureQueriesContext(connection) as context:
        close_decision(decision=decision, version=decision.version, by=by)
    return len(context)
