"""A meeting of twelve seats: who is there, all yes except two, and the close: flow 4, its keys counted."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, SignIn, must_be_accessible
from tests.browser.portal import Portal

MOST_FOR_ATTENDANCE, MOST_FOR_ANSWERS, MOST_FOR_CLOSE = 14, 8, 8
MEETING = """
from uuid import uuid4
from django_scopes import scopes_disabled
from accounts.models import Membership
from decisions import services
from partners.enums import Sector
with scopes_disabled():
    by = Membership.objects.get(user__name="Imogen Tasker")
    group = services.create_group(name=f"Council {uuid4()}", school=by.school_list[0], by=by)
    for n in range(12):
        sector = list(Sector)[n % 4]
        services.add_seat(group=group, people_label=f"Seat {chr(65 + n)}", sector=sector, by=by)
    meeting = services.plan_meeting(group=group, starts_at=clock.now(), place="Library", by=by)
    asked = "Shall we paint the hall?"
    services.open_decision(group=group, question=asked, meeting=meeting, by=by)
    print(f"/d/{by.district.slug}/decisions/meetings/{meeting.uid}/")
"""


@pytest.fixture
def meeting(portal: Portal) -> str:
    """The address of a meeting of twelve seats that is about to begin."""
    return portal.run(MEETING).strip().splitlines()[-1]


class Keys:
    """Presses keys and counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def __call__(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.pressed += len(keys)


def test_a_meeting_of_twelve_takes_few_keys(sign_in: SignIn, meeting: str) -> None:
    page = sign_in("coordinator")
    page.goto(meeting)
    must_be_accessible(page)

    page.get_by_role("link", name="Who is here").click()
    must_be_accessible(page)
    keys = Keys(page)
    keys("Enter")  # everyone is here
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(12)
    keys("5", "Space", "1", "2", "Space")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(10)
    keys("Enter")
    expect(page.locator(".pp-note-ok")).to_contain_text("10 of 12 seats that vote are here.")
    assert keys.pressed <= MOST_FOR_ATTENDANCE
    must_be_accessible(page)

    page.get_by_role("link", name="Record answers").click()
    must_be_accessible(page)
    keys = Keys(page)
    keys("Enter")  # all who are here: yes
    expect(page.get_by_role("radio", name="Yes", checked=True)).to_have_count(10)
    must_be_accessible(page)
    keys("4", "ArrowDown", "1", "1", "ArrowDown")
    expect(page.get_by_role("radio", name="Yes", checked=True)).to_have_count(8)
    keys("Enter")
    expect(page.locator(".pp-note-ok")).to_contain_text("All who are here have answered.")
    assert keys.pressed <= MOST_FOR_ANSWERS

    expect(page.locator(".pp-verdict")).to_have_text("Adopted")
    must_be_accessible(page)
    keys = Keys(page)
    keys("ArrowDown", "Tab", "Tab", "Tab", "Tab", "Enter")  # who looks after it; the days are filled in
    expect(page.locator(".pp-note-ok")).to_contain_text("Closed: Adopted.")
    assert keys.pressed <= MOST_FOR_CLOSE
    expect(page.get_by_role("heading", name="Questions", exact=True)).to_be_visible()
    must_be_accessible(page)
    page.get_by_role("link", name="Shall we paint the hall?").click()
    expect(page.get_by_text("Looked after by").or_(page.get_by_text("Who looks after it"))).to_be_visible()
    must_be_accessible(page)


def test_a_number_is_written_where_one_writes(sign_in: SignIn, meeting: str) -> None:
    page = sign_in("coordinator")
    page.goto(meeting)
    page.get_by_role("link", name="Who is here").click()
    page.get_by_role("button", name="Everyone is here").click()
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("link", name="Record answers").click()
    reason = page.get_by_label("Reason of Seat A")
    reason.focus()
    page.keyboard.type("4")
    expect(reason).to_have_value("4")


def test_a_meeting_is_read_on_a_phone(sign_in: SignIn, meeting: str) -> None:
    page = sign_in("coordinator", PHONE, "es")
    page.goto(meeting)
    must_be_accessible(page)
    page.get_by_role("link", name="Quién está presente").first.click()
    must_be_accessible(page)
