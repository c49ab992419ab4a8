"""A partner answers a letter by its personal link: two taps on a phone, no account, no script needed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, SignIn, Visit, must_be_accessible
from tests.browser.portal import Portal

MOST_BYTES = 60 * 1024
MOST_WORDS = 120
LINKS = """
from django_scopes import scopes_disabled
from letters.models import ReplyLink
with scopes_disabled():
    for link in ReplyLink.objects.filter(letter__state="signed").select_related("letter").order_by("pk"):
        print("link", link.token, link.letter.reference, link.letter.uid)
"""


@pytest.fixture(scope="module")
def links(portal: Portal) -> list[list[str]]:
    """The demo's signed letters: token, reference and uid of each."""
    lines = portal.run(LINKS).splitlines()
    return [line.split()[1:] for line in lines if line.startswith("link ")]


def words_before_more(page: Page) -> int:
    text = page.locator("main").inner_text()
    return len(text[: text.index("More")].split())


def answer_with_two_taps(page: Page) -> int:
    """Choose "Talk to me" and send it. Out: how many taps that took."""
    taps = (page.get_by_text("Talk to me", exact=True), page.get_by_role("button", name="Send this answer"))
    for tap in taps:
        tap.click()
    return len(taps)


def test_it_takes_two_taps_and_all_answers_are_on_the_first_screen(
    visit: Visit, sign_in: SignIn, links: list[list[str]]
) -> None:
    token, reference, uid = links[0]
    phone = visit(PHONE)
    answered = phone.goto(f"/answer/{token}/")
    assert answered is not None
    assert len(answered.body()) <= MOST_BYTES
    expect(phone.locator("h1")).to_be_in_viewport(ratio=1)
    for n in range(3):
        expect(phone.locator(".pp-choice label").nth(n)).to_be_in_viewport(ratio=1)
    expect(phone.locator("main [type=radio]:checked")).to_have_count(0)
    assert words_before_more(phone) <= MOST_WORDS
    must_be_accessible(phone)
    assert answer_with_two_taps(phone) == 2
    expect(phone.locator(".pp-note-ok")).to_contain_text("Thank you. We have your answer: “Talk to me”.")
    must_be_accessible(phone)
    phone.locator("summary", has_text="More").click()
    must_be_accessible(phone)

    staff = sign_in("coordinator")
    staff.goto(f"/d/larkmoor/letters/{uid}/")
    expect(staff.locator("h1")).to_contain_text(reference)
    expect(staff.locator("#answers").locator("xpath=../..")).to_contain_text("By personal link")
    must_be_accessible(staff)


def test_it_reads_well_on_a_laptop_and_says_what_is_missing(visit: Visit, links: list[list[str]]) -> None:
    page = visit(LAPTOP)
    page.goto(f"/answer/{links[1][0]}/")
    must_be_accessible(page)
    page.get_by_role("button", name="Send this answer").click()
    expect(page.locator("[role=alert]")).to_contain_text("Choose one of the three answers.")
    must_be_accessible(page)


def test_it_works_without_script(plain_phone: Page, links: list[list[str]]) -> None:
    plain_phone.goto(f"/answer/{links[1][0]}/")
    assert answer_with_two_taps(plain_phone) == 2
    expect(plain_phone.locator(".pp-note-ok")).to_contain_text("We have your answer")


def test_whoever_posts_letters_says_so_and_takes_it_back(sign_in: SignIn, links: list[list[str]]) -> None:
    staff = sign_in("coordinator", PHONE)
    staff.goto(f"/d/larkmoor/letters/{links[0][2]}/")
    for name in ("It was not posted", "I have posted it"):
        staff.get_by_role("button", name=name).click()
        must_be_accessible(staff)
    staff.locator(".pp-note-ok").get_by_role("button", name="Undo").click()
    expect(staff.locator(".pp-note-ok")).to_contain_text("waits to be posted")
