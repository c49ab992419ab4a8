"""The warm engine: stylesheets parsed, fonts loaded, a sample of each made before the first order."""

import html
import io
import logging
import string
import warnings
import zlib
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from types import SimpleNamespace

with warnings.catch_warnings():
    # No font of the system is wanted: see fonts/fonts.conf.
    warnings.filterwarnings("ignore", "No fonts configured")
    import weasyprint
import pydyf  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import Image
from weasyprint.text.ffi import ffi
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from press import check
from press.assets import AssetFetcher
from press.documents import Document, Pdf, Reason, Refused
from press.languages import tag_languages

HERE = Path(__file__).parent
FAMILIES = ("source-serif-4", "noto-serif-hebrew", "amiri")  # what one lacks the next may have
VARIANT = "pdf/ua-1"
SAMPLES = ("Sample", "Жук", "Ωμέγα", "שלום, 1", "سلام, 1")  # a word in each script that the fonts have
USUAL = string.printable.strip() + "áéíóúüñÁÉÍÓÚÜÑ¿¡“”‘’–—•"  # what most letters are written with
TIGHT = "tight"  # the class of the root in the smaller size
VERSION: str = weasyprint.VERSION

# What they would log and matters to us, press.check refuses.
for _name in ("weasyprint", "weasyprint.progress", "fontTools"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


# pydyf compresses at level 9: twice the time of level 5, for a hundredth of the size.
pydyf.zlib = SimpleNamespace(compressobj=lambda level: zlib.compressobj(5), compress=zlib.compress)
tag_languages()


class Page(weasyprint.HTML):  # type: ignore[misc]
    """A parsed document, whose elements mean what base.css says."""

    MEANING = weasyprint.CSS(string=(HERE / "base.css").read_text(), url_fetcher=AssetFetcher({}))

    def _ua_stylesheets(self, forms: bool = False) -> list[weasyprint.CSS]:
        return [self.MEANING]


class Engine:
    """Makes documents from the press's own stylesheets and fonts; build it once, before forking."""

    def __init__(self) -> None:
        fonts = {path.name: path.read_bytes() for path in sorted((HERE / "fonts").glob("*.ttf"))}
        faces = {name: TTFont(io.BytesIO(content)) for name, content in fonts.items()}
        self._known = _characters(faces)
        self._fonts = FontConfiguration()
        fetcher = AssetFetcher(fonts)

        def sheet(path: Path) -> weasyprint.CSS:
            return weasyprint.CSS(string=path.read_text(), url_fetcher=fetcher, font_config=self._fonts)

        sheet(HERE / "fonts.css")
        self._stylesheets = {path.stem: sheet(path) for path in (HERE / "styles").glob("*.css")}
        self._warm()
        _warm_lengths(faces.values())

    def make(self, document: Document) -> Pdf:
        """Return the tagged PDF; raises Refused, and MemoryError where the memory does not suffice."""
        check.check_head(document)
        if document.stylesheet not in self._stylesheets:
            raise Refused(Reason.FORBIDDEN, f"The press has no stylesheet “{document.stylesheet}”.")
        fetcher = AssetFetcher(document.assets)
        parsed = Page(string=_page(document), url_fetcher=fetcher)
        check.check_tree(parsed.etree_element, document.assets)
        check.check_characters(check.text_of(parsed.etree_element), self._known)
        try:
            made = self._print(parsed, document)
            if made.pages > document.pages:  # the smaller size, where that saves a page
                # Anew, since the engine keeps the classes that an element had at the first print.
                again = Page(string=_page(document), url_fetcher=fetcher)
                made = min(made, self._print(again, document, TIGHT), key=lambda one: one.pages)
        except FatalURLFetchingError as error:
            raise Refused(Reason.FORBIDDEN, f"The document asks for “{str(error)[:80]}”.") from error
        if fetcher.refused:
            raise Refused(Reason.FORBIDDEN, f"The document asks for “{fetcher.refused[0][:80]}”.")
        return made

    def _print(self, parsed: Page, document: Document, size: str = "") -> Pdf:
        parsed.etree_element.set("class", size)
        parsed.etree_element.set("style", f"--brand: {document.brand}")
        laid_out = parsed.render(
            font_config=self._fonts, stylesheets=[self._stylesheets[document.stylesheet]], pdf_variant=VARIANT
        )
        return Pdf(laid_out.write_pdf(pdf_variant=VARIANT), len(laid_out.pages))

    def _warm(self) -> None:
        """Print each piece of each sample in each script, language and size: no font is new to a child.

        From 1.52 on, Pango looks a font up, and measures it, with the help of a thread, which a forked child
        does not have: it would wait for it until its deadline. So press.check lets only elements and
        languages pass whose fonts are warm, and a stylesheet's sample has one piece for each of its fonts:
        the engine measures a face only in the size in which a document first shows it.
        """
        images = {"sample.jpg": _image()}
        for stylesheet in self._stylesheets:
            pieces = (HERE / "styles" / f"{stylesheet}.sample.html").read_text().split("\n\n")
            for piece, word, lang, size in product(pieces, SAMPLES, check.LANGUAGES, ("", TIGHT)):
                sample = Document(
                    piece.replace("Sample", word), title="Sample", lang=lang, stylesheet=stylesheet
                )
                page = Page(string=_page(sample), url_fetcher=AssetFetcher(images))
                self._print(page, sample, size)


def _page(document: Document) -> str:
    return (
        f'<!doctype html><html lang="{document.lang}"><head><meta charset="utf-8">'
        f"<title>{html.escape(document.title)}</title></head><body>{document.html}</body></html>"
    )


def _image() -> bytes:
    """A white JPEG: with it the decoder is loaded, too."""
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(content, "JPEG")
    return content.getvalue()


def _characters(faces: dict[str, TTFont]) -> frozenset[int]:
    """Return the code points that every face of some family has; the sans falls back to these."""
    families = (
        [set(face.getBestCmap()) for name, face in faces.items() if name.startswith(family)]
        for family in FAMILIES
    )
    return frozenset(set.union(*(set.intersection(*known) for known in families)))


def _warm_lengths(faces: Iterable[TTFont]) -> None:
    """Have the engine's C types parsed for the lists of glyphs that an ordinary text leads to.

    For each font that it embeds, the engine declares an array as long as the font has used glyphs, and one
    as long as the last of them is far from the first. Each length is a new type, which takes 1.5 ms to parse.
    """
    last = {
        face.getGlyphID(name)
        for face in faces
        for name in map(face.getBestCmap().get, map(ord, USUAL))
        if name
    }
    for length in {*range(1, len(USUAL)), *(place + 1 for place in last)}:
        ffi.typeof(f"hb_codepoint_t[{length}]")
