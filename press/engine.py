"""The warm engine: stylesheets parsed, fonts loaded, a sample of each made before the first order."""

import html
import io
import logging
import warnings
from itertools import product
from pathlib import Path

with warnings.catch_warnings():
    # No font of the system is wanted: see fonts/fonts.conf.
    warnings.filterwarnings("ignore", "No fonts configured")
    import weasyprint
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from press import check
from press.assets import AssetFetcher
from press.documents import Document, Pdf, Reason, Refused

HERE = Path(__file__).parent
SERIF = "source-serif-4"
VARIANT = "pdf/ua-1"
SAMPLES = ("Sample", "Жук", "Ωμέγα")  # a word in each script that the serif has
TIGHT = "tight"  # the class of the root in the smaller size
VERSION: str = weasyprint.VERSION

# What they would log and matters to us, press.check refuses.
for _name in ("weasyprint", "weasyprint.progress", "fontTools"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class Engine:
    """Makes documents from the press's own stylesheets and fonts; build it once, before forking."""

    def __init__(self) -> None:
        fonts = {path.name: path.read_bytes() for path in sorted((HERE / "fonts").glob("*.ttf"))}
        self._known = _characters(fonts)
        self._fonts = FontConfiguration()
        self._stylesheets = {
            path.stem: weasyprint.CSS(
                string=path.read_text(), url_fetcher=AssetFetcher(fonts), font_config=self._fonts
            )
            for path in (HERE / "styles").glob("*.css")
        }
        self._warm()

    def make(self, document: Document) -> Pdf:
        """Return the tagged PDF; raises Refused, and MemoryError where the memory does not suffice."""
        check.check_head(document)
        if document.stylesheet not in self._stylesheets:
            raise Refused(Reason.FORBIDDEN, f"The press has no stylesheet “{document.stylesheet}”.")
        fetcher = AssetFetcher(document.assets)
        parsed = weasyprint.HTML(string=_page(document), url_fetcher=fetcher)
        check.check_tree(parsed.etree_element, document.assets)
        check.check_characters(check.text_of(parsed.etree_element), self._known)
        parsed.etree_element.set("style", f"--brand: {document.brand}")
        try:
            made = self._print(parsed, document.stylesheet)
            if made.pages > 1:
                made = self._print(parsed, document.stylesheet, TIGHT)
        except FatalURLFetchingError as error:
            raise Refused(Reason.FORBIDDEN, f"The document asks for “{str(error)[:80]}”.") from error
        if fetcher.refused:
            raise Refused(Reason.FORBIDDEN, f"The document asks for “{fetcher.refused[0][:80]}”.")
        return made

    def _print(self, parsed: weasyprint.HTML, stylesheet: str, size: str = "") -> Pdf:
        parsed.etree_element.set("class", size)
        laid_out = parsed.render(
            font_config=self._fonts, stylesheets=[self._stylesheets[stylesheet]], pdf_variant=VARIANT
        )
        return Pdf(laid_out.write_pdf(pdf_variant=VARIANT), len(laid_out.pages))

    def _warm(self) -> None:
        """Print each piece of each sample in each script, language and size: no font is new to a child.

        From 1.52 on, Pango looks a font up, and measures it, with the help of a thread, which a forked child
        does not have: it would wait for it until its deadline. So press.check lets only elements and
        languages pass whose fonts are warm, and a stylesheet's sample has one piece for each of its fonts:
        the engine measures a face only in the size in which a document first shows it.
        """
        for stylesheet in self._stylesheets:
            pieces = (HERE / "styles" / f"{stylesheet}.sample.html").read_text().split("\n\n")
            for piece, word, lang, size in product(pieces, SAMPLES, check.LANGUAGES, ("", TIGHT)):
                page = _page(Document(piece.replace("Sample", word), title="Sample", lang=lang))
                self._print(weasyprint.HTML(string=page, url_fetcher=AssetFetcher({})), stylesheet, size)


def _page(document: Document) -> str:
    return (
        f'<!doctype html><html lang="{document.lang}"><head><meta charset="utf-8">'
        f"<title>{html.escape(document.title)}</title></head><body>{document.html}</body></html>"
    )


def _characters(fonts: dict[str, bytes]) -> frozenset[int]:
    """Return the code points that every face of the serif has; the sans falls back to it."""
    faces = [TTFont(io.BytesIO(content)) for name, content in fonts.items() if name.startswith(SERIF)]
    return frozenset(set.intersection(*(set(face.getBestCmap()) for face in faces)))
