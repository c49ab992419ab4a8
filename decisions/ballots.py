"""What a seat may answer: a word, a number, an option, or something of each option.

Pure. A ballot is kept as JSON: "yes", 3, [2, 0, 1]. Options are named by their place in the list that was
fixed when the round began, from 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from decisions.rule import Answer, Rule

Ballot = Answer | int | tuple[int, ...]


def read(value: object) -> Ballot:
    """A ballot from its JSON. Raises ValueError for what is none."""
    if isinstance(value, str):
        return Answer(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, list) and all(type(part) is int for part in value):
        return tuple(value)
    raise ValueError("A ballot is a word, a whole number or a list of whole numbers.")


def kept(ballot: Ballot) -> str | int | list[int]:
    """A ballot as JSON holds it."""
    if isinstance(ballot, Answer):
        return ballot.value
    return list(ballot) if isinstance(ballot, tuple) else ballot


Counted = dict[str, list[int]]


class Shape(Protocol):
    """The shape of the ballots that a method takes."""

    def fits(self, ballot: Ballot, options: int, rule: Rule) -> bool:
        """Whether the method takes this ballot, with so many options and by this rule."""

    def counted(self, ballots: Sequence[Ballot], options: int) -> Counted:
        """What is counted of ballots beside words, whatever the quorum: levels, or totals of options."""


@dataclass(frozen=True)
class Words:
    """One of some words."""

    answers: tuple[Answer, ...]

    def fits(self, ballot: Ballot, options: int, rule: Rule) -> bool:
        """One of them."""
        return isinstance(ballot, Answer) and ballot in self.answers

    def counted(self, ballots: Sequence[Ballot], options: int) -> Counted:
        """Nothing more."""
        return {}


@dataclass(frozen=True)
class Levels:
    """A level of a scale, both ends included."""

    least: int
    most: int

    def fits(self, ballot: Ballot, options: int, rule: Rule) -> bool:
        """A level on the scale."""
        return isinstance(ballot, int) and self.least <= ballot <= self.most

    def counted(self, ballots: Sequence[Ballot], options: int) -> Counted:
        """How many chose each level, from the lowest."""
        chosen = Counter(ballots)
        return {"levels": [chosen[level] for level in range(self.least, self.most + 1)]}


class OneOption:
    """One of the options, or an abstention."""

    def fits(self, ballot: Ballot, options: int, rule: Rule) -> bool:
        """An option that there is."""
        return ballot is Answer.ABSTAIN or (isinstance(ballot, int) and 0 <= ballot < options)

    def counted(self, ballots: Sequence[Ballot], options: int) -> Counted:
        """How many chose each option."""
        chosen = Counter(ballots)
        return {"totals": [chosen[option] for option in range(options)]}


class Sums:
    """A number for each option."""

    def counted(self, ballots: Sequence[Ballot], options: int) -> Counted:
        """The sum for each option."""
        lists = [ballot for ballot in ballots if isinstance(ballot, tuple)]
        return {"totals": [sum(ballot[option] for ballot in lists) for option in range(options)]}


class Dots(Sums):
    """Dots for each option, at least one in all and no more than the rule gives; or an abstention."""

    def fits(self, ballot: Ballot, options: int, rule: Rule) -> bool:
        """A number of dots for each option."""
        if not isinstance(ballot, tuple):
            return ballot is Answer.ABSTAIN
        return len(ballot) == options and min(ballot, default=-1) >= 0 and 0 < sum(ballot) <= rule.dots


class Scores(Sums):
    """A score for each option, from 0 to the rule's highest; or an abstention."""

    def fits(self, ballot: Ballot, options: int, rule: Rule) -> bool:
        """A score for each option."""
        if not isinstance(ballot, tuple):
            return ballot is Answer.ABSTAIN
        return len(ballot) == options and all(0 <= score <= rule.top for score in ballot)


class Ranking:
    """Options by preference, each at most once and not necessarily all; or an abstention."""

    def fits(self, ballot: Ballot, options: int, rule: Rule) -> bool:
        """At least one option, and none twice."""
        if not isinstance(ballot, tuple):
            return ballot is Answer.ABSTAIN
        return 0 < len(set(ballot)) == len(ballot) and all(0 <= option < options for option in ballot)

    def counted(self, ballots: Sequence[Ballot], options: int) -> Counted:
        """How many put each option first."""
        first = Counter(ballot[0] for ballot in ballots if isinstance(ballot, tuple))
        return {"totals": [first[option] for option in range(options)]}
