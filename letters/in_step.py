"""Whether a text says the same in its languages, told from its versions: plain data in, plain data out.

When one language's block changes and the other's does not, the other is behind until its block is saved anew,
or until it is saved as it is: a version equal to the one before says "this still says the same".
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple


class Saved(NamedTuple):
    """A version: in which language, when, and its text by block."""

    language: str
    at: datetime.datetime
    texts: dict[str, str]


@dataclass(frozen=True)
class Behind:
    """A block whose text in `language` is from `since`, while the one in `other` changed at `changed`."""

    block: str
    language: str
    since: datetime.datetime
    other: str
    changed: datetime.datetime


def changed_blocks(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The names of the blocks whose text is another one, in the order of both."""
    names = dict.fromkeys([*before, *after])
    return [name for name in names if before.get(name, "") != after.get(name, "")]


def out_of_step(versions: Iterable[Saved]) -> list[Behind]:
    """The blocks that changed in one language alone, in the order in which that happened."""
    current: dict[str, dict[str, str]] = {}
    since: dict[tuple[str, str], datetime.datetime] = {}
    ahead: dict[str, tuple[str, datetime.datetime]] = {}
    for at, together in groupby(sorted(versions, key=attrgetter("at")), key=attrgetter("at")):
        changed: dict[str, set[str]] = {}
        confirmed = set()
        for saved in together:
            blocks = changed_blocks(current.get(saved.language, {}), saved.texts)
            if not blocks:
                confirmed.add(saved.language)
            for name in blocks:
                changed.setdefault(name, set()).add(saved.language)
                since[name, saved.language] = at
            current[saved.language] = saved.texts
        for name, languages in changed.items():
            _note(ahead, name, languages, at)
        for language in confirmed:
            ahead = {name: who for name, who in ahead.items() if who[0] == language}
    return [
        Behind(name, other, since.get((name, other), at), language, at)
        for name, (language, at) in ahead.items()
        for other in current
        if other != language
    ]


def _note(
    ahead: dict[str, tuple[str, datetime.datetime]], name: str, languages: set[str], at: datetime.datetime
) -> None:
    """A block that changed in both at once, or now in the one that was behind, is in step again."""
    was = ahead.pop(name, None)
    if len(languages) > 1:
        return
    [language] = languages
    if was is None or was[0] == language:
        ahead[name] = (language, at)
