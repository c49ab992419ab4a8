"""Letters as they come out: printed by the press, read back word by word with its place on the page."""

import html
import re
import subprocess
import unicodedata
from dataclasses import dataclass

from letters import queries
from letters.composing import compose
from letters.models import Letter
from letters.sheet import Sheet, document
from press import client
from press.documents import Pdf

SIDE = 1.0  # inches: the margins left and right
PAGE = (8.5, 11.0)
WINDOW = (2.04, 3.17)  # inches from the top: what shows in a #10 envelope
BOX = re.compile(r'<(page|word) (?:width|xMin)="([\d.]+)" (?:height|yMin)="([\d.]+)"(.*)')
REST = re.compile(r' xMax="([\d.]+)" yMax="([\d.]+)">(.*)</word>')


@dataclass(frozen=True)
class Word:
    """A printed word and its box in inches from the page's left and upper edge."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


def sheet_of(letter: Letter) -> Sheet:
    """The sheet of a letter as its records stand."""
    return compose(queries.whole(Letter.objects.filter(pk=letter.pk)).get())


def printed(sheet: Sheet) -> Pdf:
    """What the press makes of a sheet; a refusal fails the test."""
    [made] = client.render([document(sheet)])
    assert isinstance(made, Pdf), made
    return made


def words(pdf: Pdf) -> list[Word]:
    """Each printed word with its place."""
    found, page = [], 0
    for kind, left, top, rest in BOX.findall(_read(pdf, "-bbox")):
        if kind == "page":
            page += 1
            continue
        right, bottom, text = REST.fullmatch(rest).groups()  # type: ignore[union-attr]
        box = [float(points) / 72 for points in (left, top, right, bottom)]
        found.append(Word(page, *box, html.unescape(text)))
    return found


def text_of(pdf: Pdf) -> str:
    """All that is printed, as one line: composed letters, without marks of direction."""
    return one_line(_read(pdf))


def one_line(text: str) -> str:
    """A text as one line of composed letters, without the signs that only say in which direction it runs."""
    plain = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return " ".join(unicodedata.normalize("NFC", plain).split())


def _read(pdf: Pdf, *options: str) -> str:
    told = subprocess.run(
        ["pdftotext", *options, "-", "-"], input=pdf.content, capture_output=True, check=True
    )
    return told.stdout.decode()
