"""A principal signs and sends: a prepared letter on a phone with 3 taps, one from nothing on a laptop with 3
clicks, and nothing typed."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import LAPTOP, PHONE, SignIn, must_be_accessible
from tests.browser.portal import Portal
from tests.browser.waiting import hand_in

PREPARED, NEW = "Saltbox Hill Public Library", "Brightmere Credit Union"


def test_a_prepared_letter_is_signed_and_sent_on_a_phone_with_three_taps(
    sign_in: SignIn, portal: Portal
) -> None:
    [uid] = hand_in(portal, PREPARED)
    page = sign_in("principal", PHONE)
    acts = (
        lambda: page.locator("a[href$='/letters/to-sign/']:visible").first,
        lambda: page.locator(f"main li a.btn[href*='{uid}']"),
        lambda: page.locator("form[action$='/sign/'] button"),
    )
    done = [act_on(page, find()) for find in acts]
    assert len(done) == 3
    expect(page.locator(".pp-note-ok")).to_contain_text(f", to {PREPARED}.")


def test_from_nothing_a_letter_is_written_and_sent_on_a_laptop_with_three_clicks(sign_in: SignIn) -> None:
    page = sign_in("principal", LAPTOP)
    page.goto("/d/larkmoor/partners/")
    acts = (
        lambda: page.locator("main table").get_by_role("link", name=NEW, exact=True),
        lambda: page.locator("a[href*='/letters/write/'], form[action*='/start/'] button").first,
        lambda: page.locator("main button[name=then][value=sign]"),
    )
    done = [act_on(page, find()) for find in acts]
    assert len(done) == 3
    expect(page.locator("h1")).to_contain_text(f"to {NEW}")
    expect(page.locator(".pp-note-ok")).to_contain_text("Signed: QMS-")


def act_on(page: Page, what: Locator) -> str:
    """Tap what is meant, and wait for the page to which it leads; no key is pressed. Out: its words."""
    words = what.inner_text()
    with page.expect_navigation():
        what.click()
    must_be_accessible(page)
    return words
