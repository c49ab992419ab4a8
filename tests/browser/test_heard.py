"""The main flows as a screen reader gets them: landmarks, names, states, and what is said, once.

Each page is compared with the lines that matter of Playwright's snapshot of its accessibility tree.
"""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import LAPTOP, PHONE, SignIn
from tests.browser.heard import invite, listen, must_be_told, node, reads, told
from tests.browser.portal import Portal
from tests.browser.test_main_job import wait_for


def test_sign_in(portal: Portal, browser: Browser) -> None:
    with browser.new_context(base_url=portal.url, locale="en-US") as context:
        page = context.new_page()
        page.goto("/accounts/login/")
        reads(
            page,
            """
            link "Skip to content"
            banner
              link "Partnership portal"
              button "Español"
            main
              heading "Sign in" [level=1]
              textbox "E-mail"
              textbox "Password"
              button "Sign in"
            contentinfo
              link "Accessibility"
              link "Help"
            """,
        )
        page.get_by_label("E-mail").fill("nobody@larkmoor.example")
        page.get_by_role("button", name="Sign in", exact=True).click()
        reads(
            page,
            """
            main
              alert
                heading "Something is missing or wrong" [level=2]
                link "Password: Fill this in."
              textbox "Password" [invalid]
            """,
        )
        assert page.evaluate("document.activeElement.id") == "errors"
        assert page.title().startswith("Error: ")
        wrong = node(page, "textbox", "Password")
        assert (wrong["invalid"], wrong["description"]) == (
            "true",
            "Forgot your password? Error: Fill this in.",
        )


def test_today_and_its_menus(sign_in: SignIn) -> None:
    page = sign_in("staff")
    reads(
        page,
        """
        link "Skip to content"
        banner
          link "Larkmoor School District"
          navigation "Main"
            link "Today … waiting"
            link "Who serves what"
          link "My sign-in"
          button "Sign out"
        main
          navigation "Breadcrumb"
          search "Find a partner"
            searchbox "Find a partner"
            button "Find"
          heading "…" [level=1]
          heading "Somebody is waiting …" [level=2]
          list "Somebody is waiting …"
            listitem
              link "Log the call…: Talk to …"
          region "Came in this week"
        contentinfo
        """,
    )
    now = page.locator("main details summary").first
    name = r"Not now ?: Talk to .*"
    assert node(page, "DisclosureTriangle", name)["expanded"] is False
    now.click()
    assert node(page, "DisclosureTriangle", name)["expanded"] is True
    assert page.locator("nav[aria-label=Main] [aria-current=page]").all_inner_texts()[0].startswith("Today")


def test_the_phones_menu(sign_in: SignIn) -> None:
    page = sign_in("principal", PHONE)
    must_be_told(page)
    name = "Larkmoor School District Menu"
    assert node(page, "DisclosureTriangle", name)["expanded"] is False
    page.locator("header summary").click()
    assert node(page, "DisclosureTriangle", name)["expanded"] is True
    reads(
        page,
        """
        banner
          navigation "Main"
            link "To sign … waiting"
          button "Sign out"
        main
        contentinfo
        navigation "Quick"
          link "To sign … waiting"
        """,
    )


def test_a_search_says_once_how_many_it_found(sign_in: SignIn) -> None:
    page = sign_in("coordinator")
    page.goto("/d/larkmoor/partners/")
    reads(
        page,
        """
        main
          heading "Partners" [level=1]
          status "… organizations."
          search "Partners"
            searchbox "Name, town, service, need or contact"
            combobox "School"
            button "Show"
          table "Partners, by name"
            columnheader "Partner"
            columnheader "Stage"
          navigation "Pages"
        """,
    )
    assert page.get_by_role("columnheader", name="Partner").get_attribute("aria-sort") == "ascending"
    listen(page)
    box = page.get_by_label("Name, town, service, need or contact")
    with page.expect_response(lambda answer: "q=tamarack" in answer.url):
        box.press_sequentially("tamarack", delay=60)
    expect(page.locator("main table a").first).to_have_text("Tamarack Youth Counseling")
    expect(page.get_by_role("table")).to_have_accessible_name("Partners found, the best first")
    count = page.locator("#count").inner_text()
    assert re.fullmatch(r"\d organizations?\.", count)
    page.wait_for_timeout(1_000)  # longer than a search waits: nothing more may be said
    assert told(page) == [count]
    expect(box).to_be_focused()
    assert "q=tamarack" in page.url
    box.fill("no partner has this name")
    expect(page.locator("#count")).to_have_text("0 organizations.")
    expect(page.get_by_role("heading", name="No partner fits all of this")).to_be_visible()
    assert told(page) == [count, "0 organizations."]


def test_a_search_of_somebody_signed_out_meanwhile_shows_the_sign_in(sign_in: SignIn) -> None:
    page = sign_in("viewer")
    page.goto("/d/larkmoor/partners/")
    page.context.clear_cookies()
    page.get_by_label("Name, town, service, need or contact").press_sequentially("tamarack")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_partners_page(sign_in: SignIn) -> None:
    page = sign_in("coordinator")
    page.goto("/d/larkmoor/partners/?q=Harbor+Steps")
    page.get_by_role("link", name="Harbor Steps Mentoring", exact=True).click()
    reads(
        page,
        """
        main
          navigation "Breadcrumb"
          heading "Harbor Steps Mentoring" [level=1]
          link "Write a letter"
          navigation "Pages of Harbor Steps Mentoring"
            link "At a glance"
            link "Timeline"
          region "Where it stands"
            table "Where it stands"
          region "Services"
            table "Services"
          region "Contact log"
          region "Contacts"
          region "About"
        """,
    )
    assert page.locator("main nav [aria-current=page]").all_inner_texts() == [
        "Harbor Steps Mentoring",
        "At a glance",
    ]


def test_mail_going_out(sign_in: SignIn) -> None:
    page = sign_in("staff")
    invite(page, "mail@larkmoor.example")
    page.goto("/d/larkmoor/mail/")
    wait_for(page, lambda: page.get_by_role("table").count() == 1)
    reads(
        page,
        """
        main
          heading "Mail going out" [level=1]
          link "Switch kinds on or off"
          navigation "Mail by state"
            link "All …"
            link "Did not go"
          table "Messages, the newest first"
            columnheader "Subject"
            columnheader "State"
        """,
    )
    assert page.locator("nav[aria-label='Mail by state'] [aria-current=page]").count() == 1
    page.goto("/d/larkmoor/mail/kinds/")
    reads(page, 'table "Kinds of mail"\nrowheader "No reply to a letter…"')


def test_my_sign_in(sign_in: SignIn) -> None:
    page = sign_in("viewer")
    page.goto("/accounts/sign-in/")
    reads(
        page,
        """
        main
          heading "My sign-in" [level=1]
          region "Password"
            link "Change my password"
          region "Two-step sign-in"
            link "Switch it on"
          region "Where I am signed in"
            table "Where you are signed in, by last use"
              cell "Session: This one"
        """,
    )


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_in_spanish(size: tuple[int, int], sign_in: SignIn) -> None:
    page = sign_in("coordinator", size, "es")
    page.goto("/d/larkmoor/partners/")
    reads(
        page,
        """
        main
          heading "Organizaciones aliadas" [level=1]
          status "… organizaciones."
        contentinfo
        """,
    )
