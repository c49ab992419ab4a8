"""The warm engine: stylesheets parsed, fonts loaded, a sample of each made before the first order."""

import html
import io
import logging
import warnings
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
FAMILIES = ("source-serif-4", "public-sans")
VARIANT = "pdf/ua-1"
VERSION: str = weasyprint.VERSION

# What they would log and matters to us, press.check refuses.
for _name in ("weasyprint", "weasyprint.progress", "fontTools"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class Engine:
    """Makes documents from the press's own stylesheets and fonts; build it once, before forking."""

    def __init__(self) -> None:
        fonts = {path.name: path.read_bytes() for path in sorted((HERE / "fonts").glob("*.woff2"))}
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
            made = self._print(parsed, document)
        except FatalURLFetchingError as error:
            raise Refused(Reason.FORBIDDEN, f"The document asks for “{str(error)[:80]}”.") from error
        if fetcher.refused:
            raise Refused(Reason.FORBIDDEN, f"The document asks for “{fetcher.refused[0][:80]}”.")
        return made

    def _print(self, parsed: weasyprint.HTML, document: Document) -> Pdf:
        laid_out = self._lay_out(parsed, document)
        if len(laid_out.pages) > 1:
            parsed.etree_element.set("class", "tight")
            laid_out = self._lay_out(parsed, document)
        return Pdf(laid_out.write_pdf(pdf_variant=VARIANT), len(laid_out.pages))

    def _lay_out(self, parsed: weasyprint.HTML, document: Document) -> weasyprint.Document:
        return parsed.render(
            font_config=self._fonts, stylesheets=[self._stylesheets[document.stylesheet]], pdf_variant=VARIANT
        )

    def _warm(self) -> None:
        """Print each sample in each language and both sizes, so that every font is looked up before a fork.

        Pango (from 1.52 on) looks fonts up in a thread, which a forked child does not have: a font that is
        new to it would make it wait for its deadline. So press.check lets only elements and languages
        through whose fonts are warm, and each stylesheet's sample holds all of its combinations.
        """
        for name in self._stylesheets:
            sample = (HERE / "styles" / f"{name}.sample.html").read_text()
            for lang in check.LANGUAGES:
                self.make(Document(sample, title="Sample", lang=lang, stylesheet=name))
                self.make(Document(sample + "<p>More</p>" * 40, title="Sample", lang=lang, stylesheet=name))


def _page(document: Document) -> str:
    return (
        f'<!doctype html><html lang="{document.lang}"><head><meta charset="utf-8">'
        f"<title>{html.escape(document.title)}</title></head><body>{document.html}</body></html>"
    )


def _characters(fonts: dict[str, bytes]) -> frozenset[int]:
    """Return the code points that every family can print."""
    families = []
    for family in FAMILIES:
        held: set[int] = set()
        for name, content in fonts.items():
            if name.startswith(family):
                held.update(TTFont(io.BytesIO(content)).getBestCmap())
        families.append(held)
    return frozenset(set.intersection(*families))
