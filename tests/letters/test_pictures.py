"""From whatever somebody uploads to an opaque JPEG, or to a sentence that says what is wrong."""

import hashlib
import zlib

import pytest
from PIL import Image, ImageFile

from letters.pictures import MOST_BYTES, PictureRefused, made_logo, made_signature
from tests.letters.drawing import chunk, encoded, logo, opened, png, signature

NO_PICTURE = "This file is no PNG or JPEG picture. Save it as one of these first."
DAMAGED = "This picture is damaged. Save it again, and choose the new file."
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file showpage\n"
RED = Image.new("RGB", (400, 400), "red")


@pytest.fixture(autouse=True)
def as_in_the_portal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Importing WeasyPrint, as other tests do, lets damaged pictures through in the whole process."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)


def refused(content: bytes) -> str:
    with pytest.raises(PictureRefused) as told:
        made_logo(content)
    return str(told.value)


@pytest.mark.parametrize(
    "content",
    [
        encoded(RED, "GIF"),
        encoded(RED, "WEBP"),
        encoded(RED, "BMP"),
        encoded(RED, "TIFF"),
        SVG,
        EPS,
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"MZ",
        b"",
        encoded(RED)[:20],
    ],
    ids=["gif", "webp", "bmp", "tiff", "svg", "eps", "pdf", "zip", "exe", "empty", "head of a png"],
)
def test_what_is_no_png_or_jpeg_by_its_content_is_refused(content: bytes):
    assert refused(content) == NO_PICTURE


@pytest.mark.parametrize(
    "content",
    [
        encoded(RED)[:300],
        encoded(Image.effect_noise((300, 300), 60), "JPEG")[:2000],
        png(400, 400, b"\0" * 100),
        png(40, 40, b"\0" * (40 * 121), more=chunk(b"zTXt", b"a\0\0" + zlib.compress(b" " * 10**8))),
    ],
    ids=["png cut off", "jpeg cut off", "too few pixels", "a text of 100 MB"],
)
def test_a_damaged_picture_is_refused(content: bytes):
    assert refused(content) in (DAMAGED, NO_PICTURE)


def test_twenty_megapixels_are_the_most_and_the_size_is_said():
    assert refused(encoded(Image.new("1", (6000, 5000)))) == (
        "This picture is 6000 x 5000 pixels. Make it at most 20 megapixels."
    )
    assert refused(encoded(Image.new("1", (21_000, 1000)))) == (
        "This picture is 21000 x 1000 pixels. Make it at most 20 megapixels."
    )
    assert made_logo(encoded(Image.new("1", (5000, 4000)))).width == 1200


@pytest.mark.parametrize("side", [12_000, 60_000, 2**31 - 1])
def test_a_bomb_is_refused_by_its_head_alone(side: int):
    assert refused(png(side, side, b"\0" * 1000)).endswith("Make it at most 20 megapixels.")


def test_a_file_of_more_than_8_mb_is_refused_unread():
    assert refused(b"\0" * (MOST_BYTES + 1)) == "This file is larger than 8 MB. Choose a smaller one."


@pytest.mark.parametrize(
    ("content", "color"),
    [
        (encoded(Image.new("RGBA", (40, 20), (0, 0, 0, 0))), (255, 255, 255)),
        (encoded(Image.new("LA", (40, 20), (0, 0))), (255, 255, 255)),
        (encoded(Image.new("RGB", (40, 20), "red"), transparency=(255, 0, 0)), (255, 255, 255)),
        (encoded(Image.new("RGBA", (40, 20), (0, 0, 0, 0)).quantize()), (255, 255, 255)),
        (encoded(Image.new("I;16", (40, 20), 30_000)), (117, 117, 117)),
        (png(40, 20, (b"\0" + b"\x80\x00" * 120) * 20, depth=16), (128, 128, 128)),
        (encoded(Image.new("CMYK", (40, 20), (0, 0, 0, 255)), "JPEG"), (0, 0, 0)),
        (encoded(Image.new("L", (40, 20), 200), "JPEG"), (200, 200, 200)),
        (encoded(Image.new("1", (40, 20), 1)), (255, 255, 255)),
    ],
    ids=["rgba", "la", "one color", "palette", "gray of 16 bits", "16 bits", "cmyk", "gray", "one bit"],
)
def test_every_kind_of_picture_becomes_an_opaque_jpeg(content: bytes, color: tuple[int, int, int]):
    made = made_logo(content)
    image = opened(made.jpeg)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (40, 20))
    assert (made.width, made.height, made.sha256) == (40, 20, hashlib.sha256(made.jpeg).hexdigest())
    assert image.getpixel((20, 10)) == color


def test_where_it_was_taken_and_every_other_note_goes():
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    exif.get_ifd(0x8825)[2] = (29.0, 18.0, 3.0)
    jpeg = made_logo(encoded(RED, "JPEG", exif=exif, comment=b"by me", icc_profile=b"x" * 200)).jpeg
    image = opened(jpeg)
    assert (dict(image.getexif()), dict(image.getexif().get_ifd(0x8825))) == ({}, {})
    assert sorted(image.info) == ["jfif", "jfif_density", "jfif_unit", "jfif_version"]
    assert [note in jpeg for note in (b"home", b"by me", b"xxxx")] == [False, False, False]


def test_a_picture_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    made = made_logo(encoded(Image.new("RGB", (40, 20)), "JPEG", exif=exif))
    assert (made.width, made.height) == (20, 40)


def test_of_a_moving_picture_the_first_frame_counts():
    frames = [Image.new("RGB", (20, 20), color) for color in ("#ff0000", "#0000ff")]
    moving = encoded(frames[0], "PNG", save_all=True, append_images=frames[1:])
    assert opened(made_logo(moving).jpeg).getpixel((10, 10)) == (254, 0, 0)


def test_a_signature_loses_the_white_around_it_and_is_as_wide_as_paper_shows():
    made = made_signature(signature())
    assert (made.width, made.height) == (763, 213)
    assert made_signature(encoded(Image.new("RGB", (3000, 500), "black"))).width == 900


def test_an_empty_sheet_is_no_signature():
    with pytest.raises(PictureRefused) as told:
        made_signature(encoded(Image.new("RGB", (300, 300), "white")))
    assert str(told.value) == "This picture is white all over. Sign with a dark pen, and take another one."


def test_the_same_picture_is_the_same_bytes():
    assert made_logo(logo()).sha256 == made_logo(logo()).sha256
