"""The portal that the browser tests see works as the application's role, as in production."""

import contextlib
import threading
import time
import urllib.error
import urllib.request

import psycopg2
import psycopg2.extensions
from environ import Env

from tests.browser.portal import Portal

CODE = "ABCDEFGHJKMNPQRSTVWX"


def visit(url: str) -> None:
    with contextlib.suppress(urllib.error.HTTPError):
        urllib.request.urlopen(url, timeout=30).close()


def connected(portal: Portal) -> psycopg2.extensions.connection:
    """A connection of the owner, who may see what everybody waits for."""
    owner = Env.db_url_config(portal.env["DATABASE_OWNER_URL"])
    return psycopg2.connect(
        user=owner["USER"], host=owner["HOST"] or owner["OPTIONS"]["host"], dbname=owner["NAME"]
    )


def test_pages_read_and_write_as_the_application(portal: Portal) -> None:
    """A page is held up by a lock of ours, so that the server can say who waits: the role of that page.

    Who waits is asked on a connection without a transaction: within one, the list of connections is that of
    the first look, and a page that came with a new connection would never be on it.
    """
    holding, asking = connected(portal), connected(portal)
    asking.autocommit = True
    with holding.cursor() as lock, asking.cursor() as cursor:
        lock.execute("LOCK TABLE letters_signedletter IN ACCESS EXCLUSIVE MODE")
        page = threading.Thread(target=visit, args=[f"{portal.url}/check/{CODE}/"])
        page.start()
        waiting: list[tuple[str]] = []
        end = time.monotonic() + 20
        while not waiting and time.monotonic() < end:
            cursor.execute(
                "SELECT DISTINCT usename FROM pg_stat_activity WHERE %s = ANY (pg_blocking_pids(pid))",
                [holding.info.backend_pid],
            )
            waiting = cursor.fetchall()
            time.sleep(0.05)
    holding.rollback()
    holding.close()
    asking.close()
    page.join()
    assert waiting == [("portal_app",)]
