"""One page is the rule: a warning where a letter is longer, two pages where somebody says so, never three."""

import io
import re
from typing import Any

import page
import pikepdf
import pypdf
import pytest

from letters import services
from letters.enums import State
from letters.models import Letter, LetterNumber, SignedLetter
from letters.numbers import shown
from letters.refusals import sentence
from press import client
from press.documents import PressUnavailable
from tests.conftest import Cast, SignIn
from tests.letters.test_pages import at, form_of, messages_of
from tests.letters.test_signing import kinds, sign
from tests.press.running import RunningPress

LINE = "We would like to tell you more about what our students told us in the spring of this year.\n\n"
LONG, TOO_LONG = LINE * 14, LINE * 60
WARNING = "This letter is longer than a page."


def lengthen(letter: Letter, text: str, cast: Cast) -> Letter:
    """A draft whose last part is that long."""
    blocks = [*letter.blocks[:-1], {"name": "close", "text": text}]
    services.edit_draft(letter=letter, version=letter.version, by=cast.coordinator, blocks=blocks)
    return Letter.objects.get(pk=letter.pk)


@pytest.fixture
def long(cast: Cast, draft: Letter, press: RunningPress) -> Letter:
    return lengthen(draft, LONG, cast)


@pytest.fixture
def two_pages(cast: Cast, long: Letter) -> Letter:
    """A letter of two pages that waits for its signature."""
    services.hand_in(letter=long, version=long.version, by=cast.coordinator, two_pages=True)
    return Letter.objects.get(pk=long.pk)


def test_a_letter_longer_than_a_page_is_handed_in_only_when_two_are_meant(cast: Cast, long: Letter):
    with pytest.raises(services.LetterTooLong) as told:
        services.hand_in(letter=long, version=long.version, by=cast.coordinator)
    long.refresh_from_db()
    assert (told.value.pages, long.pages, long.state) == (2, 2, State.DRAFT)
    services.hand_in(letter=long, version=long.version, by=cast.coordinator, two_pages=True)
    long.refresh_from_db()
    assert (long.pages, long.state) == (2, State.TO_SIGN)


def test_a_letter_of_three_pages_is_not_handed_in_at_all(cast: Cast, draft: Letter, press: RunningPress):
    longer = lengthen(draft, TOO_LONG, cast)
    with pytest.raises(services.LetterTooLong) as told:
        services.hand_in(letter=longer, version=longer.version, by=cast.coordinator, two_pages=True)
    assert told.value.pages > 2
    assert Letter.objects.get().state == State.DRAFT


def test_an_edit_makes_the_count_unknown_until_it_is_counted_anew(cast: Cast, long: Letter):
    assert services.count_pages(letter=long) == 2
    short = lengthen(long, "We will call you.", cast)
    assert short.pages is None
    assert services.count_pages(letter=short) == 1
    assert Letter.objects.get().pages == 1


def test_signed_it_is_printed_on_two_pages_that_fail_no_rule(cast: Cast, two_pages: Letter):
    kept = sign(two_pages, cast)
    first, second = (one.extract_text() for one in pypdf.PdfReader(io.BytesIO(bytes(kept.pdf))).pages)
    assert f"Quillback Middle School, Our reference: {kept.reference} · Page 2 of 2" in second
    assert "Page 1" not in first
    assert [shown(kept.code) in text for text in (first, second)] == [False, True]
    assert ["creates no obligation" in text for text in (first, second)] == [False, True]
    report = page.validate_pdf_bytes(bytes(kept.pdf), profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


def test_the_head_of_the_second_page_hangs_in_no_part_of_the_text(cast: Cast, two_pages: Letter):
    """What is read comes from the tree of the text alone: the head's marks on the page are not in it."""
    pdf = pikepdf.open(io.BytesIO(bytes(sign(two_pages, cast).pdf)))
    second = pdf.pages[1]
    read: set[int] = set()

    def look(node: Any) -> None:
        """An element keeps the numbers of its marks, and the page on which they are."""
        kids = node.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if not isinstance(kid, int):
                look(kid)
            elif node.Pg.objgen == second.objgen:
                read.add(kid)

    look(pdf.Root.StructTreeRoot)
    marks = {int(n) for n in re.findall(rb"/MCID (\d+)", second.Contents.read_bytes())}
    assert (read - marks, len(marks - read)) == (set(), 1)


def test_the_signer_s_own_draft_asks_first_and_takes_no_number(cast: Cast, long: Letter):
    services.count_pages(letter=long)
    with pytest.raises(services.LetterTooLong):
        sign(long, cast)
    assert LetterNumber.objects.count() == 0
    services.sign_letter(letter=long, version=long.version, by=cast.principal, two_pages=True)
    assert SignedLetter.objects.count() == 1


def test_one_that_nobody_counted_gives_its_number_up_and_then_waits_as_what_it_is(cast: Cast, long: Letter):
    with pytest.raises(services.CannotPrint) as told:
        sign(long, cast)
    assert told.value.why == "It takes two pages. Sign it again if it may, or send it back to be shortened."
    long.refresh_from_db()
    assert (long.state, long.pages, LetterNumber.objects.get().void_reason) == (State.TO_SIGN, 2, "pages: 2")
    assert sign(long, cast).reference.endswith("-002")
    assert kinds(long) == ["voided", "signed"]


def test_reasons_of_length_are_said_in_words():
    assert sentence("pages: 3") == "It is longer than two pages. Shorten a part and try again."
    assert sentence("too large") == "It is too long to print. Shorten a part and try again."


def test_the_pages_say_so_and_go_on_when_told(
    cast: Cast, draft: Letter, sign_in: SignIn, press: RunningPress
):
    browser = sign_in(cast.coordinator)
    saved = browser.post(at(draft, "edit"), form_of(draft, block_close=LONG[:1200]), follow=True)
    shown_page = saved.content.decode()
    assert (WARNING in shown_page, "Hand in with two pages" in shown_page) == (True, True)
    draft.refresh_from_db()
    refused = browser.post(
        at(draft, "edit"), form_of(draft, block_close=LONG[:1200], then="hand_in"), follow=True
    )
    assert messages_of(refused) == [
        "This letter is longer than a page. Shorten a part, or let it have two pages."
    ]
    draft.refresh_from_db()
    form = form_of(draft, block_close=LONG[:1200], then="hand_in", two_pages="1")
    handed_in = browser.post(at(draft, "edit"), form, follow=True)
    assert messages_of(handed_in) == ["Handed in. Dr. Rosalind Oyelaran finds it under “To sign”."]
    waiting = sign_in(cast.principal).get(at(draft, "page")).content.decode()
    assert "This letter takes two pages." in waiting


def test_a_letter_of_a_page_says_nothing_of_pages(
    cast: Cast, draft: Letter, sign_in: SignIn, press: RunningPress
):
    saved = sign_in(cast.coordinator).post(at(draft, "edit"), form_of(draft), follow=True).content.decode()
    assert (WARNING in saved, "Hand in for signature" in saved) == (False, True)
    assert Letter.objects.get().pages == 1


def test_a_draft_is_saved_although_nobody_can_count_its_pages(
    cast: Cast, draft: Letter, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
):
    def away(documents: object) -> Any:
        raise PressUnavailable("gone")

    monkeypatch.setattr(client, "render", away)
    saved = sign_in(cast.coordinator).post(at(draft, "edit"), form_of(draft), follow=True)
    assert messages_of(saved) == ["Draft saved."]
    assert Letter.objects.get().pages is None
