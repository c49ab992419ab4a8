"""The main flows as a screen reader gets them: landmarks, names, states, and what is said, once.

Each page is compared with the lines that matter of Playwright's snapshot of its accessibility tree.
"""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LAPTOP, PHONE, SignIn
from tests.browser.heard import listen, listen_from_the_start, must_be_told, must_hold, node, told
from tests.browser.portal import Portal

SAID = "main > [role=status].visually-hidden"


def reads(page: Page, lines: str) -> None:
    """The page is told as each page must be, and holds these lines, in this order."""
    must_be_told(page)
    must_hold(page, lines)


def is_said(page: Page, words: str) -> None:
    """What happened is said once when the page is there, and stays: ten minutes later it still stands."""
    shown = page.locator(".pp-note[role=status]", has_text=words)
    expect(shown).to_be_visible()
    all_of_it = " ".join(page.locator(".pp-note[role=status] > p").all_inner_texts())
    expect(page.locator(SAID)).to_have_text(all_of_it)
    assert told(page) == [all_of_it]
    page.clock.fast_forward("10:00")
    expect(shown).to_be_visible()


def heard(page: Page) -> Page:
    """The same page, on which one can ask is_said."""
    page.clock.install()
    listen_from_the_start(page)
    return page


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
            link "Mail going out"
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
            searchbox "Name, town, service or contact"
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
    box = page.get_by_label("Name, town, service or contact")
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
    page.get_by_label("Name, town, service or contact").press_sequentially("tamarack")
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


def test_a_letter_is_written_checked_and_signed(sign_in: SignIn) -> None:
    page = heard(sign_in("preparer"))
    page.goto("/d/larkmoor/partners/?q=Iglesia")
    page.get_by_role("link", name="Iglesia Luz del Puerto", exact=True).click()
    page.locator("a[href*='/letters/write/'], form[action*='/start/'] button").first.click()
    reads(
        page,
        """
        main
          heading "Write to Iglesia Luz del Puerto" [level=1]
          navigation "Steps of this letter"
          button "Write and check"
          region "The letter as proposed"
        """,
    )
    page.locator("button[name=then][value=write]").click()
    is_said(page, "Your draft is kept.")
    reads(
        page,
        """
        main
          status
          heading "Letter to Iglesia Luz del Puerto" [level=1]
          button "Hand in for signature"
          navigation "Steps of this letter"
          region "Preview"
          region "Values in this letter"
        """,
    )
    result = page.locator("[name=result]")
    if result.count() and not result.input_value():
        result.fill("40 children came each week")
    page.locator("button[name=then][value=hand_in]").click()
    expect(page.locator(".pp-note[role=status]")).to_be_visible()
    principal = heard(sign_in("principal"))
    principal.goto("/d/larkmoor/letters/to-sign/")
    must_be_told(principal)
    principal.get_by_role("link", name=re.compile("Read and sign ?: Iglesia Luz del Puerto")).click()
    reads(
        principal,
        """
        main
          heading "Letter to Iglesia Luz del Puerto" [level=1]
          group "Sign this letter"
            button "Sign…"
            link "Send back"
            link "Later"
          region "About this letter"
          region "What happened"
          region "Send back with a note"
            textbox "What should change"
        """,
    )
    principal.locator("form[action$='/sign/'] button").click()
    is_said(principal, "Iglesia Luz del Puerto")
    must_be_told(principal)


def test_answers_are_recorded_and_a_decision_closed(sign_in: SignIn) -> None:
    page = heard(sign_in("coordinator"))
    put_a_question(page, "Shall the newsletter come out in both languages?")
    page.locator("main a[href$='/answers/']").first.click()
    reads(
        page,
        """
        main
          heading "Shall the newsletter come out in both languages?" [level=1]
          combobox "…"
          table "Answer of each seat"
            columnheader "Seat"
            columnheader "Answer"
            group "Answer of …"
              radio "Yes"
              radio "No"
            textbox "Reason of …"
          button "Record these answers"
        """,
    )
    seats = page.locator("main fieldset")
    for number in range(seats.count()):
        yes = seats.nth(number).get_by_role("radio", name="Yes", exact=True)
        if yes.count():
            yes.check()
            expect(yes).to_be_checked()
    assert "[checked]" in page.locator("main table").aria_snapshot()
    page.get_by_role("button", name="Record these answers").click()
    is_said(page, "answers")
    page.locator("main a[href$='/close/']").first.click()
    reads(
        page,
        """
        main
          heading "…" [level=1]
          region "…"
            heading "…" [level=2]
            table "How the outcome is computed"
              rowheader "Quorum"
          region "What goes with it"
            button "Close…"
        """,
    )
    page.locator("main form.pp-form button[type=submit], main form.pp-form button.btn-primary").first.click()
    is_said(page, "losed")
    reads(
        page,
        """
        main
          status
          heading "Shall the newsletter come out in both languages?" [level=1]
          region "Adopted"
            table "How the outcome is computed"
          region "Answers"
          region "How we decide this"
          region "In the register"
        """,
    )


def put_a_question(page: Page, question: str) -> None:
    """A question to the group of Quillback, opened."""
    page.goto("/d/larkmoor/decisions/new/")
    page.locator("[name=question]").fill(question)
    group = page.locator("select[name=group]")
    if group.count():
        group.select_option(label="Quillback Partnership Committee, Quillback Middle School")
    page.locator("[name=kind]").first.select_option("program")
    page.locator("main form.pp-form button.btn-primary").click()


def test_mail_going_out(sign_in: SignIn) -> None:
    page = sign_in("staff")
    page.goto("/d/larkmoor/mail/")
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


def test_a_person_is_invited_and_what_is_wrong_is_told_at_its_field(sign_in: SignIn) -> None:
    page = heard(sign_in("staff"))
    page.goto("/d/larkmoor/people/")
    reads(
        page,
        """
        main
          heading "People" [level=1]
          link "Invite a person"
          region "With a role today"
            table "With a role today"
              rowheader "Ana Whitcombe…"
              link "End…: Devin Achterberg"
        """,
    )
    page.get_by_role("link", name="Invite a person").click()
    page.get_by_label("Their e-mail").fill("no address")
    page.get_by_role("button", name="Invite this person").click()
    reads(
        page,
        """
        main
          alert
            link "Their e-mail: …"
          heading "Invite a person" [level=1]
          textbox "Their e-mail" [invalid]
          group "Schools"
            checkbox "Bellwether High School"
        """,
    )
    field = node(page, "textbox", "Their e-mail")
    assert (field["invalid"], field["description"].startswith("Error: ")) == ("true", True)
    page.get_by_label("Their e-mail").fill("heard@larkmoor.example")
    page.get_by_label("Role").select_option("viewer")
    page.get_by_label("Quillback Middle School").check()
    page.get_by_role("button", name="Invite this person").click()
    is_said(page, "heard@larkmoor.example is invited.")


def test_a_holiday_is_added_and_taken_away(sign_in: SignIn) -> None:
    page = heard(sign_in("staff"))
    page.goto("/d/larkmoor/holidays/add/")
    page.get_by_label("Name").fill("Harvest day")
    page.get_by_label("First day").fill("2027-05-14")
    page.get_by_label("Last day").fill("2027-05-01")
    page.get_by_role("button", name="Add this holiday").click()
    must_be_told(page)
    field = node(page, "Date", r"Last day \(optional\)")
    assert (field["invalid"], "Error: " in field["description"]) == ("true", True)
    page.get_by_label("Last day").fill("")
    page.get_by_role("button", name="Add this holiday").click()
    is_said(page, "Added. No reminder leaves on these days.")
    reads(
        page,
        """
        main
          heading "Holidays" [level=1]
          table "Holidays from today on, by day"
            rowheader "Harvest day"
            button "Take away…: Harvest day, May 14, 2027"
        """,
    )
    page.get_by_role("button", name=re.compile("Take away ?: Harvest day")).click()
    is_said(page, "Taken away: Harvest day.")


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
