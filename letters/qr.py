"""The QR code at the foot of a letter, as a path for SVG."""

from dataclasses import dataclass
from itertools import groupby

import qrcode

QUIET_ZONE = 4  # modules of white around the code, as ISO/IEC 18004 asks
MASK = 3  # of eight: (row + column) mod 3, which breaks up even areas


@dataclass(frozen=True)
class Qr:
    """A QR code as an SVG path, to be stroked one unit wide, and its side in modules, quiet zone included."""

    path: str
    side: int


def qr_path(text: str) -> Qr:
    """The QR code of a text, with 15 percent of error correction.

    A line for each run of dark modules: a square for each module would take a fifth of a letter's printing.
    The mask is fixed, which every reader understands: to weigh all eight would take a sixth.
    """
    made = qrcode.QRCode(
        border=QUIET_ZONE, error_correction=qrcode.constants.ERROR_CORRECT_M, mask_pattern=MASK
    )
    made.add_data(text)
    made.make(fit=True)
    rows = made.get_matrix()
    return Qr("".join(_line(row, y) for y, row in enumerate(rows)), len(rows))


def _line(row: list[bool], y: int) -> str:
    runs, x = [], 0
    for dark, modules in groupby(row):
        length = len(list(modules))
        if dark:
            runs.append(f"M{x} {y}.5h{length}")
        x += length
    return "".join(runs)
