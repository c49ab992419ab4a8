"""The QR code of a letter: drawn as what it says, and read back from the printed page as a phone would."""

import io
import re
import subprocess
from urllib.parse import urlsplit

import pytest
import qrcode
import zxingcpp
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.urls_in import absolute
from letters.models import Letter, SignedLetter
from letters.qr import MASK, QUIET_ZONE, Qr, qr_path

TEXTS = [
    "https://partners.larkmoor.example/check/7KQM4TXR92ABCDEFGHJK/",
    "http://localhost:8000/check/7KQM4TXR92ABCDEFGHJK/",
    "x",
    "ñ" * 200,
]
LINE = re.compile(r"M(\d+) (\d+)\.5h(\d+)")
PAPER = [100, 150, 300]  # dots an inch: from a poor fax to a good scan


def drawn(code: Qr) -> list[list[bool]]:
    """The modules that the path's lines cover; nothing but such lines may stand in it, and none overlaps."""
    assert LINE.sub("", code.path) == ""
    rows = [[False] * code.side for _ in range(code.side)]
    for x, y, length in (map(int, line) for line in LINE.findall(code.path)):
        for place in range(x, x + length):
            assert not rows[y][place]
            rows[y][place] = True
    return rows


def matrix(text: str) -> list[list[bool]]:
    made = qrcode.QRCode(
        border=QUIET_ZONE, error_correction=qrcode.constants.ERROR_CORRECT_M, mask_pattern=MASK
    )
    made.add_data(text)
    return made.get_matrix()


def scanned(pdf: bytes, resolution: int) -> list[zxingcpp.Barcode]:
    """What a reader of codes finds on the first page, at so many dots an inch."""
    words = ["pdftoppm", "-r", str(resolution), "-f", "1", "-l", "1", "-gray", "-"]
    picture = subprocess.run(words, input=pdf, capture_output=True, check=True).stdout
    return zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))


@pytest.mark.parametrize("text", TEXTS)
def test_the_path_covers_exactly_the_dark_modules(text: str):
    assert drawn(qr_path(text)) == matrix(text)


def test_a_zone_of_four_white_modules_is_kept_around_the_code():
    rows = drawn(qr_path(TEXTS[0]))
    inner = [row[QUIET_ZONE:-QUIET_ZONE] for row in rows[QUIET_ZONE:-QUIET_ZONE]]
    assert QUIET_ZONE == 4
    assert sum(map(sum, rows)) == sum(map(sum, inner))
    assert [any(row) for row in inner] == [True] * len(inner)


@pytest.mark.parametrize("resolution", PAPER)
def test_the_code_of_a_signed_letter_is_read_from_its_page(signed: Letter, resolution: int):
    kept = SignedLetter.objects.get(letter=signed)
    [code] = scanned(bytes(kept.pdf), resolution)
    assert (code.text, code.format) == (
        absolute(reverse("check:code", kwargs={"code": kept.code})),
        zxingcpp.BarcodeFormat.QRCode,
    )


def test_what_the_code_says_leads_to_the_page_that_knows_the_letter(signed: Letter):
    kept = SignedLetter.objects.get(letter=signed)
    [code] = scanned(bytes(kept.pdf), 150)
    page = Client().get(urlsplit(code.text).path)
    assert (page.status_code, kept.reference in page.content.decode()) == (200, True)
