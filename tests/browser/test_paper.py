"""Each kind of page on paper, US Letter: the record without navigation, forms and buttons; nothing cut off.

Most kinds, and every page of each role, are printed where PORTAL_FULL is set (`./portal test --full`).
"""

import io
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import LAPTOP, SignIn
from tests.browser.test_every_page import BESIDE_THEM, IN_A_DISTRICT, walk
from tests.full import slow

READING = (Path(__file__).parent / "reading.js").read_text()
INCH = 96
PAPER = {"width": int(6.9 * INCH), "height": int(9.5 * INCH)}
LETTER = [0, 0, 612, 792]
NOT_ON_PAPER = ("Skip to content", "Sign out", "Find a partner", "Accessibility", "Not now:")
NO_TEXT = """() => {
  const all = document.querySelectorAll("main :is(a, button, input, select, textarea)");
  const shown = [...all].filter(it => it.checkVisibility());
  const color = (it) => getComputedStyle(it).color;
  const lined = (it) => getComputedStyle(it).textDecorationLine !== "none";
  const plain = (it) => color(it) === color(it.parentElement) && !lined(it);
  const wrong = (it) => it.matches("a") ? !plain(it) : !it.closest("table");
  return shown.filter(wrong).map(it => it.outerHTML);
}"""
"""What of links and controls does not read as text; a table of answers may keep its boxes to tick."""


@dataclass(frozen=True)
class Kind:
    """A kind of page: who opens it, where, words that it must print, and the most sheets it may take."""

    role: str
    path: str
    words: tuple[str, ...]
    sheets: int = 1
    click: str = ""


KINDS = {
    "today": Kind("staff", "/d/larkmoor/", ("Somebody is waiting", "Saltbox Hill Public Library"), 2),
    "list": Kind("viewer", "/d/larkmoor/partners/", ("Bellwether Alumni",), 3),
    "partner": Kind(
        "coordinator",
        "/d/larkmoor/partners/?q=Harbor+Steps",
        ("Where it stands", "Contacts", "About"),
        2,
        click="main table a >> nth=0",
    ),
    "letters": Kind("preparer", "/d/larkmoor/letters/", ("Under way at your schools", "QMS-2627-002"), 3),
    "letter": Kind(
        "principal",
        "/d/larkmoor/letters/to-sign/",
        ("Dear Ms. Brandt", "This letter creates no obligation"),
        2,
        click="main a:has-text('Tamarack Youth Counseling')",
    ),
    "decisions": Kind("coordinator", "/d/larkmoor/decisions/", ("Adopted", "Not adopted"), 2),
    "decision": Kind(
        "coordinator",
        "/d/larkmoor/decisions/",
        ("Shall we ask the foundation for a shared van?", "How we decide this", "In the register"),
        2,
        click="main a:has-text('shared van')",
    ),
    "mail": Kind("staff", "/d/larkmoor/mail/", ("What the portal sends for you",), 3),
    "kind of mail": Kind("staff", "/d/larkmoor/mail/kinds/letter_no_reply/", ("The next 14 days",), 2),
    "people": Kind("staff", "/d/larkmoor/people/", ("Ana Whitcombe", "Tomás Echeverría"), 2),
    "form": Kind("staff", "/d/larkmoor/people/invite/", ("They get a mail with a personal link",)),
    "holidays": Kind("staff", "/d/larkmoor/holidays/", ("Staff training day", "Break between terms")),
    "schools": Kind("staff", "/d/larkmoor/schools/", ("Bellwether High School",)),
    "help": Kind("viewer", "/help/", ("A letter, from start to end",)),
}
LESSER = {"letters", "decisions", "kind of mail", "holidays", "schools", "help"}


@pytest.mark.parametrize(
    "kind", [pytest.param(KINDS[name], id=name, marks=[slow] if name in LESSER else []) for name in KINDS]
)
def test_a_kind_of_page_on_paper(kind: Kind, sign_in: SignIn) -> None:
    page = sign_in(kind.role)
    page.goto(kind.path)
    if kind.click:
        page.locator(kind.click).click()
        page.wait_for_load_state()
    sheets = printed(page)
    text = squeezed("\n".join(sheets))
    assert [words for words in kind.words if squeezed(words) not in text] == []
    assert len(sheets) <= kind.sheets
    must_be_on_paper(page, sheets)


@slow
@pytest.mark.parametrize("role", ["viewer", "preparer", "coordinator", "principal", "staff"])
def test_every_page_of_a_role_on_paper(role: str, sign_in: SignIn) -> None:
    def look(page: Page) -> None:
        must_be_on_paper(page, printed(page))

    page = sign_in(role)
    walk(page, IN_A_DISTRICT, look=look)
    page.goto("/accounts/sign-in/")
    walk(page, BESIDE_THEM, look=look)


def printed(page: Page) -> list[str]:
    """Print the page on US Letter. Out: the words of each sheet."""
    content = page.pdf(prefer_css_page_size=True)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert [[int(side) for side in sheet.mediabox] for sheet in pdf.pages] == [LETTER] * len(pdf.pages)
    told = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    return told.stdout.decode().removesuffix("\f").split("\f")


def must_be_on_paper(page: Page, sheets: list[str]) -> None:
    """Its title and whose it is, no navigation, no sheet almost empty, nothing cut; links read as text."""
    text = squeezed("\n".join(sheets))
    title = squeezed(page.locator("h1").inner_text())
    assert title in text, page.url
    if page.locator(".pp-paper").count():
        assert text.startswith(squeezed(page.locator(".pp-paper").text_content() or "")), page.url
    assert [words for words in NOT_ON_PAPER if squeezed(words) in text.replace(title, "")] == [], page.url
    assert [sheet for sheet in sheets[1:] if len(sheet.split()) < 8] == [], page.url
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    assert page.evaluate(READING) == [], page.url
    assert page.evaluate(NO_TEXT) == [], page.url
    page.emulate_media(media="null")
    page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})


def squeezed(text: str) -> str:
    """Without spaces: lines break, and poppler sets spaces where letters stand apart."""
    return "".join(text.split())
