"""A picture from whoever uploads it, as letters carry it: an opaque JPEG, its hash and its size.

How it is read and written again is the press's affair (press/images.py); here are the limits of a logo and of
a signature, and the words for what is wrong, in the reader's language.
"""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from PIL import Image

from press.images import Fault, ImageRefused, flatten

MOST_BYTES = 8 * 1024 * 1024
LOGO_SIDE, SIGNATURE_SIDE = 1200, 900  # pixels: paper shows a logo at 0.5 in, a signature at 2.5 in at most

WORDS: dict[Fault, Callable[[], str]] = {
    Fault.NO_PICTURE: lambda: _("This file is no PNG or JPEG picture. Save it as one of these first."),
    Fault.TOO_LARGE: lambda: _("This picture is too large. Make it at most 20 megapixels."),
    Fault.DAMAGED: lambda: _("This picture is damaged. Save it again, and choose the new file."),
    Fault.BLANK: lambda: _("This picture is white all over. Sign with a dark pen, and take another one."),
}


class PictureRefused(Exception):
    """The file cannot stand on a letter; its words say why and what to do."""


@dataclass(frozen=True)
class Made:
    """A picture that is fit for print: its bytes as JPEG, their SHA-256, and its size in pixels."""

    jpeg: bytes = field(repr=False)
    sha256: str
    width: int
    height: int


def made_logo(content: bytes) -> Made:
    """A logo, at most 1200 pixels a side. Raises PictureRefused."""
    return _made(content, longest=LOGO_SIDE)


def made_signature(content: bytes) -> Made:
    """A signature without the white around it, at most 900 pixels a side. Raises PictureRefused."""
    return _made(content, longest=SIGNATURE_SIDE, trim=True)


def _made(content: bytes, *, longest: int, trim: bool = False) -> Made:
    if len(content) > MOST_BYTES:
        raise PictureRefused(_("This file is larger than 8 MB. Choose a smaller one."))
    try:
        jpeg = flatten(content, longest=longest, trim=trim)
    except ImageRefused as refused:
        raise PictureRefused(_words(refused)) from refused
    with Image.open(io.BytesIO(jpeg)) as image:
        width, height = image.size
    return Made(jpeg, hashlib.sha256(jpeg).hexdigest(), width, height)


def _words(refused: ImageRefused) -> str:
    if refused.fault is Fault.TOO_LARGE and refused.size != (0, 0):
        width, height = refused.size
        words = _("This picture is %(width)d x %(height)d pixels. Make it at most 20 megapixels.")
        return words % {"width": width, "height": height}
    return WORDS[refused.fault]()
