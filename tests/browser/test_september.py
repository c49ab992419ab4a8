"""What comes with the school year: in September the roster stands on Today."""

import datetime
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, SignIn, must_be_accessible
from tests.browser.portal import Portal, running_portal


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    """A portal of its own: what ends by its day ends when the clock moves on, and moving it back undoes
    nothing."""
    with running_portal("_september") as served:
        yield served


def test_in_september_today_leads_to_the_roster(sign_in: SignIn, portal: Portal) -> None:
    today = datetime.datetime.now(datetime.UTC).date()
    september = datetime.date(today.year + (today.month > 9), 9, 10)
    portal.manage("move_clock", str((september - today).days))
    page = sign_in("principal", PHONE)
    expect(page.locator("main")).to_contain_text("Say who is still here")
    page.locator("main a[href*='/building/roster/']").first.click()
    must_be_accessible(page)
