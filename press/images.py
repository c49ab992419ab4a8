"""Logos and signatures as they come from people, made fit for print: opaque JPEG without metadata.

An image with transparency is encoded anew for every letter, which costs a third of the press's speed, so it
is flattened onto white once, at upload.
"""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 20_000_000
LONGEST_SIDE = 1200  # pixels: 0.6 in at 2000 dots an inch, far above what paper shows
QUALITY = 90
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class ImageRefused(Exception):
    """The bytes cannot be used as an image; says why in one sentence."""


def flatten(content: bytes) -> bytes:
    """Return the image as an opaque JPEG on white, upright, at most 1200 pixels long, without metadata."""
    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError) as error:
        raise ImageRefused(
            "This file is not an image that can be printed. Use a PNG or JPEG file."
        ) from error
    if image.width * image.height > MOST_PIXELS:
        raise ImageRefused("This image has more than 20 megapixels. Make it smaller and try again.")
    try:
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, ValueError, SyntaxError) as error:
        raise ImageRefused("This image is damaged. Save it again and upload the new file.") from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    page = Image.new("RGB", upright.size, "white")
    page.paste(upright, mask=upright.getchannel("A"))
    printed = io.BytesIO()
    page.save(printed, "JPEG", quality=QUALITY)
    return printed.getvalue()
