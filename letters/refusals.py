"""Why a letter could not be printed, in the reader's language: the one place that has words for the press.

The press answers in English, with a kind of reason. Records keep the kind alone (``kept``), and pages turn it
into a sentence (``sentence``), so that each reader reads it in their own language.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from press.documents import Reason, Refusal

SENTENCES: Mapping[str, Promise] = {
    Reason.DEADLINE: gettext_lazy("It took too long to print. Shorten a part and try again."),
    Reason.MEMORY: gettext_lazy("It is too large to print. Shorten a part and try again."),
    Reason.MISSING_ASSET: gettext_lazy("A picture that belongs on it is missing. Tell district staff."),
    Reason.FORBIDDEN: gettext_lazy(
        "It holds something that may not stand in a letter. "
        "Check its links: web and mail addresses alone can be printed."
    ),
    Reason.NOT_ACCESSIBLE: gettext_lazy(
        "A screen reader could not read it aloud. Check that the letter has a subject and each link a text."
    ),
    Reason.UNKNOWN_CHARACTER: gettext_lazy(
        "It has characters that cannot be printed. Write them in another way."
    ),
    Reason.TOO_LARGE: gettext_lazy("It is too long to print. Shorten a part and try again."),
    Reason.STOPPED: gettext_lazy("Printing stopped midway. Try again in a minute."),
}

LENGTH = "pages"
"""The kind of what no refusal of the press says: that a letter takes more pages than it was counted."""


def kept_length(pages: int) -> str:
    """As `kept`, of a letter that came out longer than it was counted."""
    return f"{LENGTH}: {pages}"


def kept(refusal: Refusal) -> str:
    """The reason as records keep it: its kind, and what it is about where the press names that."""
    return f"{refusal.reason.value}: {refusal.about}" if refusal.about else refusal.reason.value


def sentence(reason: str) -> str:
    """What records kept, as a sentence in the page's language; words that are no kind stay as they are."""
    kind, _colon, about = reason.partition(": ")
    if about and kind == Reason.UNKNOWN_CHARACTER:
        return _("%(characters)s cannot be printed. Write it in another way.") % {"characters": about}
    if kind == LENGTH and about == "2":
        return _("It takes two pages. Sign it again if it may, or send it back to be shortened.")
    if kind == LENGTH:
        return _("It is longer than two pages. Shorten a part and try again.")
    return str(SENTENCES.get(kind, reason))
