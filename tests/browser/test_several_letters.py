"""A principal reads three letters on a phone, one after the other, and signs them together: seven taps."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import LAPTOP, PHONE, SignIn, must_be_accessible
from tests.browser.portal import Portal
from tests.browser.test_jobs import database
from tests.browser.test_log_a_call import tap
from tests.browser.waiting import hand_in

SOMEBODY_ELSE = """
from django_scopes import scope
from accounts.models import District, Membership
from partners import services
from partners.models import Partner
with scope(district=District.objects.get(slug="larkmoor")):
    by = Membership.objects.get(user__name="Luis O'Hara")
    services.add_contact(partner=Partner.objects.get(pk={partner}), by=by, name="Inez Marlow", language="en")
"""
THREE = ("Tolland Street Boxing Club", "Saltbox Hill Public Library", "Open Cupboard Pantry")


def test_three_letters_are_read_and_signed_together(sign_in: SignIn, portal: Portal, tmp_path: Path) -> None:
    uids = hand_in(portal, *THREE)
    page = sign_in("principal", PHONE)
    taps: list[Locator] = []
    tap(page, page.locator("a[href$='/letters/to-sign/']:visible").first, taps)
    must_be_accessible(page)
    tap(page, page.locator(f"main .pp-due a.btn[href$='/letters/{uids[0]}/']"), taps)
    for uid, name in zip(uids, THREE, strict=True):
        assert f"/letters/{uid}/" in page.url
        expect(page.locator("h1")).to_contain_text(name)
        expect(page.locator("#recent")).to_be_visible()
        must_be_accessible(page)
        keep(page, tmp_path, name)
        tap(page, page.locator("form[action$='/later/'] button"), taps)
    tap(page, page.locator("nav[aria-label] a[href$='/letters/to-sign/']:visible").first, taps)
    must_be_accessible(page)
    keep(page, tmp_path, "list")
    for uid in uids:
        expect(page.locator(f"main input[name=letter][value='{uid}']:checked")).to_have_count(1)
    tap(page, page.locator("main form[action$='/to-sign/sign/'] button"), taps)
    must_be_accessible(page)
    keep(page, tmp_path, "signed")
    told = page.locator("main .pp-note-ok, .pp-note-ok").first
    for name in THREE:
        expect(told).to_contain_text(name)
    expect(page.locator("main input[name=letter]")).to_have_count(0)
    assert len(taps) == 7


def test_on_a_laptop_the_page_says_what_was_written_of_late(
    sign_in: SignIn, portal: Portal, tmp_path: Path
) -> None:
    [uid] = hand_in(portal, THREE[0])
    page = sign_in("principal", LAPTOP)
    page.goto(f"/d/larkmoor/letters/{uid}/")
    must_be_accessible(page)
    keep(page, tmp_path, "laptop")
    page.locator("form[action$='/later/'] button").click()
    page.goto("/d/larkmoor/letters/to-sign/")
    must_be_accessible(page)
    keep(page, tmp_path, "laptop-list")
    expect(page.locator("main input[name=letter]:checked")).to_have_count(1)


def test_a_letter_to_somebody_who_has_left_asks_for_another_person(
    sign_in: SignIn, portal: Portal, tmp_path: Path
) -> None:
    [uid] = hand_in(portal, THREE[1])
    with somebody_left(portal, uid):
        for size in (PHONE, LAPTOP):
            page = sign_in("principal", size)
            page.goto(f"/d/larkmoor/letters/{uid}/")
            must_be_accessible(page)
            keep(page, tmp_path, f"gone-{size[0]}")
            expect(page.locator("main select[name=contact] option")).to_have_text(["Inez Marlow"])
            expect(page.locator("form[action$='/sign/']")).to_have_count(0)
        page.locator("form[action$='/contact/'] button").click()
        must_be_accessible(page)
        expect(page.locator("main .pp-letter")).to_contain_text("Inez Marlow")
        expect(page.locator("form[action$='/sign/']")).to_have_count(1)


@contextmanager
def somebody_left(portal: Portal, uid: str) -> Iterator[None]:
    """The contact of a letter has left within the block, and somebody else is there."""
    row = "(SELECT contact_id FROM letters_letter WHERE uid = %s)"
    with database(portal) as cursor:
        cursor.execute(f"SELECT id, partner_id FROM partners_contact WHERE id = {row}", [uid])
        contact, partner = cursor.fetchone()
        cursor.execute("UPDATE partners_contact SET left_on = current_date WHERE id = %s", [contact])
        cursor.connection.commit()
        portal.run(SOMEBODY_ELSE.format(partner=partner))
        yield
        cursor.execute("UPDATE partners_contact SET left_on = current_date WHERE name = 'Inez Marlow'")
        cursor.execute("UPDATE partners_contact SET left_on = NULL WHERE id = %s", [contact])
        cursor.connection.commit()


def keep(page: Page, folder: Path, name: str) -> None:
    """A picture, where somebody wants to look at it (PORTAL_PICTURES)."""
    album = Path(os.environ.get("PORTAL_PICTURES", folder))
    page.screenshot(path=album / f"sign-{name}.png", full_page=True)
