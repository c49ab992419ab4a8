import io

import pytest
from PIL import Image, ImageFile

from press.images import Fault, ImageRefused, flatten


def encoded(image: Image.Image, format: str = "PNG", **options: object) -> bytes:
    content = io.BytesIO()
    image.save(content, format, **options)
    return content.getvalue()


def test_transparency_becomes_white_and_metadata_goes():
    logo = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    printed = Image.open(io.BytesIO(flatten(encoded(logo, exif=exif))))
    assert (printed.format, printed.mode, printed.size) == ("JPEG", "RGB", (40, 20))
    assert printed.getpixel((5, 5)) == (255, 255, 255)
    assert dict(printed.getexif()) == {}


def test_a_photo_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    printed = Image.open(io.BytesIO(flatten(encoded(Image.new("RGB", (40, 20)), "JPEG", exif=exif))))
    assert printed.size == (20, 40)


def test_a_large_image_is_made_smaller():
    printed = Image.open(io.BytesIO(flatten(encoded(Image.new("L", (3000, 1500))))))
    assert printed.size == (1200, 600)


@pytest.mark.parametrize(
    ("content", "fault", "words"),
    [
        (b"%PDF-1.7", Fault.NO_PICTURE, "This file is no PNG or JPEG picture."),
        (
            encoded(Image.new("RGB", (40, 40)), "GIF"),
            Fault.NO_PICTURE,
            "This file is no PNG or JPEG picture.",
        ),
        (
            encoded(Image.new("1", (5000, 4001))),
            Fault.TOO_LARGE,
            "This picture has more than 20 megapixels.",
        ),
        (
            encoded(Image.new("RGB", (400, 400), "red"), "PNG")[:300],
            Fault.DAMAGED,
            "This picture is damaged.",
        ),
    ],
)
def test_what_cannot_be_printed_is_said(
    content: bytes, fault: Fault, words: str, monkeypatch: pytest.MonkeyPatch
):
    # Importing WeasyPrint, as other tests do, sets this for the whole process.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
    with pytest.raises(ImageRefused) as told:
        flatten(content)
    assert (told.value.fault, str(told.value)) == (fault, words)


def test_a_picture_that_is_too_large_tells_its_size():
    with pytest.raises(ImageRefused) as told:
        flatten(encoded(Image.new("1", (5000, 4001))))
    assert told.value.size == (5000, 4001)


def test_white_margins_are_cut_off_where_that_is_asked():
    drawn = Image.new("RGB", (400, 300), "white")
    drawn.paste((0, 0, 0), (100, 100, 200, 150))
    assert Image.open(io.BytesIO(flatten(encoded(drawn), trim=True))).size == (112, 62)
    with pytest.raises(ImageRefused) as told:
        flatten(encoded(Image.new("RGB", (400, 300), "white")), trim=True)
    assert told.value.fault == Fault.BLANK
