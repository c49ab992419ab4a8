"""A seat answers a question by its personal link: flow 3 of the product, its taps counted, in Spanish too."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, SignIn, Visit, must_be_accessible
from tests.browser.portal import Portal

MOST_BYTES = 60 * 1024
MOST_WORDS = 120
LINKS = """
from django_scopes import scopes_disabled
from decisions.models import Decision
from decisions.services import copy_link
with scopes_disabled():
    for decision in Decision.objects.filter(state="open", group__between_meetings=True).order_by("pk"):
        for seat in decision.seats.filter(standing="votes"):
            if not seat.positions.exists():
                print("link|" + seat.label + "|" + copy_link(seat=seat, by=decision.opened_by).token)
"""


@pytest.fixture(scope="module")
def links(portal: Portal) -> dict[str, str]:
    """The tokens of the seats that have not answered the demo's open questions, by the name of the seat."""
    lines = [line for line in portal.run(LINKS).splitlines() if line.startswith("link|")]
    return {label: token for _link, label, token in (line.split("|") for line in lines)}


def words_before_more(page: Page, more: str) -> int:
    text = page.locator("main").inner_text()
    return len(text[: text.rindex(more)].split())


def answer_with_two_taps(page: Page, answer: str, send: str) -> int:
    """Choose an answer and send it. Out: how many taps that took."""
    taps = (
        page.locator(".pp-choice label", has_text=answer),
        page.get_by_role("button", name=send),
    )
    for tap in taps:
        tap.click()
    return len(taps)


def test_it_takes_two_taps_and_question_and_answers_are_on_the_first_screen(
    visit: Visit, links: dict[str, str]
) -> None:
    phone = visit(PHONE)
    opened = phone.goto(f"/decide/{links['Wexley County Public Health']}/")
    assert opened is not None
    assert len(opened.body()) <= MOST_BYTES
    expect(phone.locator("h1")).to_be_in_viewport(ratio=1)
    choices = phone.locator(".pp-choice label")
    assert choices.count() == 3
    for n in range(3):
        expect(choices.nth(n)).to_be_in_viewport(ratio=1)
    expect(phone.locator("main [type=radio]:checked")).to_have_count(0)
    assert words_before_more(phone, "More") <= MOST_WORDS
    must_be_accessible(phone)
    assert answer_with_two_taps(phone, "Yes", "Send this answer") == 2
    expect(phone.locator(".pp-note-ok")).to_contain_text("We have your answer: “Yes”.")
    for summary in phone.locator("summary").all():
        summary.click()
    must_be_accessible(phone)


def test_it_is_answered_in_spanish_and_without_script(plain_phone: Page, links: dict[str, str]) -> None:
    plain_phone.goto(f"/decide/{links['Parent, Quillback Middle School']}/")
    assert plain_phone.locator("html").get_attribute("lang") == "es"
    expect(plain_phone.locator("h1")).to_have_text(
        "¿Deben compartir una sola inscripción los tres grupos de mentoría de séptimo grado?"
    )
    expect(plain_phone.locator(".pp-choice label").nth(2)).to_be_in_viewport(ratio=1)
    assert words_before_more(plain_phone, "Más") <= MOST_WORDS
    assert answer_with_two_taps(plain_phone, "Sí", "Enviar esta respuesta") == 2
    expect(plain_phone.locator(".pp-note-ok")).to_contain_text("Tenemos su respuesta: “Sí”.")


def test_a_spanish_page_is_accessible(visit: Visit, links: dict[str, str]) -> None:
    for size in (PHONE, LAPTOP):
        page = visit(size, "es")
        page.goto(f"/decide/{links['Parent, Quillback Middle School']}/")
        must_be_accessible(page)


def test_a_question_first_comes_to_whoever_asked(
    visit: Visit, sign_in: SignIn, links: dict[str, str]
) -> None:
    page = visit(LAPTOP)
    page.goto(f"/decide/{links['St. Brannoc Parish Center']}/")
    page.locator("summary", has_text="I have a question first").click()
    page.get_by_role("button", name="Send the question").click()
    expect(page.locator("[role=alert]")).to_contain_text("This is not sent yet")
    must_be_accessible(page)
    page.get_by_label("Your question").fill("Does the sign-up go to the parish, too?")
    page.get_by_role("button", name="Send the question").click()
    expect(page.locator(".pp-note-ok")).to_contain_text("Your question went to Imogen Tasker.")
    must_be_accessible(page)

    staff = sign_in("coordinator")
    staff.get_by_role("link", name="See who is asked").click()
    expect(staff.locator(".pp-note-wait")).to_contain_text("Does the sign-up go to the parish, too?")
    must_be_accessible(staff)
    staff.get_by_role("button", name="I have seen to it").click()
    expect(staff.locator(".pp-note-wait")).to_have_count(0)
    must_be_accessible(staff)


def test_a_link_that_is_passed_on_says_so(visit: Visit, links: dict[str, str]) -> None:
    page = visit(PHONE)
    page.goto(f"/decide/{links['Community Health of Larkmoor']}/")
    page.locator("summary", has_text="Someone else answers for us").click()
    page.get_by_label("Their name").fill("Ann Lee")
    page.get_by_label("Their e-mail address").fill("ann@health.example")
    page.get_by_role("button", name="Pass it on").click()
    expect(page.locator("h1")).to_have_text("You passed this link on")
    must_be_accessible(page)


def test_the_question_is_sent_to_all_whom_mail_reaches(sign_in: SignIn) -> None:
    page = sign_in("staff", PHONE)
    page.goto("/d/larkmoor/decisions/?state=open")
    page.get_by_role("link", name="Shall we count attendance the same way in all schools?").click()
    page.get_by_role("link", name="Ask by personal link").click()
    must_be_accessible(page)
    page.get_by_role("button", name="Send the question to").click()
    expect(page.locator(".pp-note-ok, .alert-success").first).to_contain_text("by mail now.")
    must_be_accessible(page)
    page.get_by_role("button", name="Copy the link").first.click()
    must_be_accessible(page)
