"""A draft saves itself, survives signing out, and what it lacks is supplied at its place or left out."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import LAPTOP, PHONE, SignIn, must_be_accessible

SAVED = re.compile(r"^Saved at \d")


def a_draft(page: Page, partner: str = "Iglesia Luz del Puerto") -> str:
    """Start a letter with what is proposed. Out: its page's address."""
    page.goto(f"/d/larkmoor/partners/?q={partner.split()[0]}")
    page.get_by_role("link", name=partner, exact=True).click()
    page.locator("a[href*='/letters/write/'], form[action*='/start/'] button").first.click()
    press(page, page.locator("button[name=then][value=write]"))
    return page.url


def saves_itself(page: Page, text: str) -> None:
    page.locator("#id_block_gain").fill(text)
    expect(page.locator("#saved")).to_have_text(SAVED)


def test_typing_saves_by_itself_and_the_button_saves_after_it_without_a_conflict(sign_in: SignIn) -> None:
    page = sign_in("preparer")
    address = a_draft(page)
    saves_itself(page, "You would meet four others.")
    must_be_accessible(page)
    expect(page.locator("#saved")).not_to_have_attribute("role", re.compile("."))
    expect(page.frame_locator("iframe.pp-frame").locator("body")).to_contain_text(
        "You would meet four others."
    )
    page.goto(address)
    expect(page.locator("#id_block_gain")).to_have_value("You would meet four others.")
    page.locator("#id_block_gain").fill("You would meet five others.")
    press(page, page.locator("main .pp-form button[value=save]"))
    expect(page.locator(".pp-note[role=status]")).to_contain_text("Draft saved.")
    expect(page.locator("#id_block_gain")).to_have_value("You would meet five others.")


def test_text_typed_when_signed_out_in_another_tab_comes_back_after_signing_in(sign_in: SignIn) -> None:
    page = sign_in("coordinator")
    address = a_draft(page)
    saves_itself(page, "Kept over the sign-out.")
    sign_out(page)
    page.locator("#id_block_gain").fill("Typed after the sign-out.")
    page.locator("main .pp-form button[value=save]").click()
    expect(page.locator("#not-saved")).to_be_focused()
    expect(page.locator("#not-saved")).to_contain_text("You are signed out.")
    expect(page.locator("#id_block_gain")).to_have_value("Typed after the sign-out.")
    must_be_accessible(page)
    page.locator("#not-saved a").click()
    page.locator('button[name="role"][value="coordinator"]').click()
    page.goto(address)
    expect(page.locator("#id_block_gain")).to_have_value("Kept over the sign-out.")
    expect(page.locator("#text-kept")).to_be_visible()
    must_be_accessible(page)
    page.locator("#text-kept button[value=back]").click()
    expect(page.locator("#text-kept")).to_be_hidden()
    page.goto(address)
    expect(page.locator("#id_block_gain")).to_have_value("Typed after the sign-out.")
    expect(page.locator("#text-kept")).to_be_hidden()


def test_somebody_else_in_the_same_window_does_not_see_the_text(sign_in: SignIn) -> None:
    page = sign_in("coordinator")
    address = a_draft(page)
    sign_out(page)
    page.locator("#id_block_gain").fill("Not for others.")
    expect(page.locator("#not-saved")).to_contain_text("You are signed out.")
    page.goto("/accounts/login/")
    page.locator('button[name="role"][value="preparer"]').click()
    page.goto(address)
    expect(page.locator("#id_block_gain")).to_be_visible()
    expect(page.locator("#text-kept")).to_be_hidden()


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_a_missing_value_is_left_out_with_one_click_or_supplied_at_its_place(
    size: tuple[int, int], sign_in: SignIn
) -> None:
    page = sign_in("coordinator", size)
    a_draft(page)
    page.locator("#id_block_how").fill("We start small. We know you since {{partnership.since}}.")
    press(page, page.locator("main .pp-form button[value=save]"))
    place = page.locator("[id='value-partnership.since']")
    expect(place).to_contain_text("How it would go: “We know you since [Partner since].”")
    must_be_accessible(page)

    page.locator("#id_block_gain").fill("Typed and not saved yet.")
    press(page, place.get_by_role("button", name="Leave this sentence out"))
    expect(page.locator(".pp-note[role=status]")).to_contain_text("Left out of “How it would go”")
    expect(page.locator("#id_block_how")).to_have_value("We start small.")
    expect(page.locator("#id_block_gain")).to_have_value("Typed and not saved yet.")
    expect(place).to_have_count(0)
    must_be_accessible(page)

    press(page, page.get_by_role("button", name="Put it back"))
    place.get_by_label("Only in this letter").fill("2019")
    press(page, place.get_by_role("button", name="Use it"))
    expect(place).to_have_text(re.compile("Partner since"))
    expect(sheet(page)).to_contain_text("We know you since 2019.")
    expect(page.locator("dd", has_text="2019").first).to_contain_text("Only in this letter")
    must_be_accessible(page)


def sheet(page: Page) -> Locator:
    return page.frame_locator("iframe.pp-frame").locator("body")


def press(page: Page, button: Locator) -> None:
    """Click, and wait for the page to which it leads."""
    with page.expect_navigation():
        button.click()


def sign_out(page: Page) -> None:
    """As in another tab of the same browser."""
    other = page.context.new_page()
    other.goto("/accounts/logout/")
    press(other, other.locator("main form button").first)
    other.close()
