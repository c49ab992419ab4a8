"""The main job, from end to end, through all roles: at two widths, in two languages, on real input.

A directory comes in, a partner is found and written to, the principal signs with three taps, anybody checks
the code, a group decides, and a reminder goes out by itself once the clock has moved.
"""

import datetime
import email
import io
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import policy
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import LAPTOP, PHONE, SignIn, must_be_accessible
from tests.browser.portal import Portal, running_portal
from tests.pdf import text_of
from tests.trial import OHANA

OURS = Path(__file__).parents[1] / "partners" / "data" / "hsds-sample"
SECONDS = 240  # as long as a busy machine of two cores may take for mail or an import


@dataclass(frozen=True)
class Walk:
    """One walk: how wide, in which language, to which partner, and what its group is asked."""

    size: tuple[int, int]
    language: str
    partner: str
    question: str


WALKS = (
    Walk(LAPTOP, "en", "Little Otters Preschool", "Shall we meet on Thursdays?"),
    Walk(PHONE, "en", "Farmworkers' Families United", "Shall we meet in the library?"),
    Walk(LAPTOP, "es", "Wexley Literacy Volunteers", "¿Nos reunimos por la tarde?"),
    Walk(PHONE, "es", "Cedar Bend 4-H", "¿Nos reunimos en otoño?"),
)


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    """A portal of its own: each walk moves the clock on by weeks, and no other test should follow."""
    with running_portal("_walks") as served:
        yield served


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: f"{walk.size[0]}-{walk.language}")
def test_the_main_job(walk: Walk, sign_in: SignIn, portal: Portal) -> None:
    bring_a_directory_in(sign_in("staff", walk.size, walk.language))
    prepare(sign_in("preparer", walk.size, walk.language), walk)
    principal = sign_in("principal", walk.size, walk.language)
    reference = sign_with_three_taps(principal, walk)
    check_the_code(principal, open_the_pdf(principal, walk, reference), reference)
    decide(sign_in("coordinator", walk.size, walk.language), walk)
    remind(sign_in("staff", walk.size, walk.language), portal, walk, reference)


def bring_a_directory_in(page: Page) -> None:
    """Staff upload a community directory file and look at it; it comes in whole, or is the same as before."""
    visit(page, "/d/larkmoor/partners/import/")
    page.set_input_files(
        "input[type=file]", {"name": "directory.zip", "mimeType": "application/zip", "buffer": packed()}
    )
    press(page, "main form button.btn-primary")
    # The page tells by itself when it is done, and loads itself anew then.
    expect(page.locator("button[form=apply]")).to_be_visible(timeout=SECONDS * 1000)
    page.wait_for_load_state("networkidle")
    must_be_accessible(page)
    press(page, "button[form=apply]")
    expect(page.locator("h1")).to_contain_text(
        re.compile(r": 8 .*, 22 .*, 23 .*, 31 |: 3 .*(, 4 .*){3}|84|15"), timeout=SECONDS * 1000
    )
    page.wait_for_load_state()
    must_be_accessible(page)


def prepare(page: Page, walk: Walk) -> None:
    """The office finds the partner, writes what is proposed, and hands it in."""
    visit(page, "/d/larkmoor/partners/")
    narrow(page)
    page.locator("main form[role=search] input[name=q]").last.fill(walk.partner)
    with page.expect_navigation():
        page.locator("main form[role=search] input[name=q]").last.press("Enter")
    must_be_accessible(page)
    follow(page, page.locator("main table").get_by_role("link", name=walk.partner, exact=True))
    must_be_accessible(page)
    write = page.locator("a[href*='/letters/write/'], form[action*='/start/'] button")
    follow(page, write.first)
    must_be_accessible(page)
    press(page, "button[name=then][value=write]")
    must_be_accessible(page)
    fill_what_is_missing(page)
    press(page, "button[name=then][value=hand_in]")
    must_be_accessible(page)


def sign_with_three_taps(page: Page, walk: Walk) -> str:
    """From Today: to the list, into the letter, signed. Nothing is typed. Out: the reference."""
    visit(page, "/d/larkmoor/")
    taps = [
        page.locator("a[href$='/letters/to-sign/']:visible").first,
        page.locator("main li", has_text=walk.partner).locator("a.btn"),
        page.locator("form[action$='/sign/'] button"),
    ]
    for tap in taps:
        follow(page, tap)
        must_be_accessible(page)
    page.goto("/d/larkmoor/letters/")
    follow(page, page.locator("main tr", has_text=walk.partner).locator("a").first)
    found = re.search(r"QMS-\d{4}-\d{3}", page.locator("h1").inner_text())
    assert found is not None
    return found[0]


def open_the_pdf(page: Page, walk: Walk, reference: str) -> str:
    """The PDF is tagged, says what was signed, and carries the code. Out: the code."""
    must_be_accessible(page)
    content = page.request.get(page.url + "letter.pdf").body()
    text = text_of(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.pages) == 1
    assert reference in text
    assert walk.partner in text
    assert "Dr. Rosalind Oyelaran" in text
    code = re.search(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}\b", text)
    assert code is not None
    return code[0]


def check_the_code(page: Page, code: str, reference: str) -> None:
    """Anybody types the code from the paper and reads whose letter it is."""
    visit(page, "/check/")
    page.locator("#code").fill(code.lower())
    press(page, "main form button.btn-primary")
    must_be_accessible(page)
    expect(page.locator("main")).to_contain_text(reference)
    expect(page.locator("main")).to_contain_text("Dr. Rosalind Oyelaran")


def decide(page: Page, walk: Walk) -> None:
    """A question is put, all seats answer, and the portal counts."""
    visit(page, "/d/larkmoor/decisions/new/")
    page.locator("[name=question]").fill(walk.question)
    group = page.locator("select[name=group]")
    if group.count():
        group.select_option(label="Quillback Partnership Committee, Quillback Middle School")
    page.locator("[name=kind]").first.select_option("program")
    press(page, "main form.pp-form button.btn-primary")
    must_be_accessible(page)
    press(page, "main a[href$='/answers/']")
    must_be_accessible(page)
    seats = page.locator("main fieldset")
    for number in range(seats.count()):
        answer = "no" if number < 2 else "yes"
        choice = seats.nth(number).locator(f"input[type=radio][value={answer}]")
        if choice.count():
            choice.check()
    press(page, "main form button.btn-primary")
    must_be_accessible(page)
    press(page, "main a[href$='/close/']")
    must_be_accessible(page)
    press(page, "main form.pp-form button.btn-primary, main form.pp-form button[type=submit]")
    must_be_accessible(page)
    expect(page.locator(".pp-outcome")).to_contain_text(re.compile(r"7 (yes|sí), 2 no"))


def remind(page: Page, portal: Portal, walk: Walk, reference: str) -> None:
    """Staff see what would go and switch it on; the day comes, and the worker sends it, once."""
    visit(page, "/d/larkmoor/mail/kinds/")
    follow(page, page.locator("main th a[href*='letter_no_reply']"))
    must_be_accessible(page)
    on = page.locator("button[name=to][value=on]")
    if on.count():
        follow(page, on)
        must_be_accessible(page)
    portal.manage("move_clock", str(days_until_noon(portal)))
    wait_for(page, lambda: len(reminders(portal, reference)) > 0)
    visit(page, "/d/larkmoor/mail/?state=sent")
    expect(page.locator("main")).to_contain_text(walk.partner)
    [reminder] = reminders(portal, reference)
    assert reminder["Message-ID"]


def reminders(portal: Portal, reference: str) -> list[email.message.EmailMessage]:
    """The mail that went out about a letter by itself: without the letter's PDF."""
    found = []
    for path in sorted((portal.folder / "mail").glob("*.log")):
        for part in path.read_bytes().split(b"-" * 79 + b"\n"):
            message = email.message_from_bytes(part, policy=policy.default)
            body = message.get_body(("plain",))
            if body and reference in body.get_content() and not list(message.iter_attachments()):
                found.append(message)
    return found


def days_until_noon(portal: Portal) -> float:
    """How far to move the clock so that it is noon of a Wednesday, three weeks or more from its own today: a
    reminder that is long overdue would not go."""
    shown = portal.manage("move_clock", "0")
    now = datetime.datetime.fromisoformat(re.search(r"[\d-]+ [\d:]+", shown)[0])  # type: ignore[index]
    day = now + datetime.timedelta(days=21)
    wednesday = day + datetime.timedelta(days=(2 - day.weekday()) % 7)
    return (wednesday.replace(hour=18, minute=0) - now) / datetime.timedelta(days=1)


def fill_what_is_missing(page: Page) -> None:
    """A value that the records lack is named at its place; here, what the partner's work came to."""
    result = page.locator("[name=result]")
    if result.count() and not result.input_value():
        result.fill("40 children came each week")


def packed() -> bytes:
    """The real directory as a zip file, where the trial data is there; else the small one of our own."""
    folder = OHANA if OHANA.exists() else OURS
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for path in sorted(folder.glob("*.csv")):
            archive.write(path, path.name)
    return kept.getvalue()


def visit(page: Page, path: str) -> None:
    """Open a page that axe finds nothing on."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200, path
    must_be_accessible(page)


def press(page: Page, selector: str) -> None:
    """Press the one thing that is meant, and wait for the page to which it leads."""
    follow(page, page.locator(selector).first)


def follow(page: Page, what: Locator) -> None:
    """Click, and wait for the page to which it leads: a check of the old one could be cut off."""
    with page.expect_navigation():
        what.click()


def narrow(page: Page) -> None:
    """On a phone the list's filters lie behind a summary."""
    summary = page.locator("main .pp-filters summary")
    if summary.count() and summary.first.is_visible():
        summary.first.click()


def wait_for(page: Page, condition: Callable[[], bool]) -> None:
    """Look again, as a person would, until it is so."""
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, f"It did not come true within {SECONDS} seconds: {page.url}"
        page.wait_for_timeout(500)
        page.reload()
