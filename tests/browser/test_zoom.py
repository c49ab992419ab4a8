"""Every page with its text twice as large, 320 pixels wide, and with its lines and letters set apart: all of
it is read, nothing runs off the side, is cut or lies over something else, and each act is still there.

Source: WCAG 2.2, 1.4.4 Resize Text, 1.4.10 Reflow, 1.4.12 Text Spacing. Further roles and the other language
where PORTAL_FULL is set (`./portal test --full`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import LAPTOP, SignIn
from tests.browser.portal import Portal
from tests.browser.test_every_page import BESIDE_THEM, IN_A_DISTRICT, pages_of, walk
from tests.full import FULL, slow

READING = (Path(__file__).parent / "reading.js").read_text()
SET_APART = "p { margin-bottom: 2em !important } * { line-height: 1.5 !important;" + (
    " letter-spacing: .12em !important; word-spacing: .16em !important }"
)
AS = """([size, css]) => {
  document.documentElement.style.fontSize = size;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
  document.querySelectorAll("details").forEach(it => { it.open = true; });
}"""
ACTS = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea")]
  .filter(it => it.checkVisibility({visibilityProperty: true}) && !it.matches(".pp-skip"))
  .map(it => it.getAttribute("href") ?? (it.name || it.textContent.trim()))"""


@dataclass(frozen=True)
class Sight:
    """How a person has set up the browser."""

    width: int
    height: int
    text: str = ""
    css: str = ""


SIGHTS = {
    "a laptop, text at 200 %": Sight(1280, 900, text="200%"),
    "a small phone, text at 200 %": Sight(360, 640, text="200%"),
    "320 wide, set apart": Sight(320, 640, css=SET_APART),
}
"""The hardest of each kind; with PORTAL_FULL also those between."""
if FULL:
    SIGHTS |= {
        "a phone, text at 200 %": Sight(390, 844, text="200%"),
        "320 wide, as 1280 at 400 %": Sight(320, 256),
        "a laptop, set apart": Sight(1280, 900, css=SET_APART),
    }


@pytest.mark.parametrize(
    ("role", "language"),
    [
        ("staff", "es"),
        pytest.param("principal", "en", marks=slow),
        pytest.param("coordinator", "es", marks=slow),
        pytest.param("preparer", "en", marks=slow),
        pytest.param("viewer", "es", marks=slow),
        pytest.param("staff", "en", marks=slow),
    ],
)
def test_every_page_of_a_role_is_read_whole(role: str, language: str, sign_in: SignIn) -> None:
    wanted = {route for route in pages_of(role) - pages_of("signed_out") if ":" in route}
    faults: list[str] = []
    page = sign_in(role, LAPTOP, language)
    opened = walk(page, IN_A_DISTRICT, wanted, lambda page: faults.extend(faults_of(page)))
    assert faults == []
    assert wanted - opened == set()


def test_the_principals_own_pages_are_read_whole(sign_in: SignIn) -> None:
    page = sign_in("principal", LAPTOP)
    links = page.eval_on_selector_all(
        ".pp-rail a[href*='letters/'], .pp-rail a[href*='deput']", "links => links.map(link => link.href)"
    )
    assert len(links) == 2
    faults = []
    for address in links:
        page.goto(address)
        faults += faults_of(page)
    page.goto(links[0])
    page.locator("main .pp-due a.btn").first.click()
    assert faults + list(faults_of(page)) == []


def test_every_page_of_a_visitor_is_read_whole(portal: Portal, browser: Browser) -> None:
    faults: list[str] = []
    with browser.new_context(viewport={"width": 1280, "height": 900}, locale="es-US") as context:
        page = context.new_page()
        page.goto(f"{portal.url}/accounts/login/")
        opened = walk(page, BESIDE_THEM, look=lambda page: faults.extend(faults_of(page)))
    assert faults == []
    assert opened >= {"account_login", "check:enter", "help", "accessibility"}


def test_every_page_of_ones_own_sign_in_is_read_whole(sign_in: SignIn) -> None:
    page = sign_in("viewer", LAPTOP)
    page.goto("/accounts/sign-in/")
    faults: list[str] = []
    opened = walk(page, "a[href^='/accounts/']", look=lambda page: faults.extend(faults_of(page)))
    assert faults == []
    assert opened >= {"mfa_activate_totp", "mfa_index"}


def faults_of(page: Page) -> Iterator[str]:
    """What cannot be read or done on a page under each of SIGHTS; the page is as before then."""
    page.wait_for_load_state()
    page.evaluate(AS, ["", ""])
    acts = set(page.evaluate(ACTS))
    for name, sight in SIGHTS.items():
        page.set_viewport_size({"width": sight.width, "height": sight.height})
        page.evaluate(AS, [sight.text, sight.css])
        for fault in page.evaluate(READING):
            yield f"{page.url}: {name}: {fault}"
        for act in acts - set(page.evaluate(ACTS)):
            yield f"{page.url}: {name}: not there: {act}"
    page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
    page.evaluate(AS, ["", ""])
