"""Each letter template in both languages as it is printed: its layout, and a picture of it
(`PORTAL_PICTURES=docs/pictures ./portal test tests/letters/test_drawn.py`)."""

import os
import subprocess
from itertools import product
from pathlib import Path

import pytest

from letters.enums import Kind, Language
from letters.models import SignedLetter
from letters.services import sign_letter
from press.documents import Pdf
from tests.conftest import Cast
from tests.letters.printed import PAGE, SIDE, WINDOW, words
from tests.letters.test_texts import draft_of
from tests.press.running import RunningPress

ALL = list(product(Kind, Language))
DOTS = 80  # an inch: enough to judge the layout by
FOOT = 10.5  # inches from the top: nothing is printed below


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = Path(os.environ.get("PORTAL_PICTURES", tmp_path)).absolute() / "letters"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def signed_pdf(quillback: object, cast: Cast, press: RunningPress, request: pytest.FixtureRequest) -> Pdf:
    """A template's letter out of full records, signed."""
    letter = draft_of(cast, *request.param)
    sign_letter(letter=letter, version=letter.version, by=cast.principal)
    return Pdf(bytes(SignedLetter.objects.get().pdf), 1)


@pytest.mark.parametrize(
    ("signed_pdf", "name"),
    [(each, f"{each[0]}.{each[1]}") for each in ALL],
    indirect=["signed_pdf"],
    ids=[f"{kind}-{language}" for kind, language in ALL],
)
def test_a_template_is_printed_on_one_page_as_look_md_has_it(signed_pdf: Pdf, name: str, album: Path) -> None:
    picture = album / name
    drawn = ["pdftoppm", "-png", "-gray", "-r", str(DOTS), "-singlefile", "-", str(picture)]
    subprocess.run(drawn, input=signed_pdf.content, check=True)
    assert picture.with_name(f"{name}.png").stat().st_size > 10_000

    found = words(signed_pdf)
    assert {word.page for word in found} == {1}
    assert min(word.left for word in found) >= SIDE - 0.01
    assert max(word.right for word in found) <= PAGE[0] - SIDE + 0.01
    shown = [word.text for word in found if word.bottom > WINDOW[0] and word.top < WINDOW[1]]
    address = "Odile Brandt Executive Director Tamarack Youth Counseling 18 Quarry Lane Larkmoor TX 00000"
    assert " ".join(shown) == address
    foot = next(word for word in found if word.text.count("-") == 4)
    name_of_signer = [word for word in found if word.text == "Oyelaran"][-1]
    assert WINDOW[1] < name_of_signer.bottom < foot.top
    assert max(word.bottom for word in found) <= FOOT


@pytest.mark.parametrize("signed_pdf", [(Kind.NEW_PARTNER, Language.ENGLISH)], indirect=True)
def test_the_sheet_is_marked_where_it_is_folded(signed_pdf: Pdf) -> None:
    """The marks are the upper and the lower edge of a box in the left margin."""
    image = subprocess.run(
        ["pdftoppm", "-gray", "-r", "300", "-x", "0", "-W", "200", "-singlefile", "-"],
        input=signed_pdf.content,
        capture_output=True,
        check=True,
    ).stdout
    kind, size, _most, pixels = image.split(b"\n", 3)
    width = int(size.split()[0])
    rows = [
        place // width for place in range(0, len(pixels), width) if min(pixels[place : place + width]) < 200
    ]
    marks = [row for row in rows if row - 1 not in rows]
    assert kind == b"P5"
    assert [row / 300 for row in marks] == pytest.approx([3.667, 7.333], abs=0.01)
