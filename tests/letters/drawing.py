"""Pictures that tests draw: a logo, a signature, and hostile ones, as people would upload them."""

import io
import struct
import zlib

from PIL import Image, ImageDraw

from letters import pictures


def encoded(image: Image.Image, format: str = "PNG", **options: object) -> bytes:
    content = io.BytesIO()
    image.save(content, format, **options)
    return content.getvalue()


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))


def logo() -> bytes:
    """A ring on nothing."""
    image = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((20, 20, 280, 280), outline=(22, 61, 59, 255), width=40)
    return encoded(image)


def signature() -> bytes:
    """Strokes in the middle of a white sheet."""
    image = Image.new("RGB", (1600, 1200), "white")
    pen = ImageDraw.Draw(image)
    for step in range(6):
        pen.arc((400 + step * 110, 500, 600 + step * 110, 700), 90, 360, fill="black", width=12)
    return encoded(image)


def made_logo() -> pictures.Made:
    return pictures.made_logo(logo())


def made_signature() -> pictures.Made:
    return pictures.made_signature(signature())


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(
    width: int, height: int, pixels: bytes, *, depth: int = 8, color: int = 2, more: bytes = b""
) -> bytes:
    """A PNG by hand: `pixels` are its rows, packed here."""
    head = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    body = chunk(b"IHDR", head) + more + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body
