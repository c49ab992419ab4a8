"""A contact does the typing by personal link, on a phone and without an account; staff take it over."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, SignIn, Visit, must_be_accessible

PARTNERS = "/d/larkmoor/partners/"
LONG = f"{'INSURANCE' * 10}.pdf"
A_FILE = {"name": LONG, "mimeType": "application/pdf", "buffer": b"%PDF-1.7 insurance"}


def open_contact(page: Page) -> None:
    """From the list to the first contact of the first partner."""
    page.goto(PARTNERS)
    page.locator("#found tbody th a").first.click()
    page.locator('.pp-tabs a[href$="/contacts/"]').click()
    page.locator("main tbody th a").first.click()


def a_link(page: Page, right: str, *papers: str) -> str:
    """Make a link for the contact whose page is open, for these papers alone, and copy its address."""
    page.locator('a[href$="/link/"]').click()
    must_be_accessible(page)
    page.locator(f"[name=right][value={right}]").check()
    for box in page.locator("[name=papers]").all():
        box.set_checked(box.get_attribute("value") in papers)
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
    expect(phone.locator("[name$=-role]:not([name^=new-])")).to_be_visible()
    must_be_accessible(phone)
    phone.locator("[name$=-role]:not([name^=new-])").fill("Head of the front office")
    phone.locator("main form .btn-primary").tap()
    expect(phone.locator(".pp-note-ok")).to_be_visible()
    staff.goto(f"{PARTNERS}said/")
    must_be_accessible(staff)
    row = staff.get_by_role("row").filter(has_text="Head of the front office")
    row.get_by_role("button", name=re.compile("^Accept")).click()
    open_contact(staff)
    expect(staff.locator("#id_role")).to_have_value("Head of the front office")


def take_over(staff: Page, *words: str) -> None:
    """Accept the changes that say these words, one by one."""
    staff.goto(f"{PARTNERS}said/")
    must_be_accessible(staff)
    for text in words:
        row = staff.get_by_role("row").filter(has_text=text)
        row.get_by_role("button", name=re.compile("^Accept")).click()
        expect(staff.get_by_role("row").filter(has_text=text)).to_have_count(0)


def test_a_person_and_a_place_are_added_by_link_and_taken_out_by_another(
    sign_in: SignIn, visit: Visit
) -> None:
    staff = sign_in("coordinator")
    open_contact(staff)
    phone = visit(PHONE)
    phone.goto(a_link(staff, "listing"))
    phone.locator('main a[href="?change=1"]').tap()
    for kind, name, text in (("contact", "name", "Zadie Reyes-Ames"), ("site", "city", "Umberton")):
        field = phone.locator(f"[name=new-{kind}-{name}]")
        expect(field).to_be_hidden()
        phone.locator("summary", has=phone.locator("xpath=../.", has=field)).tap()
        field.fill(text)
    must_be_accessible(phone)
    phone.locator("main form .btn-primary").tap()
    street = phone.locator("[name=new-site-name]")
    expect(street).to_be_visible()
    expect(street).to_have_attribute("aria-invalid", "true")
    must_be_accessible(phone)
    phone.locator("[name=new-site-street]").fill("7 Umber Mill Street")
    phone.locator("main form .btn-primary").tap()
    expect(phone.locator(".pp-note-ok")).to_be_visible()

    take_over(staff, "Zadie Reyes-Ames", "7 Umber Mill Street")
    open_contact(staff)
    phone.goto(a_link(staff, "listing"))
    phone.locator('main a[href="?change=1"]').tap()
    phone.locator("fieldset", has_text="Zadie Reyes-Ames").locator("[type=checkbox]").check()
    phone.locator("fieldset", has_text="7 Umber Mill Street").locator("[type=checkbox]").check()
    must_be_accessible(phone)
    phone.locator("main form .btn-primary").tap()
    expect(phone.locator(".pp-note-ok")).to_be_visible()

    staff.goto(PARTNERS)
    staff.locator("#found tbody th a").first.click()
    expect(staff.locator(".pp-note-wait")).to_contain_text("sent 2 changes")
    staff.locator(".pp-note-wait a").click()
    take_over(staff, "Zadie Reyes-Ames", "7 Umber Mill Street")
    staff.goto(PARTNERS)
    staff.locator("#found tbody th a").first.click()
    staff.locator('.pp-tabs a[href$="/contacts/"]').click()
    expect(staff.locator("main .pp-plain")).to_contain_text("Zadie Reyes-Ames")
    staff.locator('.pp-tabs a[href$="/places/"]').click()
    expect(staff.locator("main")).not_to_contain_text("7 Umber Mill Street")


def test_a_paper_is_renewed_by_link(sign_in: SignIn, visit: Visit) -> None:
    staff = sign_in("coordinator")
    open_contact(staff)
    phone = visit(PHONE)
    phone.goto(a_link(staff, "papers", "insurance", "w9"))
    must_be_accessible(phone)
    expect(phone.locator("[name=kind] option")).to_have_count(2)
    phone.locator("[name=kind]").select_option("insurance")
    phone.locator("[name=upload]").set_input_files(A_FILE)  # type: ignore[arg-type]
    phone.locator("[name=valid_until]").fill("2031-06-30")
    phone.locator("main .btn-primary").tap()
    expect(phone.locator(".pp-note-ok")).to_be_visible()
    must_be_accessible(phone)
    staff.locator(".pp-crumb a").nth(1).click()
    staff.locator('.pp-tabs a[href$="/papers/"]').click()
    expect(staff.locator("main table")).to_contain_text(LONG)
    must_be_accessible(staff)
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
    link = phone.url.split("?")[0]
    staff.goto(f"{PARTNERS}said/")
    must_be_accessible(staff)
    told = staff.get_by_role("row").filter(has_text="4 hours at 25 dollars")
    told.get_by_role("link", name=re.compile("^Send back")).click()
    must_be_accessible(staff)
    staff.locator("[name=because]").fill("At 40 dollars, we think.")
    staff.locator("main .btn-primary").click()
    expect(told).to_have_count(0)
    phone.goto(link)
    must_be_accessible(phone)
    expect(phone.locator("main")).to_contain_text("At 40 dollars, we think.")
    expect(phone.locator("[name=in_kind]")).to_have_value("100.00")
    phone.locator("[name=in_kind]").fill("160")
    phone.locator("[name=in_kind_method]").fill("4 hours at 40 dollars")
    phone.locator("main .btn-primary").tap()
    expect(phone.locator(".pp-note-ok")).to_be_visible()
    staff.goto(f"{PARTNERS}said/")
    expect(staff.locator("main")).to_contain_text("4 hours at 40 dollars")
