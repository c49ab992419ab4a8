"""The page itself: tags, fonts, order and measures, read back from the PDF."""

import io
import re
import subprocess
from collections.abc import Iterator

import page
import pikepdf
import pypdf
import pytest
from PIL import Image

from press.documents import Pdf
from tests.press.running import RunningPress, letter


@pytest.fixture(scope="module")
def made(press: RunningPress) -> Pdf:
    [pdf] = press.make(
        letter("<p>Łucja Nguyễn, Жанна and José <em>came</em>.</p><ul><li>One</li><li>Two</li></ul>")
    )
    assert isinstance(pdf, Pdf), pdf
    return pdf


def failed_rules(pdf: Pdf) -> list[tuple[str, str]]:
    report = page.validate_pdf_bytes(pdf.content, profile="ua1")
    return [(failure.rule_id, failure.message) for failure in report.failures]


def structure(pdf: Pdf) -> list[str]:
    """The tags of the structure tree in reading order, grouping and inline ones left out."""
    opened = pikepdf.open(io.BytesIO(pdf.content))
    return [tag for tag in _tags(opened.Root.StructTreeRoot.K) if tag in READ]


READ = ("/H1", "/P", "/L", "/LI", "/Figure")


def _tags(node: object) -> Iterator[str]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _tags(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S)
        yield from _tags(node.get("/K", pikepdf.Array()))


def words(pdf: Pdf) -> list[tuple[float, float, float, str]]:
    """Each printed word with its left, top and bottom edge in inches."""
    box = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf.content, capture_output=True, check=True
    ).stdout.decode()
    found = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)<', box)
    return [(float(x) / 72, float(y) / 72, float(z) / 72, word) for x, y, z, word in found]


def test_a_letter_fails_no_rule_of_pdf_ua_1(made: Pdf):
    assert failed_rules(made) == []
    assert made.pages == 1


def test_the_subject_is_the_only_first_level_heading_and_the_foot_is_read_last(made: Pdf):
    assert structure(made) == [
        *["/P", "/P", "/P"],  # letterhead
        *["/P", "/P", "/P"],  # date, reference, address
        *["/H1", "/P", "/P", "/L", "/LI", "/LI"],
        *["/P", "/P", "/P", "/P"],  # close, signature, name, cc
        *["/Figure", "/P"],  # foot
    ]


def test_language_title_and_the_drawing_s_description_are_in_the_file(made: Pdf):
    pdf = pikepdf.open(io.BytesIO(made.content))
    with pdf.open_metadata() as metadata:
        told = (metadata["pdfuaid:part"], metadata["dc:title"])
    assert told == ("1", "Letter QMS-2627-019")
    assert (str(pdf.Root.Lang), bool(pdf.Root.ViewerPreferences.DisplayDocTitle)) == ("en", True)
    figures = [
        node for node in pdf.objects if isinstance(node, pikepdf.Dictionary) and node.get("/S") == "/Figure"
    ]
    assert [str(figure.Alt) for figure in figures] == ["QR code of the check page"]


def test_text_comes_out_in_the_order_in_which_it_is_read(made: Pdf):
    text = pypdf.PdfReader(io.BytesIO(made.content)).pages[0].extract_text()
    parts = ["Quillback", "November 24", "QMS-2627-019", "Odile Brandt", "May we renew?", "Dear Ms. Brandt"]
    parts += [
        "Łucja Nguyễn, Жанна and José came",
        "Yours sincerely",
        "Principal",
        "cc: Imogen",
        "no obligation",
        "7KQM-4TXR",
    ]
    places = [text.find(part) for part in parts]
    assert places == sorted(places)
    assert min(places) == 0


def test_all_fonts_are_embedded_and_ours(made: Pdf):
    pdf = pikepdf.open(io.BytesIO(made.content))
    fonts = [
        node for node in pdf.objects if isinstance(node, pikepdf.Dictionary) and "/FontDescriptor" in node
    ]
    names = sorted(str(font.BaseFont).split("+")[1].strip(",") for font in fonts)
    assert names == [
        "Public-Sans",
        "Public-Sans-Semi-Bold",
        "Source-Serif-4",
        "Source-Serif-4-Italic",
        "Source-Serif-4-Semi-Bold",
    ]
    assert all({"/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys()) for font in fonts)


def test_only_the_address_stands_in_the_window_of_the_envelope(made: Pdf):
    window = [(left, word) for left, top, bottom, word in words(made) if bottom > 2.04 and top < 3.17]
    assert [word for _, word in window] == (
        [
            "Odile",
            "Brandt",
            "Executive",
            "Director",
            "Tamarack",
            "Youth",
            "Counseling",
            "18",
            "Quarry",
            "Lane",
            "Larkmoor",
        ]
    )
    assert round(min(left for left, _ in window), 2) == 1.0


def test_the_places_of_look_md_are_kept(made: Pdf):
    tops = {word: (round(left, 2), round(top, 1)) for left, top, _, word in words(made)}
    assert tops["Quillback"] == (1.0, 0.5)
    assert tops["November"] == (1.0, 1.6)
    assert tops["Odile"] == (1.0, 2.1)
    assert tops["May"] == (1.0, 3.4)


def test_the_code_never_breaks(made: Pdf):
    assert "7KQM-4TXR-92AB-CDEF-GHJK" in [word for *_, word in words(made)]


def test_the_same_letter_is_the_same_bytes(press: RunningPress):
    first, second = press.make(letter(), letter())
    assert first == second


def test_a_letter_a_little_too_long_is_set_smaller_and_stays_on_one_page(press: RunningPress):
    long = [letter(f"<p>{'One line of this letter.<br>' * count}End.</p>") for count in (10, 23, 60)]
    made = [pdf for pdf in press.make(*long) if isinstance(pdf, Pdf)]
    assert [(pdf.pages, line_of(pdf)) for pdf in made] == [(1, 14), (1, 13), (2, 14)]


def line_of(pdf: Pdf) -> int:
    """From one line of a letter's text to the next, in points."""
    tops = sorted({top for _left, top, _bottom, text in words(pdf) if text == "letter."})
    return round((tops[1] - tops[0]) * 72)


def test_a_letter_of_several_pages_fails_no_rule(press: RunningPress):
    [pdf] = press.make(letter("<p>One more line.</p>" * 60))
    assert failed_rules(pdf) == []


def test_an_image_prints_with_its_description(press: RunningPress):
    image = io.BytesIO()
    Image.new("RGB", (300, 120), "navy").save(image, "JPEG")
    body = '<p class="sign"><img src="asset:signature.jpg" alt="Signature of Dr. Oyelaran"></p>'
    [pdf] = press.make(letter(body, assets={"signature.jpg": image.getvalue()}))
    assert failed_rules(pdf) == []
    assert structure(pdf).count("/Figure") == 2


def test_a_part_in_another_language_is_tagged_with_it(press: RunningPress):
    [pdf] = press.make(letter('<p>Good day.</p><div lang="es"><p>Buenos días.</p></div>'))
    assert isinstance(pdf, Pdf), pdf
    opened = pikepdf.open(io.BytesIO(pdf.content))
    assert opened.Root.Lang == "en"
    assert list(languages(opened.Root.StructTreeRoot.K)) == [("/Div", "es")]
    assert failed_rules(pdf) == []


def languages(node: object) -> Iterator[tuple[str, str]]:
    """Each tag with a language of its own, and which."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from languages(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        if "/Lang" in node:
            yield str(node.S), str(node.Lang)
        yield from languages(node.get("/K", pikepdf.Array()))
