"""Whoever got a reminder stops it with one tap from its mail; one of us chooses on a page of their own."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, SignIn, Visit, must_be_accessible
from tests.browser.portal import Portal

LINK = """
from django_scopes import scopes_disabled
from accounts.links import make_token
from outreach import mail, planning
from outreach.models import Message
planning.plan()
with scopes_disabled():
    message = Message.objects.filter(kind="letter_no_reply").exclude(to="").earliest("pk")
    print("link", make_token(mail.NO_MORE, message.uid))
"""


@pytest.fixture(scope="module")
def token(portal: Portal) -> str:
    """The link of a reminder that the demo has planned."""
    [line] = [line for line in portal.run(LINK).splitlines() if line.startswith("link ")]
    return line.split()[1]


def test_one_tap_stops_a_kind_and_another_starts_it_again(visit: Visit, token: str) -> None:
    phone = visit(PHONE)
    phone.goto(f"/no-more/{token}/")
    must_be_accessible(phone)
    said = phone.locator(".pp-note-ok")
    for button, words in (
        ("No more of this kind", "You get no more mail of this kind."),
        ("No more reminders and notices at all", "You get no more reminders and notices from us."),
    ):
        expect(phone.get_by_role("button", name=button)).to_be_in_viewport(ratio=1)
        phone.get_by_role("button", name=button).click()
        expect(said).to_contain_text(words)
        must_be_accessible(phone)
    phone.get_by_role("button", name="I want them again").click()
    expect(said).to_have_count(0)
    expect(phone.get_by_role("button", name="No more of this kind")).to_be_visible()


def test_one_of_us_leaves_a_kind_out(sign_in: SignIn) -> None:
    page = sign_in("principal", PHONE)
    page.goto("/d/larkmoor/what-i-get/")
    must_be_accessible(page)
    page.get_by_role("checkbox", name="Outcomes of questions").uncheck()
    page.get_by_role("button", name="Save what I get").click()
    expect(page.locator("main")).to_contain_text("Saved. It holds at once")
    expect(page.get_by_role("checkbox", name="Outcomes of questions")).not_to_be_checked()
    expect(page.get_by_role("checkbox", name="An answer not yet given")).to_be_checked()
    must_be_accessible(page)
