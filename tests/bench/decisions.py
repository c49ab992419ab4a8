"""``./portal bench decisions``: log, counts and register of a large district, in one line of JSON.

20,000 decisions of 20 seats with 400,000 answers and 100,000 entries in the register, in a database of their
own that is thrown away (``--quick``: a twentieth). Ratios count within the run:

- ``log_x_hello``: the log with a search, signed in and in process, against a bare view, by medians.
- ``page_queries``: the most queries of a page of the log, whatever is asked of it.
- ``runoff_x_count``: an instant runoff of 250,000 ballots over 10 options, against one Counter pass over
  their first choices, by medians.
- ``verify_x_read``: the walk along the chain, against reading the same rows with a plain cursor, by medians.
- ``close_500_queries``: how many queries it takes to close a decision of 500 seats.
"""

import argparse
import json
import os
import sys

import django

from tests.bench.directory import scratch_database


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser("./portal bench decisions", description="The speed of decisions.")
    parser.add_argument("--quick", action="store_true", help="1,000 decisions instead of 20,000")
    given = parser.parse_args()
    with scratch_database():
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench._hello_settings"
        os.environ["PORTAL_DB_ROLE"] = "owner"  # who alone may VACUUM, as a server does by itself in time
        django.setup()
        from tests.bench import _decisions_run

        figures = _decisions_run.measured(1_000 if given.quick else 20_000)
    sys.stdout.write(f"{json.dumps(figures)}\n")


if __name__ == "__main__":
    main()
