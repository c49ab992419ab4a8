"""Draws the demo's pictures: a logo for the district and one for a school, and its principal's signature."""

import io
import math

from PIL import Image, ImageDraw

from letters.pictures import made_logo, made_signature
from letters.services import put_logo, put_signature

from .cast import Cast

INK = (20, 34, 74)
GREEN = (22, 61, 59)
GOLD = (243, 182, 60)
TURNS = 7


def add_pictures(cast: Cast) -> None:
    """They stand on the letters that are signed afterwards."""
    staff = next(member for member in cast.people.values() if member.role == "staff")
    principal = cast.principal_of("quillback")
    put_logo(made=made_logo(_harbor()), school=None, by=staff)
    put_logo(made=made_logo(_quill()), school=cast.schools["quillback"], by=principal)
    put_signature(made=made_signature(_signature()), by=principal)


def _harbor() -> bytes:
    """A sun over two waves."""
    image, pen = _sheet(400, 400)
    pen.ellipse((120, 40, 280, 200), fill=GOLD)
    for top in (220, 300):
        line = [(x, top + 22 * math.sin(x / 28)) for x in range(20, 381)]
        pen.line(line, fill=GREEN, width=26, joint="curve")
    return _bytes(image)


def _quill() -> bytes:
    """A quill in a ring."""
    image, pen = _sheet(400, 400)
    pen.ellipse((14, 14, 386, 386), outline=GREEN, width=22)
    pen.polygon([(110, 300), (150, 170), (300, 90), (270, 210), (170, 262)], fill=GREEN)
    pen.line([(100, 316), (262, 130)], fill="white", width=8)
    return _bytes(image)


def _signature() -> bytes:
    """A name as a quick hand writes it: a tall first letter, loops, and a stroke under them."""
    image, pen = _sheet(1400, 500)
    pen.arc((80, 60, 300, 420), 60, 330, fill=INK, width=11)
    turns = (step / 40 for step in range(int(TURNS * math.tau * 40)))
    loops = [
        (300 + 22 * turn + 34 * math.sin(turn), 260 - 46 * math.cos(turn) * (1 - turn / 60)) for turn in turns
    ]
    pen.line(loops, fill=INK, width=9, joint="curve")
    pen.line([(220, 430), (700, 385), (1280, 330)], fill=INK, width=8, joint="curve")
    return _bytes(image)


def _sheet(width: int, height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (width, height), "white")
    return image, ImageDraw.Draw(image)


def _bytes(image: Image.Image) -> bytes:
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()
