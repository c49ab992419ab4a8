"""The chain of the register: each event's hash covers the hash before it and its own stored text.

Pure: text in, hashes out. `sha256(prev + body)`, both as UTF-8, so anybody can repeat it with `sha256sum`.
The body is JSON in one fixed writing, which begins with the event's number and its decision: a row that is
moved or given to another decision no longer matches its text. What the chain shows is that a record was
changed after the fact, not that what it says is true.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

GENESIS = "0" * 64
"""What stands before a district's first event."""


class Link(Protocol):
    """One stored event, as the register keeps it."""

    @property
    def seq(self) -> int:
        """Its number in the district, from 1 without gaps."""

    @property
    def decision_uid(self) -> object:
        """The decision that it belongs to."""

    @property
    def body(self) -> str:
        """The stored text."""

    @property
    def prev(self) -> str:
        """The hash before it."""

    @property
    def hash(self) -> str:
        """Its own hash, 64 hexadecimal digits."""


def canonical(seq: int, decision_uid: object, fields: Mapping[str, Any]) -> str:
    """The text to store: number and decision first, then `fields` in the order of their names, without
    spaces.

    Raises TypeError for what JSON cannot hold, and ValueError for a number with a fraction: those have no
    one writing.
    """
    _refuse_fractions(fields)
    return _head(seq, decision_uid) + one_writing(fields)[1:]


def one_writing(value: object) -> str:
    """JSON in the one writing that is hashed: names in order, no spaces, letters as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _head(seq: int, decision_uid: object) -> str:
    return f'{{"seq":{seq},"decision":"{decision_uid}",'


def _refuse_fractions(value: object) -> None:
    if isinstance(value, float):
        raise ValueError("The register keeps whole numbers and text only.")
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    for part in parts:
        _refuse_fractions(part)


def chained(prev: str, body: str) -> str:
    """The hash of an event: 64 hexadecimal digits over the hash before it and its stored text."""
    return hashlib.sha256((prev + body).encode()).hexdigest()


@dataclass(frozen=True)
class Problem:
    """The first thing that does not fit: at which event, and what. `what` is one of the codes below, or one
    of decisions/seal.py."""

    seq: int
    what: str


GAP, MOVED, BROKEN, CHANGED, CUT, UNKNOWN = "gap", "moved", "broken", "changed", "cut", "unknown"


@dataclass(frozen=True)
class Verified:
    """What a walk found: events walked, the hash of the last, and the first problem (None: the chain is
    whole)."""

    events: int
    head: str
    problem: Problem | None = None


def verify(
    events: Iterable[Link],
    *,
    head: str | None = None,
    known: str | None = None,
    beside: Callable[[Link], str] | None = None,
) -> Verified:
    """Walk `events` in order of `seq`. `head`: the hash that must be the last. `known`: one that must be
    among them, as somebody outside holds it. `beside`: what does not fit beside an event, as a code.

    gap: a number is missing or doubled. moved: the text belongs to another row. broken: the row does not
    name the hash before it. changed: the hash is not that of the text. cut: the walk ends elsewhere than at
    `head`. unknown: no event has the hash `known`, so what it stood for was cut off or written anew.
    """
    prev, count, met = GENESIS, 0, known in (None, GENESIS)
    for event in events:
        what = _misfit(event, prev, count + 1) or (beside(event) if beside else "")
        if what:
            return Verified(count, prev, Problem(event.seq, what))
        prev, count, met = event.hash, count + 1, met or answers_to(event.hash, known or GENESIS)
    if head is not None and head != prev:
        return Verified(count, prev, Problem(count + 1, CUT))
    return Verified(count, prev, None if met else Problem(count + 1, UNKNOWN))


def _misfit(event: Link, prev: str, expected: int) -> str:
    if event.seq != expected:
        return GAP
    if not event.body.startswith(_head(event.seq, event.decision_uid)):
        return MOVED
    if event.prev != prev:
        return BROKEN
    return "" if event.hash == chained(prev, event.body) else CHANGED


SHORTENED = "…"
"""What stands for the middle of a shortened code."""


def answers_to(code: str, held: str) -> bool:
    """Whether a code is the one that somebody holds, whole or shortened."""
    start, _middle, end = held.partition(SHORTENED)
    return code == held or (bool(end) and code.startswith(start) and code.endswith(end))


def code_from(typed: str) -> str | None:
    """A code as somebody typed it: 64 digits, or shortened, with "…" or "..." for its middle; spaces and
    capitals don't matter. None: that is no code."""
    code = "".join(typed.split()).lower().replace("...", SHORTENED)
    whole = re.fullmatch(f"[0-9a-f]{{64}}|[0-9a-f]{{16}}{SHORTENED}[0-9a-f]{{8}}", code)
    return code if whole else None


def shortened(code: str) -> str:
    """The first 16 and the last 8 digits of a code, in fours."""
    return f"{in_fours(code[:16])} {SHORTENED} {in_fours(code[-8:])}"


def in_fours(code: str) -> str:
    """A hash as people read it: "9f2c 51d8 ..."."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))
