"""The `rules` library's predicates, with types: they combine by & | and ~."""

from collections.abc import Callable
from typing import Any, Protocol

import rules.predicates


class Predicate(Protocol):
    """A question about a membership and a thing, answered yes or no."""

    name: str

    def __call__(self, membership: Any, thing: Any = None) -> bool:
        """The answer."""
        ...

    def __and__(self, other: "Predicate") -> "Predicate": ...
    def __or__(self, other: "Predicate") -> "Predicate": ...
    def __invert__(self) -> "Predicate": ...


def predicate(function: Callable[[Any, Any], bool]) -> Predicate:
    """Make a predicate of a function of (membership, thing=None)."""
    made: Predicate = rules.predicates.predicate(function)  # type: ignore[no-untyped-call]
    return made


def holds(rule: Predicate, membership: Any, thing: Any = None) -> bool:
    """Whether the rule says yes."""
    return bool(rule.test(membership, thing))  # type: ignore[attr-defined]
