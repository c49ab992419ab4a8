"""Signing in and holidays walked in a browser: the pages that only show after an act."""

import email
import re
import time
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, SignIn, Visit, must_be_accessible
from tests.browser.portal import Portal

PASSWORD = "four words of no song"

CALENDAR = b"""BEGIN:VCALENDAR\r
BEGIN:VEVENT\r
DTSTART;VALUE=DATE:20270315\r
DTEND;VALUE=DATE:20270320\r
SUMMARY:Spring break\r
END:VEVENT\r
BEGIN:VEVENT\r
DTSTART:20270401T180000Z\r
SUMMARY:Board meeting\r
END:VEVENT\r
END:VCALENDAR\r
"""


def press(page: Page) -> None:
    """The one filled button of the form; what comes is looked at by axe."""
    page.locator("main form .btn-primary").last.click()
    page.wait_for_load_state()
    must_be_accessible(page)


def follow(page: Page, link: str) -> None:
    """A link by the end of its address."""
    page.locator(f'main a[href$="{link}"]').first.click()
    page.wait_for_load_state()
    must_be_accessible(page)


def link_in_the_mail(portal: Portal, address: str) -> str:
    """The link to a new password, out of the latest mail to an address."""
    folder = Path(portal.env["PORTAL_VAR"], "mail")
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime)
    mails = [email.message_from_bytes(file.read_bytes()) for file in files]
    [*_older, latest] = [mail for mail in mails if mail["To"] == address]
    found = re.search(r"http://\S+/password/reset/key/\S+", str(latest.get_payload(decode=True), "utf-8"))
    assert found
    return found[0]


def sign_in_with(page: Page, address: str, code: str) -> None:
    """Password, then code."""
    page.goto("/accounts/login/")
    page.locator("#id_login").fill(address)
    page.locator("#id_password").fill(PASSWORD)
    press(page)
    page.locator("#id_code").fill(code)
    press(page)


@pytest.mark.parametrize(
    ("size", "language", "address"),
    [
        (LAPTOP, "en", "devin.achterberg@larkmoor.example"),
        (PHONE, "es", "mei.castellano@larkmoor.example"),
    ],
)
def test_from_a_forgotten_password_to_a_second_step_and_the_end_of_a_session(
    size: tuple[int, int], language: str, address: str, portal: Portal, visit: Visit
) -> None:
    page = visit(size, language)
    follow(page, "/accounts/password/reset/")
    page.locator("#id_email").fill(address)
    press(page)
    link = link_in_the_mail(portal, address)
    page.goto(link)
    must_be_accessible(page)
    page.locator("#id_password1").fill(PASSWORD)
    page.locator("#id_password2").fill(PASSWORD)
    press(page)
    late = visit(size, language)
    late.goto(link)
    expect(late.locator('main a.btn-primary[href$="/password/reset/"]')).to_be_visible()
    must_be_accessible(late)
    follow(page, "/accounts/login/")
    page.locator("#id_login").fill(address)
    page.locator("#id_password").fill(PASSWORD)
    press(page)
    page.goto("/accounts/sign-in/")
    must_be_accessible(page)
    follow(page, "/app/activate/")
    page.locator("#id_password").fill(PASSWORD)
    press(page)
    expect(page.get_by_role("img", name=re.compile("QR"))).to_be_visible()
    key = page.locator(".pp-hash b").inner_text().replace(" ", "")
    page.locator("#id_code").fill(format_hotp_value(hotp_value(key, int(time.time()) // 30)))
    press(page)
    press(page)
    codes = page.locator(".pp-codes li").all_inner_texts()
    assert len(codes) == 10
    follow(page, "/accounts/sign-in/")

    other = visit(size, language)
    sign_in_with(other, address, format_hotp_value(hotp_value(key, int(time.time()) // 30)))
    other.goto("/accounts/sign-in/")
    expect(other.locator("main table tbody tr")).to_have_count(2)
    third = visit(size, language)
    sign_in_with(third, address, codes[4])
    third.goto("/accounts/sign-in/")
    expect(third.locator("main table tbody tr")).to_have_count(3)
    fourth = visit(size, language)
    sign_in_with(fourth, address, codes[4])
    expect(fourth.locator("#id_code")).to_have_attribute("aria-invalid", "true")

    page.reload()
    expect(page.locator("main")).to_contain_text("9")
    page.locator('main form[action$="/end/"] button').first.click()
    expect(page.locator("main table tbody tr")).to_have_count(2)
    must_be_accessible(page)
    page.locator('main form[action$="/end-others/"] button').click()
    expect(page.locator("main table tbody tr")).to_have_count(1)
    for ended in (other, third):
        ended.reload()
        expect(ended.locator("#id_login")).to_be_visible()

    follow(page, "/app/deactivate/")
    page.locator("main form .btn-outline-danger").click()
    expect(page.locator('a[href$="/app/activate/"]')).to_be_visible()
    must_be_accessible(page)


@pytest.mark.parametrize(("size", "language"), [(LAPTOP, "en"), (PHONE, "es")])
def test_a_calendar_file_is_shown_then_taken_in(
    size: tuple[int, int], language: str, sign_in: SignIn
) -> None:
    page = sign_in("coordinator", size, language)
    page.goto("/d/larkmoor/holidays/file/")
    page.locator("#id_file").set_input_files(
        {"name": "y.ics", "mimeType": "text/calendar", "buffer": CALENDAR}
    )
    page.locator("main .btn-primary").click()
    expect(page.locator("main")).to_contain_text("Board meeting")
    must_be_accessible(page)
    if language == "en":
        page.locator("main form .btn-primary").click()
        expect(page.locator("main table")).to_contain_text("Spring break")
