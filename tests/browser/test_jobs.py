"""A job is left, found again by My jobs, and cancelled; one that stopped is resumed from Today.

The import is held in its middle by a lock on a table that it writes late, so nothing here depends on speed.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
import pytest
from environ import Env
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, SignIn, must_be_accessible
from tests.browser.portal import Portal

PHONE = (390, 844)
SECONDS = 60_000  # milliseconds that a busy machine may take for what a worker does at once
ROWERS = {LAPTOP: "Osprey Rowing Club", PHONE: "Heron Rowing Club"}


@contextmanager
def database(portal: Portal) -> Iterator[Any]:
    """A cursor of the portal's database, as its owner; what it did is undone unless it committed."""
    config = Env.db_url_config(portal.env["DATABASE_OWNER_URL"])
    line = psycopg2.connect(
        user=config["USER"],
        password=config["PASSWORD"],
        host=config["HOST"] or config.get("OPTIONS", {}).get("host"),
        port=config["PORT"] or None,
        dbname=config["NAME"],
    )
    try:
        with line.cursor() as cursor:
            yield cursor
    finally:
        line.close()


@contextmanager
def imports_held(portal: Portal) -> Iterator[None]:
    """No import gets past its partners within the block."""
    with database(portal) as cursor:
        cursor.execute("LOCK TABLE partners_externalid IN SHARE MODE")
        yield


def stop_the_last_job(portal: Portal) -> None:
    """As the sweep leaves a job whose worker has ended."""
    with database(portal) as cursor:
        cursor.execute(
            "UPDATE accounts_job SET state = 'stopped', cancel_wanted = false"
            " WHERE id = (SELECT max(id) FROM accounts_job)"
        )
        cursor.connection.commit()


def hand_over(page: Page, name: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("organizations.csv", f"id,name\n1,{name}\n")
    page.goto("/d/larkmoor/partners/import/")
    page.get_by_label("Name of the list").fill(f"{name} 211")
    page.set_input_files(
        "input[type=file]", {"name": "rowers.zip", "mimeType": "application/zip", "buffer": packed.getvalue()}
    )
    page.locator("main form button.btn-primary").click()
    expect(page.locator("h1")).to_have_text("Not imported yet: look at it first", timeout=SECONDS)
    page.get_by_role("button", name="Import these rows").click()


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["1280", "390"])
def test_a_job_is_left_found_again_cancelled_and_resumed(
    size: tuple[int, int], sign_in: SignIn, portal: Portal
) -> None:
    page = sign_in("coordinator", size)
    with imports_held(portal):
        hand_over(page, ROWERS[size])
        shows_how_far_it_is(page)
        page.goto("/d/larkmoor/partners/")
        find_it_again(page)
        page.get_by_role("button", name="Cancel it").click()
        expect(page.locator("#progress-said")).to_contain_text("Being cancelled")
        expect(page.get_by_role("button", name="Cancel it")).to_have_count(0)
        must_be_accessible(page)
    expect(page.get_by_text("Cancelled. Nothing was imported.")).to_be_visible(timeout=SECONDS)
    must_be_accessible(page)
    page.get_by_role("link", name="See the import").click()
    expect(page.locator("h1")).to_have_text("Cancelled: nothing was imported")
    must_be_accessible(page)

    stop_the_last_job(portal)
    resume_it_from_today(page)
    page.get_by_role("link", name="See the import").click()
    expect(page.locator("h1")).to_have_text("Imported: 1 organization.")


def shows_how_far_it_is(page: Page) -> None:
    """The bar moves by itself; what a screen reader is told stays the same meanwhile."""
    expect(page.locator("#progress-said")).to_contain_text("Running (since", timeout=SECONDS)
    page.evaluate(
        "() => { window.told = 0; new MutationObserver(() => window.told++).observe("
        "document.getElementById('progress-said'), {childList: true, subtree: true, characterData: true}) }"
    )
    expect(page.get_by_text("33 percent done")).to_be_visible(timeout=SECONDS)
    bar = page.get_by_label("Import of rowers.zip")
    assert (bar.get_attribute("value"), bar.get_attribute("max")) == ("1", "3")
    assert page.evaluate("() => window.told") == 0
    must_be_accessible(page)


def find_it_again(page: Page) -> None:
    """By the link at the foot of the navigation, wherever one is, and the list."""
    link = page.locator("a[href='/d/larkmoor/jobs/']")
    if not link.first.is_visible():
        page.locator(".pp-phonebar summary").click()
    page.locator("a[href='/d/larkmoor/jobs/']:visible").first.click()
    expect(page.locator("h1")).to_have_text("My jobs")
    expect(page.locator("main tbody tr").first).to_contain_text("33 percent done")
    must_be_accessible(page)
    page.locator("main tbody tr").first.get_by_role("link", name="Import of rowers.zip").click()
    expect(page.locator("h1")).to_have_text("Import of rowers.zip")
    must_be_accessible(page)


def resume_it_from_today(page: Page) -> None:
    """Today says that it stopped; Resume does it, and the page tells by itself that it is done."""
    page.goto("/d/larkmoor/?all=1")
    card = page.locator("main li", has_text="Resume or cancel what stopped:")
    must_be_accessible(page)
    card.get_by_role("link", name="Open it").click()
    expect(page.get_by_text("Stopped: the worker ended.")).to_be_visible()
    must_be_accessible(page)
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_text("Done.", exact=True)).to_be_visible(timeout=SECONDS)
    must_be_accessible(page)
