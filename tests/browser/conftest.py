"""The portal, the browser, and people signed in at two widths and in two languages."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.portal import Portal, running_portal

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text()
LAPTOP, PHONE = (1280, 900), (360, 640)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    with running_portal() as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium")
    if path is None and not os.environ.get("REQUIRE_E2E"):
        pytest.skip("There is no Chromium here; ./portal test installs one.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield opened
        opened.close()


SignIn = Callable[..., Page]
Visit = Callable[..., Page]


@pytest.fixture
def visit(portal: Portal, browser: Browser) -> Iterator[Visit]:
    """visit(PHONE, "es") opens a browser of its own at the sign-in page; every page is watched for errors."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def visited(size: tuple[int, int] = LAPTOP, language: str = "en") -> Page:
        context = browser.new_context(
            base_url=portal.url,
            viewport={"width": size[0], "height": size[1]},
            locale={"en": "en-US", "es": "es-US"}[language],
            has_touch=size == PHONE,
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto("/accounts/login/")
        return page

    yield visited
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def plain_phone(portal: Portal, browser: Browser) -> Iterator[Page]:
    """A phone that speaks English and runs no script."""
    context = browser.new_context(
        base_url=portal.url,
        java_script_enabled=False,
        locale="en-US",
        viewport={"width": PHONE[0], "height": PHONE[1]},
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def sign_in(visit: Visit) -> SignIn:
    """sign_in("principal", PHONE, "es") opens the demo as that role."""

    def signed_in(role: str, size: tuple[int, int] = LAPTOP, language: str = "en") -> Page:
        page = visit(size, language)
        page.locator(f'button[name="role"][value="{role}"]').click()
        assert page.locator("html").get_attribute("lang") == language
        return page

    return signed_in


def must_be_accessible(page: Page) -> None:
    """axe finds nothing, and nothing runs off the side of the page. Source: WCAG 2.2 AA; 1.4.10 Reflow."""
    page.wait_for_load_state()
    page.evaluate(AXE)
    found = page.evaluate(
        "() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',"
        " 'best-practice'], resultTypes: ['violations']})"
        ".then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))"
    )
    assert found == [], page.url
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels wider than the screen"
