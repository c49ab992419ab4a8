"""What the press does not take, and in which words it says so."""

import pytest
from PIL import Image
from weasyprint.urls import FatalURLFetchingError

from press.assets import AssetFetcher
from press.documents import Pdf, Reason, Refusal
from tests.press.running import RunningPress, letter
from tests.press.test_images import encoded

NOT_SENT = [
    ("file:///etc/passwd", "The image “file:///etc/passwd” was not sent with the document."),
    ("http://127.0.0.1:8000/", "The image “http://127.0.0.1:8000/” was not sent with the document."),
    ("data:image/png;base64,AAAA", "The image “data:image/png;base64,AAAA” was not sent with the document."),
    ("../letter.css", "The image “../letter.css” was not sent with the document."),
    ("", "The image “” was not sent with the document."),
]
FORBIDDEN = [
    ('<link rel="attachment" href="file:///etc/passwd">', "The element <link> may not stand in a document."),
    ("<style>p{background:url(file:///x)}</style>", "The element <style> may not stand in a document."),
    ('<p style="background:url(file:///x)">x</p>', "The attribute “style” may not stand in a document."),
    ('<p background="http://x/">x</p>', "The attribute “background” may not stand in a document."),
    ("<script>1</script>", "The element <script> may not stand in a document."),
    ('<object data="file:///etc/passwd"></object>', "The element <object> may not stand in a document."),
    ('<embed src="file:///etc/passwd">', "The element <embed> may not stand in a document."),
    ('<base href="file:///">', "The element <base> may not stand in a document."),
    (
        '<svg><title>x</title><image href="file:///etc/passwd"/></svg>',
        "The element <image> may not stand in a document.",
    ),
    (
        '<svg><title>x</title><use href="http://x/y#z"/></svg>',
        "The element <use> may not stand in a document.",
    ),
    ('<a href="file:///etc/passwd">x</a>', "The link “file:///etc/passwd” may not stand in a document."),
    ('<a href="javascript:x">x</a>', "The link “javascript:x” may not stand in a document."),
]
NOT_ACCESSIBLE = [
    ('<img src="asset:logo.png">', "The image “logo.png” has no description."),
    ('<img src="asset:logo.png" alt=" ">', "The image “logo.png” has no description."),
    ("<svg><path d='M0 0'/></svg>", "A drawing has no title that describes it."),
    ("<h3>Too deep</h3>", "A heading skips a level."),
    ('<a href="https://example.org/"></a>', "A link has no text."),
]
PNG = encoded(Image.new("1", (1, 1)))


def refusal(press: RunningPress, body: str = "", **fields: object) -> Refusal:
    [answer] = press.make(letter(body, **fields))
    assert isinstance(answer, Refusal)
    return answer


@pytest.mark.parametrize(("address", "words"), NOT_SENT)
def test_an_image_from_anywhere_is_refused(press: RunningPress, address: str, words: str):
    assert refusal(press, f'<img src="{address}" alt="x">') == Refusal(Reason.FORBIDDEN, words)


@pytest.mark.parametrize(("body", "words"), FORBIDDEN)
def test_what_could_fetch_or_style_is_refused(press: RunningPress, body: str, words: str):
    assert refusal(press, body) == Refusal(Reason.FORBIDDEN, words)


@pytest.mark.parametrize(("body", "words"), NOT_ACCESSIBLE)
def test_what_a_screen_reader_could_not_tell_is_refused(press: RunningPress, body: str, words: str):
    assert refusal(press, body, assets={"logo.png": PNG}) == Refusal(Reason.NOT_ACCESSIBLE, words)


def test_a_missing_image_is_an_error_and_not_a_gap(press: RunningPress):
    answer = refusal(press, '<img src="asset:seal.jpg" alt="Seal">')
    assert answer == Refusal(Reason.MISSING_ASSET, "The image “seal.jpg” is missing.")


def test_an_image_must_be_jpeg_or_png(press: RunningPress):
    answer = refusal(press, assets={"logo.svg": b"<svg/>"})
    assert answer == Refusal(Reason.FORBIDDEN, "The image “logo.svg” is neither JPEG nor PNG.")


def test_title_and_language_are_required(press: RunningPress):
    assert str(refusal(press, title=" ")) == "The document has no title."
    assert str(refusal(press, lang="")) == "“” is none of the press's languages: en, es."
    assert str(refusal(press, '<p lang="fr">Oui</p>')) == "“fr” is none of the press's languages: en, es."


def test_the_first_heading_is_of_level_1(press: RunningPress):
    [answer] = press.make(letter(html="<h2>Letter</h2>"))
    assert str(answer) == "The first heading must be one of level 1."


def test_a_character_that_no_font_has_is_named(press: RunningPress):
    answer = refusal(press, "<p>谢 and 😀</p>")
    assert answer == Refusal(
        Reason.UNKNOWN_CHARACTER,
        "The fonts cannot print 谢 (U+8C22), 😀 (U+1F600). Write it in another way.",
        about="谢 (U+8C22), 😀 (U+1F600)",
    )


def test_only_our_stylesheets_and_plain_colors_are_taken(press: RunningPress):
    assert str(refusal(press, stylesheet="../x")) == "The press has no stylesheet “../x”."
    assert str(refusal(press, brand="red;x:y")) == "The color “red;x:y” is not of the form #163d3b."


def test_one_refused_letter_leaves_the_others_of_its_batch_alone(press: RunningPress):
    answers = press.make(letter(), letter("<script></script>"), letter())
    assert [type(answer) for answer in answers] == [Pdf, Refusal, Pdf]


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http://localhost/", "https://localhost/", "ftp://x/", "data:,x", "asset:none"],
)
def test_the_fetcher_knows_bytes_in_memory_alone(address: str):
    fetcher = AssetFetcher({"logo.png": PNG})
    with pytest.raises(FatalURLFetchingError):
        fetcher(address)
    assert fetcher.refused == [address]
    assert fetcher("asset:logo.png").read() == PNG
