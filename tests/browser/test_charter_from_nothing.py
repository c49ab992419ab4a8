"""A group from nothing to its own way to decide: seats, the starting rule, its own decision, one page."""

import io

import pypdf
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn, must_be_accessible

SEATS = (
    ("Parent, Quillback Middle School", "parents"),
    ("Neighbors of Mill Street", "civic"),
    ("Coaches of grade 7", "youth_serving"),
)


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    must_be_accessible(page)


def start_a_group(page: Page, name: str) -> None:
    page.get_by_role("link", name="Decisions", exact=True).first.click()
    page.get_by_role("link", name="Start a group").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Whose group it is").select_option(label="Quillback Middle School")
    press(page, "Start this group")
    for people, sector in SEATS:
        page.get_by_role("link", name="Add a seat").first.click()
        page.get_by_label("Or people, by whom it speaks for").fill(people)
        page.get_by_role("combobox", name="Sector").select_option(sector)
        press(page, "Add this seat")


def adopt_a_way(page: Page) -> None:
    """By the starting rule: all can live with it."""
    page.get_by_role("link", name="Read it").first.click()
    expect(page.get_by_role("heading", name="The starting rule")).to_be_visible()
    must_be_accessible(page)
    page.get_by_role("link", name="Ask the group for another way").click()
    page.get_by_role("textbox", name="The question", exact=True).fill("Shall the majority decide?")
    press(page, "Put this question")
    page.get_by_role("link", name="Record answers").click()
    for people, _sector in SEATS:
        page.get_by_role("group", name=f"Answer of {people}").get_by_label("Yes").check()
    press(page, "Record these answers")
    page.get_by_role("link", name="Close this decision").click()
    press(page, "Close it: adopted")


def test_a_group_writes_down_its_own_way_from_nothing(sign_in: SignIn) -> None:
    page = sign_in("coordinator")
    start_a_group(page, "Mill Street table")
    adopt_a_way(page)
    page.get_by_role("link", name="Mill Street table").first.click()
    page.get_by_role("link", name="Read it").first.click()
    page.get_by_role("link", name="Write down what was adopted").click()
    expect(page.get_by_text("As with our 3 seats: 2 must say yes, if all vote.").first).to_be_visible()
    for summary in page.locator("main summary").all():
        summary.click()
    must_be_accessible(page)
    page.get_by_label("Simple majority").first.check()
    press(page, "Put this in force")
    expect(page.get_by_role("heading", name="Version 1")).to_be_visible()
    expect(page.get_by_text("Simple majority", exact=True).first).to_be_visible()

    link = page.get_by_role("link", name="On one page to read aloud, as PDF").get_attribute("href")
    printed = pypdf.PdfReader(io.BytesIO(page.request.get(str(link)).body()))
    assert len(printed.pages) == 1
    assert "Version 1, in force since" in printed.pages[0].extract_text()
