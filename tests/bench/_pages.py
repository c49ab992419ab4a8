"""Pages in process: how many queries they take, and their time against a page that does nothing."""

import statistics
from collections.abc import Sequence

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership
from tests.bench._timing import timed


def signed_in(member: Membership) -> Client:
    """A client that is signed in as this person."""
    client = Client()
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def most_queries(client: Client, addresses: Sequence[str]) -> int:
    """The most queries that one of these pages takes, each once asked before."""
    queries = []
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connection) as context:
            answer = client.get(address)
        assert answer.status_code == 200, address
        queries.append(len(context))
    return max(queries)


def median_seconds(client: Client, address: str, times: int) -> float:
    """What half of that many visits take at most."""
    return statistics.median(timed(client.get, [address] * times))
