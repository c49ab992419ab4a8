"""What a screen reader gets of acts: errors at fields, and what happened, said once and left standing."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.heard import invite, listen_from_the_start, must_be_told, node, reads, told

SAID = "main > [role=status].visually-hidden"


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
            button "Later…"
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
              link "End this role…: Devin Achterberg"
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
    invite(page, "heard@larkmoor.example")
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
