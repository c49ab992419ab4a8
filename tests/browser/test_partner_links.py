"""A contact does the typing by personal link, on a phone and without an account; staff take it over."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, SignIn, Visit, must_be_accessible

PARTNERS = "/d/larkmoor/partners/"
A_FILE = {"name": "insurance.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 insurance"}


def open_contact(page: Page) -> None:
    """From the list to the first contact of the first partner."""
    page.goto(PARTNERS)
    page.locator("#found tbody th a").first.click()
    page.locator('.pp-tabs a[href$="/contacts/"]').click()
    page.locator("main tbody th a").first.click()


def a_link(page: Page, right: str) -> str:
    """Make a link for the contact whose page is open, and copy its address."""
    page.locator('a[href$="/link/"]').click()
    must_be_accessible(page)
    page.locator(f"[name=right][value={right}]").check()
    page.locator("[name=way][value=copy]").check()
    page.locator("main .btn-primary").click()
    must_be_accessible(page)
    return page.locator("#address").input_value()


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_listing_is_confirmed_by_link(language: str, sign_in: SignIn, visit: Visit) -> None:
    staff = sign_in("coordinator")
    open_contact(staff)
    must_be_accessible(staff)
    if language == "es":
        staff.locator("#id_language").select_option("es")
        staff.locator("main .btn-primary").click()
        staff.locator("main tbody th a").first.click()
    phone = visit(PHONE)
    phone.goto(a_link(staff, "listing"))
    assert phone.locator("html").get_attribute("lang") == language
    must_be_accessible(phone)
    right = phone.locator("main .btn-primary")
    expect(right).to_be_in_viewport()
    right.tap()
    expect(phone.locator(".pp-note-ok")).to_be_visible()
    must_be_accessible(phone)


def test_a_change_is_proposed_by_link_and_taken_over(sign_in: SignIn, visit: Visit) -> None:
    staff = sign_in("coordinator")
    open_contact(staff)
    phone = visit(PHONE)
    phone.goto(a_link(staff, "listing"))
    phone.locator('main a[href="?change=1"]').tap()
    expect(phone.locator("[name$=-role]")).to_be_visible()
    must_be_accessible(phone)
    phone.locator("[name$=-role]").fill("Head of the front office")
    phone.locator("main form .btn-primary").tap()
    expect(phone.locator(".pp-note-ok")).to_be_visible()
    staff.goto(f"{PARTNERS}said/")
    must_be_accessible(staff)
    row = staff.get_by_role("row").filter(has_text="Head of the front office")
    row.get_by_role("button", name=re.compile("^Accept")).click()
    open_contact(staff)
    expect(staff.locator("#id_role")).to_have_value("Head of the front office")


def test_a_paper_is_renewed_by_link(sign_in: SignIn, visit: Visit) -> None:
    staff = sign_in("coordinator")
    open_contact(staff)
    phone = visit(PHONE)
    phone.goto(a_link(staff, "papers"))
    must_be_accessible(phone)
    phone.locator("[name=kind]").select_option("insurance")
    phone.locator("[name=upload]").set_input_files(A_FILE)  # type: ignore[arg-type]
    phone.locator("[name=valid_until]").fill("2031-06-30")
    phone.locator("main .btn-primary").tap()
    expect(phone.locator(".pp-note-ok")).to_be_visible()
    must_be_accessible(phone)
    staff.locator(".pp-crumb a").nth(1).click()
    staff.locator('.pp-tabs a[href$="/papers/"]').click()
    staff.locator('main a[href$="/accept/"]').first.click()
    staff.locator("main .btn-primary").click()
    expect(staff.locator("main")).to_contain_text("Jun 30, 2031")


def test_the_year_is_told_by_link(sign_in: SignIn, visit: Visit) -> None:
    staff = sign_in("coordinator")
    open_contact(staff)
    phone = visit(PHONE)
    phone.goto(a_link(staff, "year"))
    must_be_accessible(phone)
    phone.locator("[name$=students]").first.fill("42")
    phone.locator("[name=in_kind]").fill("100")
    phone.locator("main .btn-primary").tap()
    expect(phone.locator("[aria-invalid=true]").first).to_be_visible()
    must_be_accessible(phone)
    phone.locator("[name=in_kind_method]").fill("4 hours at 25 dollars")
    phone.locator("main .btn-primary").tap()
    expect(phone.locator(".pp-note-ok")).to_be_visible()
    staff.goto(f"{PARTNERS}said/")
    must_be_accessible(staff)
    expect(staff.locator("main")).to_contain_text("4 hours at 25 dollars")
