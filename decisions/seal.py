"""Seals: what an event says of persons is kept apart, and the event holds a salted digest of it.

Pure. A digest is sha256(salt + JSON), so anybody who is given salt and text can repeat it; without the salt a
short text cannot be guessed from it. Erasing takes text and salt away and leaves the digest: the chain stays
whole, and a later event says that it was erased. A text that is gone without such an event is a problem.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .ledger import Link, Problem, one_writing

ERASED = "erased"
"""The kind of the event that says that a text was erased; its "digest" is that of the text."""
OWN = (
    *("by", "sealed", "asked", "meaning", "because", "called", "why", "against"),
    *("options", "options_es", "shown"),
)
"""The fields of an event that can hold a digest; each of its "answers" may have one too, as "sealed"."""
GARBLED, ALTERED, LOST, STRANGE, MOVED_ANSWER, UNTRUE = (
    "garbled",
    "altered",
    "lost",
    "strange",
    "moved_answer",
    "untrue",
)
Whose = tuple[object, ...]
"""Where a text was said: (round, seat, answer, source) of an answer, (seat,) of a stepping out, else ()."""


def sealed(salt: str, person: Mapping[str, Any]) -> str:
    """The digest of texts under their salt (32 random hexadecimal digits)."""
    return hashlib.sha256((salt + one_writing(person)).encode()).hexdigest()


def seals_of(entry: Mapping[str, Any]) -> dict[str, Whose]:
    """Each digest in an event's fields, and where its text was said."""
    found: dict[str, Whose] = {entry[name]: () for name in OWN if name in entry}
    if "seat" in entry:
        found[entry["sealed"]] = (entry["seat"],)
    for one in entry.get("answers", ()):
        found[one["sealed"]] = (entry["round"], one["seat"], one["answer"], one["source"])
    return found


@dataclass(frozen=True)
class Kept:
    """A text as it is kept beside its event. `person` is None once it is erased; `erasure`: the number of
    the event that says so."""

    digest: str
    salt: str
    person: Mapping[str, Any] | None
    whose: Whose
    erasure: int | None


@dataclass
class Seals:
    """Follows the walk along a chain: every text fits its digest and its answer, or was erased as an event
    says.

    `beside(seq)`: what is kept beside that event. Calls must come in the order of the chain.

    garbled: the event's text cannot be read. altered: text or salt does not fit, or the
    salt of an erased text is still there. lost: a text is gone and no event says that it was erased.
    strange: a text that the event does not know. moved_answer: the answer that a text stands with is not the
    one that was recorded. untrue: an erasure that did not take place.
    """

    beside: Callable[[int], Sequence[Kept]]
    erased: dict[str, tuple[int, int]] = field(default_factory=dict)

    def misfit(self, event: Link) -> str:
        """What does not fit beside an event, as one of the codes above, or nothing."""
        try:
            entry = json.loads(event.body)
            known = seals_of(entry)
        except (ValueError, KeyError, TypeError):
            return GARBLED
        for kept in self.beside(event.seq):
            if kept.digest not in known:
                return STRANGE
            what = self._wrong(event.seq, kept, known.pop(kept.digest))
            if what:
                return what
        if known:
            return LOST
        return self._untrue(event.seq, entry) if entry.get("kind") == ERASED else ""

    def _wrong(self, seq: int, kept: Kept, whose: Whose) -> str:
        if kept.whose != whose:
            return MOVED_ANSWER
        if kept.person is not None:
            fits = kept.erasure is None and sealed(kept.salt, kept.person) == kept.digest
            return "" if fits else ALTERED
        if kept.erasure is None:
            return LOST
        if kept.salt:
            return ALTERED
        self.erased[kept.digest] = (seq, kept.erasure)
        return ""

    def _untrue(self, seq: int, entry: Mapping[str, Any]) -> str:
        _of, said_at = self.erased.pop(entry.get("digest", ""), (0, 0))
        return "" if said_at == seq else UNTRUE

    def left(self) -> Problem | None:
        """After the walk: the first text that is gone although no event says that it was erased."""
        gone = min((seq for seq, _said_at in self.erased.values()), default=None)
        return None if gone is None else Problem(gone, LOST)
