"""The gallery of parts and the error pages in a browser: under a strict policy, at three widths, on paper."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page

from tests.browser.conftest import must_be_accessible
from tests.look.gallery import gallery

ROOT = Path(__file__).resolve().parents[2]
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self';"
    " form-action 'self'; base-uri 'none'"
)
PAGES = {
    "gallery": gallery,
    "gallery-in-error": functools.partial(gallery, bad=True),
    "gallery-alone": functools.partial(gallery, alone=True),
    **{
        name: functools.partial(render_to_string, f"{name}.html")
        for name in ("400", "403", "403_csrf", "404", "500")
    },
}


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files of a folder, under the policy, without a word in the log."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pages as files beside static/; gives the address they are served at."""
    folder = tmp_path_factory.mktemp("look")
    (folder / "static").symlink_to(ROOT / "static")
    for name, draw in PAGES.items():
        (folder / f"{name}.html").write_text(draw())
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test when the browser refused or missed something."""
    context = browser.new_context()
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert faults == []


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits(page: Page, shelf: str, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{shelf}/{name}.html")
    must_be_accessible(page)


def test_the_summary_of_errors_has_the_focus(page: Page, shelf: str) -> None:
    page.goto(f"{shelf}/gallery-in-error.html")
    assert page.evaluate("document.activeElement.id") == "errors"


def test_a_link_of_the_summary_leads_to_its_field(page: Page, shelf: str) -> None:
    page.goto(f"{shelf}/gallery-in-error.html")
    page.get_by_role("link", name="Name of the organization").click()
    page.keyboard.type("Harbor Steps")
    assert page.get_by_label("Name of the organization").input_value() == "Harbor Steps"


def test_the_first_tab_skips_to_the_content(page: Page, shelf: str) -> None:
    page.goto(f"{shelf}/gallery.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_each_target_on_a_phone_is_at_least_24_pixels(page: Page, shelf: str) -> None:
    """Source: WCAG 2.2, 2.5.8; links within a sentence are exempt."""
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{shelf}/gallery.html")
    small = page.evaluate(
        "() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]"
        ".filter(e => e.checkVisibility() && !['inline', 'none'].includes(getComputedStyle(e).display))"
        ".filter(e => e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"
    )
    assert small == []


def test_paper_has_the_record_and_no_controls(page: Page, shelf: str) -> None:
    page.goto(f"{shelf}/gallery.html")
    page.emulate_media(media="print")
    shown = [
        selector
        for selector in (
            ".pp-rail",
            ".pp-bottom",
            ".pp-find",
            ".pp-acts",
            ".pp-do",
            ".pp-outcome",
            ".pp-table",
        )
        if page.locator(selector).first.is_visible()
    ]
    assert shown == [".pp-outcome", ".pp-table"]
