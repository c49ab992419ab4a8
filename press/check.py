"""What a document must and must not hold, checked on its parsed tree before anything is laid out.

The layout engine claims PDF/UA-1 whether or not the source deserves it: images without a description, skipped
headings and empty titles are found here. Only known elements and attributes pass, so that a document cannot
bring its own styles, scripts, frames or attachments.
"""

import io
import re
from collections.abc import Collection, Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

from PIL import Image

from press.documents import Document, Reason, Refused
from press.images import MOST_PIXELS

SVG = "{http://www.w3.org/2000/svg}"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ELEMENTS = frozenset(
    [
        *("html", "head", "meta", "title", "body", "main", "header", "footer", "section", "div", "p", "span"),
        *HEADINGS,
        *("br", "hr", "strong", "b", "em", "i", "a", "bdi", "time", "img", "blockquote"),
        *("ul", "ol", "li", "dl", "dt", "dd"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
        *(f"{SVG}{name}" for name in ("svg", "title", "path", "g", "rect")),
    ]
)
ATTRIBUTES = frozenset(
    [
        *("class", "id", "lang", "dir", "title", "charset", "alt", "src", "href", "datetime"),
        *("colspan", "rowspan", "scope", "start"),
        *("viewBox", "d", "fill", "stroke", "stroke-width", "x", "y", "width", "height"),
    ]
)
LINKS = ("https:", "http:", "mailto:", "tel:", "#")
LANGUAGES = ("en", "es")
COLOR = re.compile(r"#[0-9a-fA-F]{6}")
FORMATS = ("JPEG", "PNG")
INVISIBLE = frozenset("\t\n\r\u00ad\u200b\u200c\u200d\u2060\ufeff")


def check_head(document: Document) -> None:
    """Raise Refused unless title, language and color can stand in the head."""
    if not document.title.strip():
        raise Refused(Reason.NOT_ACCESSIBLE, "The document has no title.")
    _check_language(document.lang)
    if not COLOR.fullmatch(document.brand):
        raise Refused(Reason.FORBIDDEN, f"The color “{document.brand}” is not of the form #163d3b.")
    for name, content in document.assets.items():
        _check_bytes(name, content)


def check_tree(root: Element, assets: Collection[str]) -> None:
    """Raise Refused unless every element of the parsed document may stand in it."""
    levels = []
    for element in _elements(root):
        if element.tag not in ELEMENTS:
            raise Refused(Reason.FORBIDDEN, f"The element <{_name(element)}> may not stand in a document.")
        for attribute in element.attrib:
            if attribute not in ATTRIBUTES:
                raise Refused(Reason.FORBIDDEN, f"The attribute “{attribute}” may not stand in a document.")
        if "lang" in element.attrib:
            _check_language(element.attrib["lang"])
        if element.tag == "img":
            _check_image(element, assets)
        elif element.tag == f"{SVG}svg":
            _check_drawing(element)
        elif element.tag == "a":
            _check_link(element)
        elif element.tag in HEADINGS:
            levels.append(int(element.tag[1]))
    _check_headings(levels)


def check_characters(text: str, known: Collection[int]) -> None:
    """Raise Refused when the fonts (``known`` code points) lack a character: print would show a box."""
    unknown = sorted({sign for sign in text if ord(sign) not in known and sign not in INVISIBLE})
    if unknown:
        names = ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in unknown[:5])
        words = f"The fonts cannot print {names}. Write it in another way."
        raise Refused(Reason.UNKNOWN_CHARACTER, words, names)


def text_of(root: Element) -> str:
    """Return all text that the document prints."""
    return "".join(root.itertext())


def _elements(root: Element) -> Iterator[Element]:
    return (element for element in root.iter() if isinstance(element.tag, str))


def _name(element: Element) -> str:
    return element.tag.removeprefix(SVG)


def _check_language(lang: str) -> None:
    if lang not in LANGUAGES:
        raise Refused(
            Reason.NOT_ACCESSIBLE, f"“{lang}” is none of the press's languages: {', '.join(LANGUAGES)}."
        )


def _check_bytes(name: str, content: bytes) -> None:
    """Look at an image's first bytes with JPEG and PNG alone: the engine would try every format there is."""
    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
        pixels = image.width * image.height
    except Image.DecompressionBombError:
        pixels = MOST_PIXELS + 1
    except (OSError, ValueError, SyntaxError) as error:
        raise Refused(Reason.FORBIDDEN, f"The image “{name}” is neither JPEG nor PNG.") from error
    if pixels > MOST_PIXELS:
        raise Refused(Reason.TOO_LARGE, f"The image “{name}” has more than 20 megapixels.")


def _check_image(element: Element, assets: Collection[str]) -> None:
    source = element.get("src", "")
    if not source.startswith("asset:"):
        raise Refused(Reason.FORBIDDEN, f"The image “{source[:80]}” was not sent with the document.")
    name = source.removeprefix("asset:")
    if name not in assets:
        raise Refused(Reason.MISSING_ASSET, f"The image “{name}” is missing.")
    if not element.get("alt", "").strip():
        raise Refused(Reason.NOT_ACCESSIBLE, f"The image “{name}” has no description.")


def _check_drawing(element: Element) -> None:
    title = element.find(f"{SVG}title")
    if title is None or not (title.text or "").strip():
        raise Refused(Reason.NOT_ACCESSIBLE, "A drawing has no title that describes it.")


def _check_link(element: Element) -> None:
    target = element.get("href", "")
    if not target.startswith(LINKS):
        raise Refused(Reason.FORBIDDEN, f"The link “{target[:80]}” may not stand in a document.")
    if not text_of(element).strip():
        raise Refused(Reason.NOT_ACCESSIBLE, "A link has no text.")


def _check_headings(levels: list[int]) -> None:
    if levels[:1] != [1]:
        raise Refused(Reason.NOT_ACCESSIBLE, "The first heading must be one of level 1.")
    if any(below - above > 1 for above, below in pairwise(levels)):
        raise Refused(Reason.NOT_ACCESSIBLE, "A heading skips a level.")
