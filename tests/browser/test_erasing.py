"""District staff erase a text that is about a person, on a laptop and on a phone, in either language."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, SignIn, must_be_accessible
from tests.browser.portal import Portal

QUESTION = "one referral form"
AGAINST, WHY = "a short consent page is wanted", "fill in the same page four times"


def open_history(page: Page) -> None:
    """From the log to everything that was ever said about a question."""
    page.goto("/d/larkmoor/decisions/?q=referral")
    page.get_by_role("link", name=re.compile(QUESTION)).first.click()
    must_be_accessible(page)
    page.locator('section[aria-labelledby="answers"] a[href$="/history/"]').click()
    must_be_accessible(page)


@pytest.mark.parametrize(
    ("size", "language", "text", "erased"),
    [(LAPTOP, "en", AGAINST, "Erased on"), (PHONE, "es", WHY, "Borrado el")],
)
def test_staff_erase_a_text_and_the_register_stays_whole(
    size: tuple[int, int], language: str, text: str, erased: str, sign_in: SignIn, portal: Portal
) -> None:
    page = sign_in("staff", size, language)
    open_history(page)
    page.locator('main a[href$="/erase/"]').click()
    must_be_accessible(page)
    page.locator("main .btn-outline-danger").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    must_be_accessible(page)
    page.get_by_label(re.compile(text)).check()
    page.locator("[name=asked_by][value=person]").check()
    page.locator("#id_because").fill("It names a child.")
    page.locator("main .btn-outline-danger").click()
    expect(page.locator("main")).not_to_contain_text(text)
    must_be_accessible(page)
    page.locator(".pp-crumb a").nth(1).click()
    expect(page.locator("main")).to_contain_text(erased)
    expect(page.locator("main")).not_to_contain_text(text)
    must_be_accessible(page)
    assert "all whole" in portal.manage("verify_register", "--district", "larkmoor", "--full")
