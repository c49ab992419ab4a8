"""What shows in the window of a #10 envelope, and where it is folded: read from the PDF, in inches."""

import dataclasses
import html
import io
import re
import subprocess

import pikepdf
import pytest
from PIL import Image

from letters import services
from letters.composing import compose
from letters.models import Letter
from letters.picture_queries import bytes_for
from letters.queries import whole
from letters.sheet import Sheet, document
from letters.window import MOST_LINES, Address, fitted
from press import client
from press.documents import Pdf
from tests.conftest import Cast
from tests.letters.drawing import made_logo
from tests.press.running import RunningPress

USUAL = ["Odile Brandt", "Executive Director", "Tamarack Youth Counseling", "18 Quarry Lane", "Larkmoor TX"]
LONG = [
    "Dr. Maximiliana-Wilhelmina Featherstonehaugh-Montgomery Wolfeschlegelsteinhausenbergerdorff",
    "Deputy Executive Director for Community Partnerships and Family Engagement, Western Region",
    "The Intergenerational Neighborhood Association for Mentoring, Music and Mathematics of Larkmoor",
    "12345 Northwest Martin Luther King Junior Memorial Boulevard, Building W, Suite 1200",
    "San Buenaventura de los Montes TX 00000-0000",
]
RECIPIENTS = {
    "usual": USUAL,
    "short": ["Odile Brandt", "Tamarack"],
    "a long name": [LONG[0], *USUAL[1:]],
    "a long partner": [*USUAL[:2], LONG[2], *USUAL[3:]],
    "all long": LONG,
    "accents": ["Łucja Nguyễn Ñuñez", "Директор", "Ωμέγα", "18 Quarry Lane", "Larkmoor TX 00000"],
    "wide": ["W" * 40, "M" * 120, "W" * 200, "W" * 90, "W" * 60],
    "markup": ["<b>Odile</b> & Söhne", "{{ contact.name }}", "</p><p>Tamarack", "18 Quarry Lane", "Larkmoor"],
}
WINDOW_ENDS = 0.875 + 4.5 - 0.125  # inches from the left, less what a sheet slips in its envelope
Word = tuple[float, float, float, float, str]


def words(made: Pdf) -> list[Word]:
    """Left, top, right and bottom edge of each word of the first page, in inches, and the word."""
    told = subprocess.run(
        ["pdftotext", "-l", "1", "-bbox", "-", "-"], input=made.content, capture_output=True, check=True
    ).stdout.decode()
    edges = r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<'
    return [(*(float(edge) / 72 for edge in found[:4]), found[4]) for found in re.findall(edges, told)]


def printed(sheet: Sheet) -> Pdf:
    [made] = client.render([document(sheet, bytes_for(sheet))])
    assert isinstance(made, Pdf), made
    return made


@pytest.fixture
def sheet(cast: Cast, draft: Letter, press: RunningPress) -> Sheet:
    """A letter under a logo."""
    services.put_logo(made=made_logo(), school=cast.quillback, by=cast.principal)
    return compose(whole(Letter.objects.filter(pk=draft.pk)).get())


@pytest.mark.parametrize("lines", RECIPIENTS.values(), ids=RECIPIENTS)
def test_the_address_alone_stands_in_the_window_whoever_it_names(sheet: Sheet, lines: list[str]):
    made = printed(dataclasses.replace(sheet, recipient=lines))
    inside = [word for word in words(made) if word[3] > 2.04 and word[1] < 3.17]
    told = html.unescape(" ".join(word[4] for word in inside))
    assert told == " ".join(" ".join(fitted(lines).lines).split())
    corner = min(word[0] for word in inside), min(word[1] for word in inside)
    assert [round(edge, 1) for edge in corner] == [1.0, 2.1]
    assert max(word[2] for word in inside) < WINDOW_ENDS
    assert max(word[3] for word in inside) < 3.17
    assert len({round(word[3], 2) for word in inside}) <= MOST_LINES
    assert made.pages == 1


def test_the_letterhead_ends_over_the_window_and_the_body_begins_under_it(sheet: Sheet):
    found = words(printed(sheet))
    over = [word for word in found if word[1] < 2.04]
    under = [word for word in found if word[3] > 3.17]
    assert max(word[3] for word in over) < 1.85
    assert round(min(word[1] for word in under), 1) == 3.4


def test_the_foot_stands_at_the_foot(sheet: Sheet):
    code = dataclasses.replace(sheet, reference="QMS-2627-001", code="0123456789ABCDEFGHJK")
    found = {word[4]: word for word in words(printed(code))}
    assert 9.5 < found["0123-4567-89AB-CDEF-GHJK"][1] < 10.5


def test_fold_ticks_stand_at_a_third_and_at_two_thirds(sheet: Sheet):
    """0.2 in long, in the left margin, drawn; a point of print is a tenth of a millimeter here."""
    dots = 254
    command = ["pdftoppm", "-r", str(dots), "-gray", "-x", "0", "-y", "0", "-W", str(dots // 2), "-H", "2794"]
    told = subprocess.run([*command, "-"], input=printed(sheet).content, capture_output=True, check=True)
    margin = Image.open(io.BytesIO(told.stdout)).point(lambda gray: 0 if gray > 220 else 255)
    rows = [y for y in range(margin.height) if margin.crop((0, y, margin.width, y + 1)).getbbox()]
    left, _top, right, _bottom = margin.getbbox()
    assert {round(y / dots, 1) for y in rows} == {3.7, 7.3}
    assert (round(rows[0] / dots, 2), round(rows[-1] / dots, 2)) == (3.67, 7.34)
    assert (round(left / dots, 2), round((right - left) / dots, 1)) == (0.25, 0.2)


def test_fold_ticks_are_artifacts(sheet: Sheet):
    """What a screen reader passes over: the two strokes stand between marks that say so."""
    pdf = pikepdf.open(io.BytesIO(printed(sheet).content))
    drawn = re.findall(rb"/Artifact\s+BMC(.*?)EMC", pdf.pages[0].Contents.read_bytes(), re.DOTALL)
    ticks = [part for part in drawn if re.search(rb"^24\.? ", part, re.MULTILINE)]
    assert len(ticks) == 2


def test_lines_that_have_room_are_printed_as_they_are():
    assert fitted(USUAL) == Address(USUAL, "")


def test_a_line_too_long_makes_the_type_smaller_before_anything_goes():
    partner = "The Larkmoor Association for Mentoring and Music"
    assert fitted([*USUAL[:2], partner, *USUAL[3:]]) == Address([*USUAL[:2], partner, *USUAL[3:]], "small")


def test_where_the_smallest_type_does_not_help_the_role_goes():
    name = LONG[0]
    made = fitted([name, *USUAL[1:]])
    assert (made.lines, made.size) == ([*made.lines[:2], *USUAL[2:]], "smallest")
    assert " ".join(made.lines[:2]) == name


def test_where_all_is_long_the_street_keeps_its_words():
    lines = fitted(LONG).lines
    assert (len(lines), " ".join(lines[2:4]), lines[4]) == (5, LONG[3], LONG[4])


def test_a_line_that_nothing_helps_is_cut_and_says_so():
    made = fitted(["M" * 120, *USUAL[1:]])
    assert made.lines[1:] == USUAL[2:]
    assert (made.lines[0][:30], made.lines[0][-1]) == ("M" * 30, "…")
