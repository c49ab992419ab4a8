"""Names in a sentence."""

from collections.abc import Sequence

from django.utils.translation import ngettext

NAMED = 3


def in_a_row(names: Sequence[str]) -> str:
    """Names in a sentence: all of them, or the first ones and how many more."""
    shown, more = list(names[:NAMED]), len(names) - NAMED
    if more > 0:
        shown.append(ngettext("%(count)s more", "%(count)s more", more) % {"count": more})
    return ", ".join(shown)
