"""A call is logged on a phone, from wherever one is: three taps and one sentence, nothing else typed."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, SignIn, must_be_accessible

SAID = "They can come on Tuesdays."


@pytest.mark.parametrize("language", ["en", "es"])
def test_three_taps_and_one_sentence(sign_in: SignIn, language: str) -> None:
    page = sign_in("coordinator", PHONE, language)
    page.goto("/d/larkmoor/decisions/")
    taps: list[Locator] = []
    tap(page, page.locator("main a[href='/d/larkmoor/partners/call/']"), taps)
    must_be_accessible(page)
    tap(page, page.locator("main a[href$='/call/'].btn").first, taps)
    must_be_accessible(page)
    day, person = what_is_filled_in(page)
    page.keyboard.type(SAID)  # the cursor stands where it belongs
    tap(page, page.locator("main form.pp-form button.btn-primary"), taps)
    must_be_accessible(page)
    kept = page.locator("main .pp-time li").first
    expect(kept).to_contain_text(SAID)
    expect(kept).to_contain_text(person)
    expect(kept.locator("time")).to_have_attribute("datetime", day)
    assert len(taps) == 3


def what_is_filled_in(page: Page) -> tuple[str, str]:
    """The day and the person; way and direction stand there, too."""
    assert page.locator("#id_channel").input_value() == "call"
    assert page.locator("#id_direction").input_value() == "out"
    day = page.locator("#id_on").input_value()
    person = page.locator("#id_contact option:checked").inner_text()
    assert day
    assert person not in {"Somebody else", "Otra persona"}
    return day, person


def test_another_partner_is_looked_for(sign_in: SignIn) -> None:
    page = sign_in("coordinator", PHONE)
    page.goto("/d/larkmoor/partners/call/")
    page.locator("#call-q").fill("wexley")
    with page.expect_navigation():
        page.locator("#call-q").press("Enter")
    must_be_accessible(page)
    expect(page.locator("main a.btn", has_text="Wexley Literacy Volunteers")).to_be_visible()


def tap(page: Page, what: Locator, taps: list[Locator]) -> None:
    with page.expect_navigation():
        what.tap()
    taps.append(what)
