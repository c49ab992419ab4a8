"""The two places where the press goes behind the library's public face, each for a measured gain: what they
rely on is shown here, so that a new version that changes it is seen before it is used."""

import re

import pytest
import weasyprint

from press.documents import Document, Pdf
from press.engine import HERE, VARIANT, Engine, Page
from tests.press.running import RunningPress, letter
from tests.press.standard import standard_letter

RULES = "<hr>" * 200
LEVEL_5 = 1  # FLEVEL, the top bits of a zlib stream's second byte (RFC 1950): 3 is what level 9 writes
STREAM = re.compile(rb"/FlateDecode[^>]*>>\nstream\n.(.)", re.DOTALL)
SAMPLE = letter(
    (HERE / "styles/letter.sample.html").read_text() + "<table><caption>x</caption><tr><th>1<td>2</table>"
    "<ol><li>1<ul><li>2</ul></ol><blockquote>3</blockquote><dl><dt>4<dd>5</dl><h2>6</h2><hr><h3>7</h3>",
    assets={"sample.jpg": standard_letter(1).assets["logo.jpg"]},
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def pages(meaning: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many pages two hundred rules take, when this is what elements mean."""
    monkeypatch.setattr(Page, "MEANING", weasyprint.CSS(string=meaning))
    return len(Page(string=RULES).render(pdf_variant=VARIANT).pages)


def test_elements_mean_what_our_sheet_says_and_the_library_s_own_is_not_asked(
    monkeypatch: pytest.MonkeyPatch,
):
    assert pages("", monkeypatch) == 1
    assert pages("hr { display: block; break-after: page }", monkeypatch) == 201


@pytest.mark.parametrize("document", [standard_letter(1), SAMPLE], ids=["standard", "every element"])
def test_our_sheet_means_what_the_library_s_own_means(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, document: Document
):
    ours = engine.make(document)
    monkeypatch.delattr(Page, "_ua_stylesheets")
    assert engine.make(document) == ours


def test_every_stream_of_a_letter_is_compressed_at_our_level(press: RunningPress):
    [made] = press.make(standard_letter(1))
    assert isinstance(made, Pdf)
    second_bytes = [found[1][0] for found in STREAM.finditer(made.content)]
    assert len(second_bytes) == made.content.count(b"/FlateDecode") > 5
    assert {byte >> 6 for byte in second_bytes} == {LEVEL_5}
