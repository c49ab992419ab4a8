"""In our building at the front desk, and the September roster: on a laptop and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, SignIn, must_be_accessible

MOST_PIXELS = 110  # of a partner on a phone: its name on two lines at most, and its two choices
ANSWER = re.compile("Cleared, with no end date|Autorizado, sin fecha de vencimiento")


@pytest.mark.parametrize(("size", "language"), [(LAPTOP, "en"), (PHONE, "es")])
def test_one_search_answers_without_a_click(size: tuple[int, int], language: str, sign_in: SignIn) -> None:
    page = sign_in("viewer", size, language)
    expect(page).to_have_url(re.compile("/building/$"))
    must_be_accessible(page)
    page.locator("#building-q").focus()
    page.keyboard.type("tamar")
    expect(page).to_have_url(re.compile("q=tamar"))
    rows = page.locator("#found tbody tr")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("Tamarack Youth Counseling")
    expect(rows.first).to_contain_text(ANSWER)
    assert page.evaluate("document.activeElement.id") == "building-q"
    must_be_accessible(page)


def test_what_is_printed_says_when(sign_in: SignIn) -> None:
    page = sign_in("viewer")
    page.emulate_media(media="print")
    expect(page.locator("#count")).to_be_visible()
    expect(page.locator("#count")).to_contain_text(re.compile(r"As of \w+ \d+, \d{4}, "))
    expect(page.locator("form[role=search]").last).not_to_be_visible()


def test_a_principal_says_yes_with_one_press(sign_in: SignIn) -> None:
    page = sign_in("principal", PHONE)
    page.goto("/d/larkmoor/building/?show=not_asked")
    page.locator("#found tbody a[href*='/building/']").first.click()
    must_be_accessible(page)
    page.locator("main .btn-primary").click()
    expect(page.locator("#yes")).to_be_visible()
    expect(page.locator("main")).to_contain_text("said yes.")
    must_be_accessible(page)


def open_roster(page: Page) -> None:
    page.goto("/d/larkmoor/building/")
    page.locator("main a[href$='/building/roster/']").click()
    must_be_accessible(page)


@pytest.mark.parametrize(("size", "language"), [(LAPTOP, "en"), (PHONE, "es")])
def test_the_roster_is_answered(size: tuple[int, int], language: str, sign_in: SignIn) -> None:
    page = sign_in("principal", size, language)
    open_roster(page)
    here = page.locator("input[value=still_here]")
    why = page.locator(".pp-why input")
    expect(page.locator(".pp-why:visible")).to_have_count(0)
    page.locator("input[value=gone]").last.check()
    expect(page.locator(".pp-why:visible")).to_have_count(1)
    page.locator("#id_others_here").check()
    page.locator("main .btn-primary").click()
    expect(page.locator("[aria-invalid=true]")).to_be_visible()
    must_be_accessible(page)
    why.last.fill("They closed in August.")
    count = here.count()
    page.locator("main .btn-primary").click()
    expect(page).to_have_url(re.compile("/building/$"))
    open_roster(page)
    expect(here).to_have_count(count - 1)
    expect(page.locator("input[value=still_here]:checked")).to_have_count(count - 1)


def test_a_line_of_the_roster_is_low_on_a_phone(sign_in: SignIn) -> None:
    page = sign_in("principal", PHONE)
    open_roster(page)
    heights = page.locator(".pp-roster > li").evaluate_all("rows => rows.map(row => row.offsetHeight)")
    assert heights
    assert max(heights) <= MOST_PIXELS
