"""Who types the name of a partner that is there sees it beside the form, and goes on typing."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, SignIn, must_be_accessible


def test_a_misspelt_name_shows_the_partner_that_is_there_and_the_form_stays(sign_in: SignIn) -> None:
    page = sign_in("coordinator", PHONE)
    page.goto("/d/larkmoor/partners/add/")
    page.get_by_label("Name", exact=True).fill("Comunity Helth Larkmoor")
    told = page.get_by_role("status").filter(has_text="Is it there already?")
    expect(told.get_by_role("link", name="Community Health of Larkmoor")).to_be_visible()
    must_be_accessible(page)
    expect(page).to_have_url(re.compile("/partners/add/$"))
    expect(page.get_by_label("Name", exact=True)).to_have_value("Comunity Helth Larkmoor")
