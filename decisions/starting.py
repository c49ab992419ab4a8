"""What holds before a group agreed on anything, and whether its seats could ever decide by a rule. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from decisions.rule import Method, Quorum, Rule


@dataclass(frozen=True)
class Reach:
    """Whether a group's seats could ever make a quorum: what it has against what the rule needs."""

    seats: int
    seats_needed: int
    sectors: int
    sectors_needed: int

    @property
    def misses(self) -> Literal["", "seats", "sectors"]:
        """Which of the two can never be reached; empty where the quorum can be."""
        if self.seats < self.seats_needed:
            return "seats"
        return "sectors" if self.sectors < self.sectors_needed else ""


def reach(rule: Rule, sectors: Sequence[str]) -> Reach:
    """Measure `rule` against voting seats, given as the sector of each."""
    return Reach(len(sectors), rule.quorum.seats_needed(len(sectors)), len(set(sectors)), rule.quorum.sectors)


def usual_sectors(seated: int) -> int:
    """Sectors that a quorum asks for by default, of `seated` sectors: min(3, seated - 1), at least 1."""
    return max(min(3, seated - 1), 1)


def starting_rule(sectors: Sequence[str]) -> Rule:
    """The rule before a group's first charter: one voice a seat, more than half of the seats answer,
    consensus, and two thirds at the second meeting. `sectors`: the sector of each voting seat."""
    quorum = Quorum(sectors=usual_sectors(len(set(sectors))))
    return Rule(Method.CONSENSUS, quorum, fallback=Method.TWO_THIRDS)
