"""Names that are written from right to left, as Hebrew and Arabic are, within a sentence that is not.

Without a mark around it, such a name takes a comma or a number that follows it along to its other side.
"""

import html
import unicodedata

from django.utils.safestring import SafeString, mark_safe

RIGHT_TO_LEFT = ("R", "AL")  # the bidirectional classes of Hebrew and of Arabic letters (UAX 9)


def isolated(text: str) -> SafeString:
    """A text as HTML: escaped, and in <bdi> where it has letters that are written from right to left."""
    escaped = html.escape(text)
    if text.isascii() or not any(unicodedata.bidirectional(sign) in RIGHT_TO_LEFT for sign in text):
        return mark_safe(escaped)  # noqa: S308 - it is escaped
    return mark_safe(f"<bdi>{escaped}</bdi>")  # noqa: S308 - it is escaped
