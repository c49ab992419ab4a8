"""``./portal bench directory``: how fast the directory is found, listed and filled, in one line of JSON.

A million invented partners in 13,000 districts, one of 5,000 and one of 100,000, in a database of their own
that is thrown away. ``--quick`` uses 50,000, the larger district of 20,000. Ratios count within the run:

- ``floor_ms``: the median of fetching 25 known partners by primary key through the ORM.
- ``search_5k``, ``search_100k``: p95 of typed searches in those districts, in floors. Terms are beginnings of
  names, whole names, words of the middle, other names, towns, services, contacts, two words, other spellings,
  and words that nobody has, of which none is corrected.
- ``typo_5k``: p95 of searches with a mistyped word, the correction included, in floors.
- ``page_queries``: the most queries of a list page, signed in, of whatever length.
- ``page_x_hello``: the list page in process against a bare view on the same settings, by medians.
- ``import_x_bulk``: a sheet of 20,000 rows handed over, looked at and taken in, against a bare bulk_create of
  the rows that came of it (2,000 with ``--quick``).
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django
import environ
import psycopg2

SCRATCH = "portal_bench_directory"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser("./portal bench directory", description="The directory's speed.")
    parser.add_argument("--quick", action="store_true", help="50,000 partners instead of a million")
    given = parser.parse_args()
    with scratch_database():
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench._hello_settings"
        os.environ["PORTAL_DB_ROLE"] = "owner"  # who alone may copy rows in past the triggers
        django.setup()
        from tests.bench import _directory_run

        sizes = _directory_run.QUICK if given.quick else _directory_run.FULL
        figures = _directory_run.measured(sizes)
    sys.stdout.write(f"{json.dumps(figures)}\n")


@contextmanager
def scratch_database() -> Iterator[None]:
    """A copy of the bench's database that the environment leads to within the block, gone behind it.

    What the block sets in the environment is gone behind it, too.
    """
    before = dict(os.environ)
    url = os.environ["DATABASE_OWNER_URL"]
    address, _, template = url.rpartition("/")
    _ask(url, f"DROP DATABASE IF EXISTS {SCRATCH}")
    _ask(url, f'CREATE DATABASE {SCRATCH} TEMPLATE "{template}"')
    os.environ["DATABASE_OWNER_URL"] = f"{address}/{SCRATCH}"
    os.environ["DATABASE_URL"] = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{SCRATCH}"
    try:
        yield
    finally:
        if django.apps.apps.ready:
            django.db.connections.close_all()
        _ask(url, f"DROP DATABASE {SCRATCH}")
        os.environ.clear()
        os.environ.update(before)


def _ask(url: str, statement: str) -> None:
    """Run a statement from the database that every server has: the one asked for may be what is copied."""
    given: dict[str, Any] = environ.Env.db_url_config(url)
    options = {"user": given["USER"], "password": given["PASSWORD"], "host": given["HOST"]}
    connection = psycopg2.connect(dbname="postgres", port=given["PORT"] or None, **options)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


if __name__ == "__main__":
    main()
