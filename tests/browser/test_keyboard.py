"""The main flows with the keyboard alone: Tab, Shift+Tab, Enter, Space, arrows and Esc.

Source: WCAG 2.2, 2.1.1 Keyboard, 2.1.2 No Keyboard Trap, 2.4.1 Bypass Blocks, 2.4.3 Focus Order, 2.4.7 Focus
Visible, 2.4.11 Focus Not Obscured.
"""

import itertools

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, SignIn
from tests.browser.keys import Stop, enter, here, stops_back, stops_of, tab_to
from tests.full import slow

PAGES = {
    "preparer": ["/d/larkmoor/", "/d/larkmoor/partners/?q=harbor", "/d/larkmoor/letters/"],
    "principal": ["/d/larkmoor/letters/to-sign/"],
    "staff": [
        "/d/larkmoor/people/invite/",
        "/d/larkmoor/mail/",
        "/d/larkmoor/decisions/",
        "/accounts/sign-in/",
    ],
}


@pytest.mark.parametrize(
    ("role", "size"),
    [
        pytest.param("preparer", LAPTOP, id="preparer-1280"),
        pytest.param("principal", PHONE, id="principal-360"),
        pytest.param("staff", PHONE, id="staff-360"),
        pytest.param("preparer", PHONE, id="preparer-360", marks=slow),
        pytest.param("principal", LAPTOP, id="principal-1280", marks=slow),
        pytest.param("staff", LAPTOP, id="staff-1280", marks=slow),
    ],
)
def test_each_stop_is_seen_and_in_reading_order(role: str, size: tuple[int, int], sign_in: SignIn) -> None:
    page = sign_in(role, size)
    for address in PAGES[role]:
        page.goto(address)
        must_be_walkable(page)


def test_each_stop_of_a_letter_to_sign_is_seen(sign_in: SignIn) -> None:
    page = sign_in("principal", PHONE)
    page.goto("/d/larkmoor/letters/to-sign/")
    page.get_by_role("link", name="Tamarack Youth Counseling").click()
    must_be_walkable(page)


def must_be_walkable(page: Page) -> None:
    """Tab leads first to the skip link, then down the page, without a trap; each stop is seen."""
    stops = stops_of(page)
    assert stops[0]["name"] == "Skip to content", page.url
    assert len(stops) > 5
    assert [stop["what"] for stop in stops if not stop["seen"]] == [], page.url
    assert [stop["what"] for stop in stops if not stop["free"]] == [], page.url
    assert [stop["order"] for stop in stops] == sorted(stop["order"] for stop in stops), page.url
    assert backward(stops) == [], page.url
    back = stops_back(page, stops[-1])
    assert [stop["number"] for stop in back] == [stop["number"] for stop in reversed(stops)], page.url


def backward(stops: list[Stop]) -> list[str]:
    """The stops that lie above the one before and not to its right: the eye would have to jump back."""
    return [
        f"{one['name']} -> {two['name']}"
        for one, two in itertools.pairwise(stops[1:])
        if two["y"] < one["y"] - 60 and two["x"] <= one["x"] + 5 and two["name"] != "Skip to content"
    ]


def test_the_skip_link_leads_past_the_navigation(sign_in: SignIn) -> None:
    page = sign_in("staff")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)") is True


def test_the_phones_menu_opens_and_esc_closes_it_with_the_focus_on_it(sign_in: SignIn) -> None:
    page = sign_in("coordinator", PHONE)
    tab_to(page, "Menu")
    page.keyboard.press("Enter")
    expect(page.locator("header details")).to_have_attribute("open", "")
    tab_to(page, "Decisions")
    page.keyboard.press("Escape")
    expect(page.locator("header details")).not_to_have_attribute("open", "")
    stop = here(page)
    assert stop is not None
    assert "Menu" in stop["name"]


def test_not_now_opens_by_space_and_esc_closes_it(sign_in: SignIn) -> None:
    page = sign_in("staff")
    tab_to(page, "Not now")
    page.keyboard.press("Space")
    tab_to(page, "Put off to Monday")
    page.keyboard.press("Escape")
    expect(page.locator("main details[open]")).to_have_count(0)
    stop = here(page)
    assert stop is not None
    assert stop["name"].startswith("Not now")


def test_a_partner_is_found_and_the_focus_stays_in_the_search(sign_in: SignIn) -> None:
    page = sign_in("viewer")
    page.goto("/d/larkmoor/partners/")
    tab_to(page, "q")
    page.keyboard.press("Escape")
    tab_to(page, "q")
    page.keyboard.type("tamarack")
    expect(page.locator("main table a").first).to_have_text("Tamarack Youth Counseling")
    stop = here(page)
    assert stop is not None
    assert 'id="filter-q"' in stop["what"]
    tab_to(page, "Tamarack Youth Counseling")
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tamarack Youth Counseling")


def test_a_letter_is_written_and_signed(sign_in: SignIn) -> None:
    page = sign_in("preparer")
    page.goto("/d/larkmoor/partners/?q=Radio+Larkmoor")
    tab_to(page, "Tick Radio Larkmoor 88.1")
    tab_to(page, "Radio Larkmoor 88.1")
    enter(page)
    tab_to(page, "Write a letter")
    enter(page)
    tab_to(page, "Write and check")
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Letter to Radio Larkmoor 88.1")
    result = page.locator("[name=result]")
    if result.count() and not result.input_value():
        tab_to(page, "result")
        page.keyboard.type("40 children came each week")
    page.evaluate("() => document.activeElement.blur()")
    tab_to(page, "Hand in for signature")
    enter(page)
    expect(page.locator(".pp-note[role=status]")).to_be_visible()
    principal = sign_in("principal")
    tab_to(principal, "To sign")
    enter(principal)
    tab_to(principal, "Read and sign: Radio Larkmoor 88.1")
    enter(principal)
    tab_to(principal, "Sign")
    tab_to(principal, "Sign and send")
    enter(principal)
    expect(principal.locator(".pp-note[role=status]")).to_contain_text("Radio Larkmoor 88.1")


def test_a_question_is_answered_by_all_and_closed(sign_in: SignIn) -> None:
    page = sign_in("coordinator")
    page.goto("/d/larkmoor/decisions/")
    tab_to(page, "Put a question")
    enter(page)
    tab_to(page, "question")
    page.keyboard.type("Shall the fair be in May?")
    if page.locator("select[name=group]").count():
        tab_to(page, "group")
        page.keyboard.type("Quillback")
    tab_to(page, "Put this question")
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Shall the fair be in May?")
    tab_to(page, "Record answers")
    enter(page)
    for _seat in range(page.locator("main fieldset").count()):
        tab_to(page, "Yes")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowLeft")
    tab_to(page, "Record these answers")
    enter(page)
    expect(page.locator(".pp-note[role=status]")).to_contain_text("answers")
    tab_to(page, "Close this decision")
    enter(page)
    tab_to(page, "Close")
    enter(page)
    expect(page.locator(".pp-outcome")).to_contain_text("Adopted")
