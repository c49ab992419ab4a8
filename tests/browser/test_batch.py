"""A batch with mistakes: each of three partners would go wrong, is mended in place, handed in and signed."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, SignIn, must_be_accessible
from tests.browser.portal import Portal

PHONE = (390, 844)
SECONDS = 180_000  # milliseconds, as long as a busy machine may take for a job
MAKE = """
import datetime
from django_scopes import scope, scopes_disabled
from accounts.models import District, Membership
from letters import services
from partners.models import Contact, Service
from partners.services import add_contact, create_partner, start_partnership
district = District.objects.get(slug="larkmoor")
with scope(district=district):
    people = Membership.objects.select_related("user", "district").order_by("pk")
    coordinator = people.filter(role="coordinator").first()
    school = coordinator.schools.first()
    principal = people.filter(role="principal", schools=school).first()
    made = []
    for name in ("{name} Alder", "{name} Birch", "{name} Cedar", "{name} Dogwood"):
        partner = create_partner(by=coordinator, name=name)
        made.append(start_partnership(partner=partner, school=school, by=coordinator))
        if "Alder" not in name:
            add_contact(
                partner=partner, by=coordinator, name="Odile Brandt", salutation="Ms. Brandt",
                email="odile@birch.example",
            )
        if "Birch" not in name:
            Service.objects.create(district=district, partner=partner, name="youth counseling")
    with clock.shifted(-datetime.timedelta(days=10)):
        letter = services.prepare_letter(
            partnership=made[2], contact=made[2].partner.contacts.get(), kind="new_partner", language="en",
            by=coordinator,
        )
        services.sign_letter(letter=letter, version=letter.version, by=principal, send=False)
"""


@pytest.fixture(params=[LAPTOP, PHONE], ids=["1280", "390"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    chosen: tuple[int, int] = request.param
    return chosen


@pytest.fixture
def name(portal: Portal, size: tuple[int, int]) -> str:
    """How the partners of this test are called: one without a contact, one without a service, one written to
    ten days ago, and one in order."""
    called = "Heron" if size == LAPTOP else "Osprey"
    portal.run(MAKE.replace("{name}", called))
    return called


def test_mistakes_are_mended_in_place_and_all_letters_signed_in_one_act(
    name: str, size: tuple[int, int], sign_in: SignIn
) -> None:
    page = sign_in("coordinator", size)
    begin(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text("3 letters would go wrong")
    expect(page.get_by_text("No contact: a letter needs a named person.")).to_be_visible()
    expect(page.get_by_text("What they offer: no value.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("wrote to it on")
    must_be_accessible(page)
    batch = page.url
    mend(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text("3 letters are ready")
    must_be_accessible(page)
    press(page, "Hand in these 3 letters for signature")
    expect(page.get_by_role("heading", level=1)).to_have_text("3 letters for signature")
    must_be_accessible(page)
    sign_all(sign_in("principal", size), batch)


def begin(page: Page, name: str) -> None:
    page.goto(f"/d/larkmoor/partners/?q={name}")
    with page.expect_navigation():
        page.locator("button[name=which][value=all]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("4 partners chosen")
    must_be_accessible(page)
    form = page.locator("form[action$='/many/do/letters/']")
    form.locator("[name=letters-way]").select_option("print")
    with page.expect_navigation():
        form.get_by_role("button").click()


def mend(page: Page, name: str) -> None:
    """A contact is added, a service is filled in, and whom somebody wrote to lately is left out."""
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile(f"^Add a contact ?: {name} Alder$")).click()
    # Somebody of her own for each size: the portal asks about a person whom another partner has already.
    page.locator("[name=name]").fill(f"Lena {name}")
    page.locator("[name=email]").fill(f"lena@{name.lower()}.example")
    with page.expect_navigation():
        page.locator("main form.pp-form button.btn-primary").click()
    with page.expect_navigation():
        page.get_by_role("link", name="Add what this partner does").first.click()
    page.locator("main [name=name]").fill("evening classes")
    with page.expect_navigation():
        page.locator("main form.pp-form button.btn-primary").click()
    page.get_by_label(re.compile(f"^Leave out ?: {name} Cedar$")).check()
    press(page, "Keep this and look again")


def sign_all(page: Page, batch: str) -> None:
    page.goto("/d/larkmoor/letters/to-sign/")
    must_be_accessible(page)
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("^Read and sign ?: 3 letters to many$")).first.click()
    assert page.url == batch
    must_be_accessible(page)
    press(page, "Sign these 3 letters")
    expect(page.get_by_role("heading", level=1)).to_have_text("3 of 3 letters signed", timeout=SECONDS)
    must_be_accessible(page)
    for words in ("To print: letters 1 to 3 (PDF)", "Address labels in the same order, Avery 5160 (PDF)"):
        with page.expect_download() as coming:
            page.get_by_role("link", name=words).click()
        assert coming.value.failure() is None
    page.goto("/d/larkmoor/letters/many/")
    must_be_accessible(page)


def press(page: Page, words: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=words).click()
