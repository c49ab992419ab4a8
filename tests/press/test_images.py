import io

import pytest
from PIL import Image, ImageFile

from press.images import ImageRefused, flatten


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
    ("content", "words"),
    [
        (b"%PDF-1.7", "This file is not an image that can be printed. Use a PNG or JPEG file."),
        (
            encoded(Image.new("1", (5000, 4001))),
            "This image has more than 20 megapixels. Make it smaller and try again.",
        ),
        (
            encoded(Image.new("RGB", (400, 400), "red"), "PNG")[:300],
            "This image is damaged. Save it again and upload the new file.",
        ),
    ],
)
def test_what_cannot_be_printed_is_said(content: bytes, words: str, monkeypatch: pytest.MonkeyPatch):
    # Importing WeasyPrint, as other tests do, sets this for the whole process.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
    with pytest.raises(ImageRefused) as told:
        flatten(content)
    assert str(told.value) == words
