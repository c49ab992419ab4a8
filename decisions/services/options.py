"""The options of a question: those that are offered, and the same in Spanish."""

from __future__ import annotations

from collections.abc import Sequence

from decisions.rule import CHOOSING, Method
from decisions.texts import filled

from .errors import NoOptionsWanted, OptionsApart, OptionsWanted


def offered(method: Method, options: Sequence[str]) -> list[str]:
    """The options without blanks around them. Raises OptionsWanted, NoOptionsWanted."""
    found = filled(options)
    if method not in CHOOSING and found:
        raise NoOptionsWanted
    if method in CHOOSING and (len(found) < 2 or _alike(found)):
        raise OptionsWanted
    return found


def in_spanish(options_es: Sequence[str], options: Sequence[str]) -> list[str]:
    """The options in Spanish, each in the place of the one that it says; none where nothing was written.
    Raises OptionsApart."""
    found = filled(options_es)
    if found and (len(found) != len(options) or _alike(found)):
        raise OptionsApart
    return found


def _alike(options: Sequence[str]) -> bool:
    return len({" ".join(text.split()).casefold() for text in options}) < len(options)
