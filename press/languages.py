"""The language of a part of a document, in its tags.

The layout engine tags the language of the whole document alone. A part in another language must say so in its
tag, or a screen reader reads Spanish as English (WCAG 2.1, 3.1.2; ISO 14289-1, 7.2).
"""

from collections.abc import Iterator
from typing import Any

import pydyf  # type: ignore[import-untyped]
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags

_build = tags._build_box_tree


def tag_languages() -> None:
    """Have each element with a `lang` of its own, the document's root aside, tagged with it from now on."""
    tags._build_box_tree = _build_with_language


def _build_with_language(box: Any, *args: Any) -> Iterator[Any]:
    shown = box._box if isinstance(box, AbsolutePlaceholder) else box
    element: Any = getattr(shown, "element", None)
    is_part = element is not None and shown.element_tag not in ("html", "body")
    language = element.get("lang") if is_part else None
    for tag in _build(box, *args):
        if language:
            tag["Lang"] = pydyf.String(language)
        yield tag
