"""What is wrong with a block's text, in words, and what could be said better: pure, about the text alone."""

import re
from difflib import get_close_matches

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .blocks import SCHEMES
from .enums import Block
from .placeholders import TOKEN, Placeholder, as_typed, in_words, names_in

ADDRESS = re.compile(r"\[[^\]\n]*\]\(\s*<?([^)\n]*)\)")
SIMILAR = 0.6
HINTS = {
    r"stakeholders?|partes interesadas": gettext_lazy("name who they are"),
    r"synerg\w*|sinergias?": gettext_lazy("say what becomes easier together"),
    r"partnership opportunit\w*|oportunidades? de alianzas?": gettext_lazy("say the one thing that you ask"),
    r"leverag\w*|apalanc\w*": gettext_lazy("“use” is enough"),
    r"touch base|reach out|circle back": gettext_lazy("“talk”, “write” or “call” is enough"),
}
_hints = [(re.compile(rf"\b(?:{words})\b", re.IGNORECASE), advice) for words, advice in HINTS.items()]


def block_label(name: str) -> str:
    """A block's name in words."""
    if name in Block.values:
        return str(Block(name).label)
    return _("Opening, where they work with another school")


def mistakes(text: str) -> list[str]:
    """Why a block cannot be kept as it stands, a sentence each; none where it can."""
    return [*wrong_links(text), *_unknown_names(text)]


def wrong_links(text: str) -> list[str]:
    """What is wrong with the addresses of a text's links."""
    found = []
    for address in ADDRESS.findall(text):
        if TOKEN.search(address):
            words = _("The address of a link cannot hold a placeholder: write “%(address)s” out.")
            found.append(words % {"address": address})
        elif address.partition(":")[0] not in SCHEMES:
            words = _("“%(address)s” is no address for a link. Begin it with https:// or mailto:.")
            found.append(words % {"address": address})
    return found


def hints(text: str) -> list[str]:
    """Words that nobody says, each with a better way; the text can be kept as it is."""
    return [
        _("“%(word)s”: %(advice)s.") % {"word": match[0], "advice": advice}
        for pattern, advice in _hints
        for match in [pattern.search(text)]
        if match
    ]


def _unknown_names(text: str) -> list[str]:
    unknown = dict.fromkeys(name for name in names_in(text) if name not in Placeholder.values)
    return [_unknown(name) for name in unknown]


def _unknown(name: str) -> str:
    typed = as_typed(in_words(name))
    words = _("%(name)s is not one of our placeholders.") % {"name": typed}
    near = get_close_matches(name, Placeholder.values, n=1, cutoff=SIMILAR)
    if not near:
        return words
    return " ".join([words, _("Did you mean %(name)s?") % {"name": as_typed(near[0])}])
