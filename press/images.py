"""Logos and signatures as they come from people, made fit for print: opaque JPEG without metadata.

An image with transparency is encoded anew for every letter, which costs a third of the press's speed, so it
is flattened onto white once, at upload.
"""

import io
from enum import StrEnum

from PIL import Image, ImageOps

MOST_PIXELS = 20_000_000
LONGEST_SIDE = 1200  # pixels: 0.6 in at 2000 dots an inch, far above what paper shows
QUALITY = 90
FORMATS = ("JPEG", "PNG")
PAPER = 235  # how light a gray of 0 to 255 is paper and no stroke, where margins are cut off
AIR = 6  # pixels of paper that stay around what is cut out


class Fault(StrEnum):
    """Why an image cannot be printed."""

    NO_PICTURE = "no picture"
    TOO_LARGE = "too large"
    DAMAGED = "damaged"
    BLANK = "blank"


WORDS = {
    Fault.NO_PICTURE: "This file is no PNG or JPEG picture.",
    Fault.TOO_LARGE: "This picture has more than 20 megapixels.",
    Fault.DAMAGED: "This picture is damaged.",
    Fault.BLANK: "This picture is white all over.",
}


class ImageRefused(Exception):
    """The bytes cannot be used as an image: which fault, and the size in pixels where it is known."""

    def __init__(self, fault: Fault, size: tuple[int, int] = (0, 0)) -> None:
        super().__init__(WORDS[fault])
        self.fault, self.size = fault, size


def flatten(content: bytes, *, longest: int = LONGEST_SIDE, trim: bool = False) -> bytes:
    """Return the image as an opaque JPEG on white, upright, at most `longest` pixels a side, bare of notes.

    PNG and JPEG are read, by their content, and of several frames the first. With `trim`, white margins go.
    Raises ImageRefused; the size is looked at before any pixel is.
    """
    image = _opened(content)
    try:
        page = _on_white(ImageOps.exif_transpose(image))
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise ImageRefused(Fault.DAMAGED) from error
    if trim:
        page = page.crop(_inked(page))
    page.thumbnail((longest, longest))
    page.info = {}  # a comment of the file's would be written again
    printed = io.BytesIO()
    page.save(printed, "JPEG", quality=QUALITY)
    return printed.getvalue()


def _opened(content: bytes) -> Image.Image:
    """The image with its head read alone. A bomb is one by Pillow's own, higher, limit."""
    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageRefused(Fault.TOO_LARGE) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise ImageRefused(Fault.NO_PICTURE) from error
    if image.width * image.height > MOST_PIXELS:
        raise ImageRefused(Fault.TOO_LARGE, image.size)
    return image


def _on_white(image: Image.Image) -> Image.Image:
    """The image in RGB, what shows through it white. Grays of 16 bits become grays of 8."""
    if image.mode.startswith(("I", "F")):
        image = image.convert("I").point(lambda gray: gray * (1 / 256)).convert("L")
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return image.convert("RGB")
    drawn = image.convert("RGBA")
    page = Image.new("RGB", drawn.size, "white")
    page.paste(drawn, mask=drawn.getchannel("A"))
    return page


def _inked(page: Image.Image) -> tuple[int, int, int, int]:
    """The part of a page in which something stands. Raises ImageRefused where nothing does."""
    ink = page.convert("L").point(lambda gray: 0 if gray > PAPER else 255)
    box = ink.getbbox()
    if box is None:
        raise ImageRefused(Fault.BLANK)
    left, top, right, bottom = box
    return (
        max(0, left - AIR),
        max(0, top - AIR),
        min(page.width, right + AIR),
        min(page.height, bottom + AIR),
    )
