"""Two-step sign-in and holidays walked in a browser: the pages that only show after an act."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP, PHONE, SignIn, must_be_accessible

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


@pytest.mark.parametrize(("size", "language"), [(LAPTOP, "en"), (PHONE, "es")])
def test_a_second_step_is_switched_on_and_off(size: tuple[int, int], language: str, sign_in: SignIn) -> None:
    page = sign_in({"en": "viewer", "es": "preparer"}[language], size, language)
    page.goto("/accounts/sign-in/app/activate/")
    must_be_accessible(page)
    expect(page.get_by_role("img", name=re.compile("QR"))).to_be_visible()
    key = page.locator(".pp-hash b").inner_text().replace(" ", "")
    page.locator("#id_code").fill(format_hotp_value(hotp_value(key, int(time.time()) // 30)))
    page.locator("main .btn-primary").click()
    must_be_accessible(page)
    page.locator("main form .btn-primary").click()
    expect(page.locator(".pp-codes li")).to_have_count(10)
    must_be_accessible(page)
    page.locator("main form a.btn").click()
    must_be_accessible(page)
    page.locator('a[href$="/app/deactivate/"]').click()
    must_be_accessible(page)
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
