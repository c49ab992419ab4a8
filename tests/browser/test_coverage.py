"""Who serves what: from a gap to a partner, a school's rating, and the grid; an overlap to its question."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, SignIn, must_be_accessible

COVERAGE = "/d/larkmoor/coverage/"
CODE = "attendance"  # rated high at Quillback in the demo, with nobody for it
NEED = {"en": "Attendance", "es": "Asistencia escolar"}
SEEN_AS = [(LAPTOP, "en"), (PHONE, "es")]


def gaps(page: Page) -> list[str]:
    """The gaps that the page finds, each by its need."""
    page.goto(COVERAGE)
    must_be_accessible(page)
    links = page.locator("section[aria-labelledby=group-gap] li a[href*='/needs/']")
    return [str(link.get_attribute("href")).split("/")[-2] for link in links.all()]


def rate(page: Page, value: str, source: str) -> None:
    page.locator("main a[href*='/rate/']").click()
    must_be_accessible(page)
    page.get_by_label(NEED[str(page.locator("html").get_attribute("lang"))], exact=True).select_option(value)
    page.locator("#id_source").fill(source)
    page.locator("main form .btn-primary").click()
    expect(page).to_have_url(re.compile(rf"/needs/{CODE}/$"))
    must_be_accessible(page)


@pytest.mark.parametrize(("size", "language"), SEEN_AS)
def test_a_gap_leads_to_partners_who_meet_the_need(
    size: tuple[int, int], language: str, sign_in: SignIn
) -> None:
    page = sign_in("coordinator", size, language)
    assert CODE in gaps(page)
    page.locator(f"section[aria-labelledby=group-gap] li:has(a[href*='/needs/{CODE}/'])").get_by_role(
        "link"
    ).first.click()
    expect(page).to_have_url(re.compile(rf"/partners/\?need={CODE}$"))
    expect(page.locator("#found tbody tr").first).to_be_visible()


@pytest.mark.parametrize(("size", "language"), SEEN_AS)
def test_a_gap_ends_where_the_school_rates_the_need_low_and_begins_again(
    size: tuple[int, int], language: str, sign_in: SignIn
) -> None:
    page = sign_in("principal", size, language)
    before = gaps(page)
    page.locator(f"main a[href*='/needs/{CODE}/']").last.click()
    rate(page, "1", "Attendance report, May 2026")
    expect(page.locator("main")).to_contain_text("Attendance report, May 2026")
    assert gaps(page) == [code for code in before if code != CODE]
    page.goto(f"{COVERAGE}grid/")
    must_be_accessible(page)
    page.locator(f"main a[href*='/needs/{CODE}/']").click()
    rate(page, "3", "Attendance report, June 2026")
    assert sorted(gaps(page)) == sorted(before)


@pytest.mark.parametrize(("size", "language"), SEEN_AS)
def test_the_grid_says_in_words_what_its_colors_say(
    size: tuple[int, int], language: str, sign_in: SignIn
) -> None:
    page = sign_in("staff", size, language)
    page.goto(f"{COVERAGE}grid/?school=all")
    must_be_accessible(page)
    words = {"en": ("Gap", "Overlap"), "es": ("Vacío", "Coincidencia")}[language]
    for color, word in zip((".pp-cell-gap", ".pp-cell-overlap"), words, strict=True):
        assert set(page.locator(f"{color} .w").all_inner_texts()) == {word}
    assert page.locator(".pp-cell:not(.pp-cell-gap, .pp-cell-overlap) .w").all_inner_texts().count("") == (
        page.locator(".pp-cell:not(.pp-cell-gap, .pp-cell-overlap)").count()
    )


def test_an_overlap_leads_to_the_question_of_who_does_what(sign_in: SignIn) -> None:
    page = sign_in("coordinator")
    page.goto(COVERAGE)
    page.get_by_role("link", name="Decide who does what").first.click()
    must_be_accessible(page)
    expect(page.get_by_role("textbox", name="The question", exact=True)).to_have_value(
        "Who does what for After-school and mentoring, for some, at Quillback Middle School?"
    )
