"""Links in a letter: to the web and to mail alone; paper shows their addresses, and the PDF is accessible."""

import page
import pytest

from letters.blocks import count_words, to_html, with_addresses
from letters.composing import compose
from letters.models import Letter
from letters.queries import whole
from letters.sheet import document, preview
from press import client
from press.documents import Pdf
from tests.conftest import Cast, SignIn
from tests.pdf import text_of
from tests.press.running import RunningPress

from .test_odd_text import with_opening
from .test_pages import at, form_of

TEXT = (
    "See [our page](https://larkmoor.example/partners?a=1&b=2), or [write](mailto:imogen@larkmoor.example)."
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "See [our *page*](https://a.example/x?a=1&b=2).",
            '<p>See <a href="https://a.example/x?a=1&amp;b=2">our <em>page</em></a>.</p>\n',
        ),
        ("[Write](mailto:a@b.example)", '<p><a href="mailto:a@b.example">Write</a></p>\n'),
        ("[a](HTTP://a.example)", "<p>[a](HTTP://a.example)</p>\n"),
        ("[](https://a.example)", '<p><a href="https://a.example">https://a.example</a></p>\n'),
        ('[a](https://a.example "t")', '<p><a href="https://a.example">a</a></p>\n'),
        ("[a](javascript:alert)", "<p>[a](javascript:alert)</p>\n"),
        ("[a](file:///etc/passwd)", "<p>[a](file:///etc/passwd)</p>\n"),
        ("[a](/d/larkmoor/)", "<p>[a](/d/larkmoor/)</p>\n"),
        ("https://a.example", "<p>https://a.example</p>\n"),
    ],
)
def test_a_link_leads_to_the_web_or_to_mail_and_any_other_stays_as_it_was_typed(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (
            "[our page](https://a.example/x)",
            '<a href="https://a.example/x">our page</a> (https://a.example/x)',
        ),
        ("[write](mailto:a@b.example)", '<a href="mailto:a@b.example">write</a> (a@b.example)'),
        ("[a@b.example](mailto:a@b.example)", '<a href="mailto:a@b.example">a@b.example</a>'),
        ("[](https://a.example)", '<a href="https://a.example">https://a.example</a>'),
    ],
)
def test_paper_shows_the_address_behind_the_words_unless_they_are_the_same(text: str, printed: str) -> None:
    assert with_addresses(to_html(text)) == f"<p>{printed}</p>\n"


def test_the_address_of_a_link_is_no_word_of_the_letter() -> None:
    assert count_words("See [our page](https://a.example/x) today") == 4


def test_a_letter_with_links_prints_accessibly_and_with_their_addresses(
    draft: Letter, press: RunningPress
) -> None:
    letter = with_opening(draft, TEXT)
    sheet = compose(whole(Letter.objects.filter(pk=letter.pk)).get())
    [made] = client.render([document(sheet)])
    assert isinstance(made, Pdf), made
    report = page.validate_pdf_bytes(made.content, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    words = " ".join(text_of(made.content).split())
    assert "our page (https://larkmoor.example/partners?a=1&b=2)" in words
    assert "write (imogen@larkmoor.example)" in words


def test_a_draft_with_a_link_to_nowhere_is_refused_at_its_block(
    cast: Cast, draft: Letter, sign_in: SignIn
) -> None:
    text = "See [our page](https://{{school.name}}) and [that](/d/larkmoor/)."
    kept = sign_in(cast.coordinator).post(at(draft, "edit"), form_of(draft, block_why=text))
    assert kept.context["form"].errors == {
        "block_why": [
            "The address of a link cannot hold a placeholder: write “https://{{school.name}}” out.",
            "“/d/larkmoor/” is no address for a link. Begin it with https:// or mailto:.",
        ]
    }


def test_the_page_shows_a_link_as_one(draft: Letter) -> None:
    letter = with_opening(draft, TEXT)
    sheet = compose(whole(Letter.objects.filter(pk=letter.pk)).get())
    assert '<a href="mailto:imogen@larkmoor.example">write</a>.' in preview(sheet)
