"""The editor of the letters' texts: two languages beside each other, a look that says nothing by itself."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LAPTOP, SignIn, must_be_accessible
from tests.browser.portal import Portal

PHONE = (390, 844)
LETTER = "To a new partner"


def open_editor(page: Page) -> None:
    """From the list of letters to the editor of one text."""
    page.goto("/d/larkmoor/letters/texts/")
    page.get_by_role("link", name=LETTER, exact=True).click()
    page.locator('a[href$="/edit/"]').click()


@pytest.fixture
def plain(portal: Portal, browser: Browser) -> Iterator[Page]:
    """District staff with a browser that runs no script."""
    context = browser.new_context(base_url=portal.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator('button[name="role"][value="staff"]').click()
    yield page
    context.close()


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_the_pages_of_texts_are_accessible_at_both_widths(size: tuple[int, int], sign_in: SignIn) -> None:
    page = sign_in("staff", size)
    page.goto("/d/larkmoor/letters/texts/")
    must_be_accessible(page)
    page.goto("/d/larkmoor/letters/approvals/")
    must_be_accessible(page)
    page.goto("/d/larkmoor/letters/texts/")
    page.get_by_role("link", name=LETTER, exact=True).click()
    must_be_accessible(page)
    page.locator('a[href$="/edit/"]').click()
    must_be_accessible(page)
    english, spanish = page.locator("#id_en_ask").bounding_box(), page.locator("#id_es_ask").bounding_box()
    assert english is not None
    assert spanish is not None
    beside = english["y"] == spanish["y"] and english["x"] < spanish["x"]
    below = english["y"] < spanish["y"] and english["x"] == spanish["x"]
    assert (beside, below) == (size == LAPTOP, size == PHONE)
    page.locator("#id_en_ask").fill("Dear {{contact.nam}}")
    page.get_by_role("button", name="Save this text").first.click()
    must_be_accessible(page)


def test_no_key_makes_the_page_speak(sign_in: SignIn) -> None:
    page = sign_in("staff")
    open_editor(page)
    assert page.locator("main").locator("[aria-live], [role=status], [role=alert], [role=log]").count() == 0
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#id_en_ask").press_sequentially("One more word. ")
    assert asked == []


def test_a_text_is_looked_at_and_saved_without_script(plain: Page) -> None:
    open_editor(plain)
    before = plain.locator("#id_en_ask").input_value()
    plain.locator("#id_en_ask").fill("Shall we **talk**, {{contact.nam}}?")
    plain.get_by_role("button", name="Save this text").last.click()
    expect(plain.locator("main")).to_contain_text("Did you mean {{contact.name}}?")
    plain.locator("#id_en_ask").fill("Shall we **talk**, {{contact.name}}?")
    plain.get_by_role("button", name="Look at the English").click()
    expect(plain.locator(".pp-letter strong").first).to_have_text("talk")
    expect(plain.locator("#id_en_ask")).to_have_value("Shall we **talk**, {{contact.name}}?")
    plain.get_by_role("button", name="Save this text").last.click()
    expect(plain.locator("main")).to_contain_text("the English one changed today.")
    plain.locator('a[href$="/edit/"]').click()
    plain.locator("#id_en_ask").fill(before)
    plain.locator("#id_still_the_same").check()
    plain.get_by_role("button", name="Save this text").last.click()
    expect(plain.locator("main")).not_to_contain_text("the English one changed today.")
