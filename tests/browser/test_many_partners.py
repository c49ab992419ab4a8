"""Partners ticked on a phone get a tag in the background; a list is kept as a view and opened again."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, SignIn, must_be_accessible

SECONDS = 120_000  # milliseconds, as long as a busy machine may take for a job


def test_those_ticked_get_a_tag(sign_in: SignIn) -> None:
    page = sign_in("coordinator", PHONE)
    page.goto("/d/larkmoor/partners/?q=harbor")
    must_be_accessible(page)
    page.get_by_label("Tick Harbor Steps Mentoring").check()
    press(page, "button[name=which][value=ticked]")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 partner chosen")
    must_be_accessible(page)
    page.locator("[name=tag-tag]").fill("winter plan")
    press(page, "form[action$='/many/do/tag/'] button")
    must_be_accessible(page)
    expect(page.get_by_text("1 partner got the tag.")).to_be_visible(timeout=SECONDS)
    must_be_accessible(page)
    page.goto("/d/larkmoor/partners/?tag=winter+plan")
    expect(
        page.locator("main table").get_by_role("link", name="Harbor Steps Mentoring", exact=True)
    ).to_be_visible()


def test_a_list_is_kept_and_opened_again(sign_in: SignIn) -> None:
    page = sign_in("coordinator", PHONE)
    page.goto("/d/larkmoor/partners/?stage=paused")
    press(page, "main a[href*='/views/keep/']")
    must_be_accessible(page)
    page.locator("[name=name]").fill("On hold")
    press(page, "main form.pp-form button.btn-primary")
    must_be_accessible(page)
    page.goto("/d/larkmoor/partners/")
    with page.expect_navigation():
        page.get_by_role("link", name="On hold").click()
    expect(page.get_by_role("link", name="On hold")).to_have_attribute("aria-current", "page")


def press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def test_ticks_stay_while_one_looks_for_others_and_the_address_is_short(sign_in: SignIn) -> None:
    page = sign_in("coordinator")
    page.goto("/d/larkmoor/partners/?q=big+oak")
    page.get_by_label("Tick Big Oak Mentors").check()
    look_for(page, "harbor")
    page.get_by_label("Tick Harbor Steps Mentoring").check()
    look_for(page, "mentor")
    assert page.url.endswith("/partners/?q=mentor&sort=name")
    expect(page.get_by_label("Tick Big Oak Mentors")).to_be_checked()
    press(page, "button[name=which][value=ticked]")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 partners chosen")


def look_for(page: Page, typed: str) -> None:
    with page.expect_response(lambda answer: f"q={typed}" in answer.url):
        page.locator("#filter-q").fill(typed)
    page.wait_for_url(f"**/partners/?q={typed}**")
