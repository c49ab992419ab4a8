"""A question ends in few keys, or is taken back on a phone; and a decision is changed by a new one."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, SignIn, must_be_accessible
from tests.browser.portal import Portal

GROUP = "Quillback Partnership Committee, Quillback Middle School"
ANSWERED = """
from django_scopes import scope
from accounts.models import District, Membership
from decisions.enums import Standing
from decisions.models import Group
from decisions.rule import Answer
from decisions.services import Given, open_decision, record_answers
district = District.objects.get(slug="larkmoor")
with scope(district=district):
    by = Membership.objects.get(user__name="Imogen Tasker")
    group = Group.objects.get(name="Quillback Partnership Committee")
    decision = open_decision(group=group, question="{question}", kind="program", by=by)
    seats = decision.seats.filter(standing=Standing.VOTES)
    if {answered}:
        record_answers(decision=decision, given=[Given(seat, Answer.YES) for seat in seats], by=by)
    print(decision.uid)
"""
MOST_KEYS = 8


def ask(portal: Portal, question: str, *, answered: bool = True) -> str:
    """A question of Quillback's committee, to which all said yes. Out: the address of its page."""
    uid = portal.run(ANSWERED.format(question=question, answered=answered)).strip().splitlines()[-1]
    return f"/d/larkmoor/decisions/{uid}/"


def press(page: Page, keys: list[str]) -> int:
    for key in keys:
        page.keyboard.press(key)
    return len(keys)


def owner(page: Page) -> str:
    return str(page.locator("#id_owner option:checked").inner_text())


def close_by_keys(page: Page, address: str) -> int:
    """Choose the second of those who can look after it, then go on to the button: past why, what was said
    against, and what stands folded. Out: how many keys that took."""
    page.goto(f"{address}close/")
    expect(page.locator("#id_owner")).to_be_focused()
    must_be_accessible(page)
    page.locator("#id_owner").focus()
    keys = press(page, ["ArrowDown", "ArrowDown"])
    chosen = owner(page)
    with page.expect_navigation():
        keys += press(page, ["Tab", "Tab", "Tab", "Tab", "Enter"])
    follows = page.locator("section[aria-labelledby=follows]")
    expect(follows).to_contain_text(chosen)
    expect(follows).to_contain_text("In effect")
    expect(follows).to_contain_text("Review")
    must_be_accessible(page)
    return keys


def test_few_keys_close_a_decision_with_its_owner_and_its_days(sign_in: SignIn, portal: Portal) -> None:
    page = sign_in("coordinator", LAPTOP)
    assert close_by_keys(page, ask(portal, "Shall the fair be in May?")) <= MOST_KEYS


def test_what_follows_is_written_down_done_and_changed_by_a_new_question(
    sign_in: SignIn, portal: Portal
) -> None:
    page = sign_in("coordinator", LAPTOP)
    address = ask(portal, "Shall we lend out bicycles?")
    page.goto(f"{address}close/")
    page.locator("main details summary").click()
    page.locator("#id_item-1-what").fill("Count the bicycles")
    page.locator("#id_item-1-who").fill("Noor of the pantry")
    must_be_accessible(page)
    page.locator("main form.pp-form button.btn-primary").click()
    items = page.locator("section[aria-labelledby=items]")
    expect(items).to_contain_text("Count the bicycles")
    items.get_by_role("button", name=re.compile("Done")).click()
    expect(items).to_contain_text("Done on")
    items.get_by_role("link", name="Add an action item").click()
    must_be_accessible(page)
    page.goto(address)
    page.get_by_role("link", name="Put a question that changes this one").click()
    must_be_accessible(page)
    page.locator("[name=changes][value=ends]").check()
    page.locator("[name=question]").fill("Shall we stop lending out bicycles?")
    page.locator("main form.pp-form button.btn-primary").click()
    page.get_by_role("link", name=re.compile("Shall we lend out bicycles")).click()
    expect(page.locator("section[aria-labelledby=chain]")).to_contain_text("Shall we stop lending")
    must_be_accessible(page)


def test_a_question_is_taken_back_on_a_phone(sign_in: SignIn, portal: Portal) -> None:
    page = sign_in("coordinator", PHONE, "es")
    page.goto(ask(portal, "Shall we buy a tent?", answered=False))
    page.locator("main a[href$='/withdraw/']").first.click()
    must_be_accessible(page)
    page.locator("#id_reason").fill("No money.")
    page.locator("main form.pp-form .btn-outline-danger").click()
    expect(page.locator(".pp-outcome")).to_contain_text("Retirada")
    must_be_accessible(page)
