"""Address labels: each stands where Avery 5160 has a label, in the order of the envelopes."""

import re
import subprocess

import page
import pytest

from letters.batch_files import labels
from letters.envelopes import sheets
from letters.models import Batch
from partners.models import Contact
from press.documents import Document, Pdf
from press.engine import HERE
from tests.conftest import Cast
from tests.letters.batches import a_batch, as_read, hand_in, sign, work_at
from tests.letters.conftest import make_partnership
from tests.pdf import text_of
from tests.press.running import RunningPress

POINTS = 72
PIECES = (HERE / "styles/labels.sample.html").read_text().split("\n\n")
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


@pytest.fixture
def signed_batch(cast: Cast, quillback: object, press: RunningPress) -> Batch:
    """Four letters on paper."""
    partnerships = [make_partnership(cast.quillback, name) for name in ("Alder", "Birch", "Cedar", "Dogwood")]
    Contact.objects.update(email="")
    batch = hand_in(cast, a_batch(cast, *partnerships))
    work_at(sign(cast, batch))
    return as_read(batch)


def places(content: bytes, word: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom, in inches, of a word on the first page, wherever it stands."""
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True)
    return [
        (float(one[1]) / POINTS, float(one[2]) / POINTS, float(one[3]) / POINTS, float(one[4]) / POINTS)
        for one in WORD.finditer(done.stdout.decode())
        if one[5] == word
    ]


def test_each_label_stands_within_its_place(signed_batch: Batch):
    content = labels(signed_batch)
    for number, name in enumerate(("Alder", "Birch", "Cedar", "Dogwood")):
        [(left, top, right, bottom)] = places(content, name)
        edge, above = 0.1875 + number % 3 * 2.75, 0.5 + number // 3
        assert edge + 0.1 < left < right < edge + 2.625
        assert above < top < bottom < above + 1


def test_a_label_has_the_lines_of_the_envelope(signed_batch: Batch):
    text = text_of(labels(signed_batch))
    assert [text.count(line) for line in ("Odile Brandt", "18 Quarry Lane", "Larkmoor TX 00000")] == [4, 4, 4]


def test_the_labels_are_tagged_and_pass_as_pdf_ua(signed_batch: Batch):
    report = page.validate_pdf_bytes(labels(signed_batch), profile="ua1")
    assert list(report.failures) == []


def test_the_thirty_first_label_begins_a_sheet():
    made = sheets([[str(n)] for n in range(31)])
    assert [len(rows) for rows in made] == [10, 1]
    last, first = made[0][9][2], made[1][0][0]
    assert (last.lines, last.row, last.column) == (["29"], 10, 3)
    assert (first.lines, first.row, first.column) == (["30"], 1, 1)


def test_two_full_sheets_are_two_pages(press: RunningPress):
    from django.template.loader import render_to_string

    made = sheets([["A name", "Its street", "Its town"]] * 60)
    html = render_to_string("letters/batches/labels.html", {"sheets": made, "count": 60})
    [pdf] = press.make(Document(html=html, title="Labels", lang="en", stylesheet="labels"))
    assert isinstance(pdf, Pdf)
    assert pdf.pages == 2


@pytest.mark.parametrize("words", ["Other words", "Жанна", "Ελένη"])
@pytest.mark.parametrize("piece", PIECES)
def test_every_piece_of_a_sheet_is_warm(press: RunningPress, piece: str, words: str):
    first = piece if "<h1>" in piece else f"<main><h1>Heading</h1></main>{piece}"
    document = Document(first.replace("Sample", words), title="Piece", lang="es", stylesheet="labels")
    assert [type(answer) for answer in press.make(document)] == [Pdf]
