"""Instant runoff: one winner of several options by ranked ballots.

Pure integers. Each ballot counts for the first of its options that still continues. An option with more than
half of the continuing ballots wins; else the one with the fewest is dropped, and each of its ballots goes to
its next continuing option, or is exhausted. Source: RONR 45:62 to 45:69 (preferential voting).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict


class Step(TypedDict):
    """One round: the ballots of each option, those that count for none any more, and which option was
    dropped after it."""

    totals: list[int]
    exhausted: int
    dropped: NotRequired[int]


@dataclass(frozen=True)
class Runoff:
    """The rounds, and the winner. Two that are left with the same number are `tied`: `winner` is the one
    that stands first in the list, and the rule says what a tie does. None where no ballot names an option."""

    steps: Sequence[Step]
    winner: int | None
    tied: bool = False


def runoff(ballots: Iterable[Sequence[int]], options: int) -> Runoff:
    """Count ballots, each a list of options by preference, of `options` options.

    Of several with the fewest the one is dropped that had fewer in the latest round in which they differ;
    where they never did, the one that stands later in the list, which was fixed beforehand.
    """
    piles: list[list[Sequence[int]]] = [[] for _ in range(options)]
    exhausted = 0
    for ballot in ballots:
        if ballot:
            piles[ballot[0]].append(ballot)
        else:
            exhausted += 1
    continuing = set(range(options))
    steps: list[Step] = []
    while True:
        totals = [len(pile) for pile in piles]
        step: Step = {"totals": totals, "exhausted": exhausted}
        steps.append(step)
        best = max(continuing, key=lambda option: (totals[option], -option), default=None)
        if best is None or not totals[best]:
            return Runoff(steps, None)
        if 2 * totals[best] > sum(totals) or len(continuing) == 1:
            return Runoff(steps, best)
        if len(continuing) == 2:
            return Runoff(steps, best, tied=True)
        dropped = _fewest(continuing, steps)
        step["dropped"] = dropped
        continuing.remove(dropped)
        exhausted += _transfer(piles, dropped, continuing)


def _fewest(continuing: Iterable[int], steps: Sequence[Step]) -> int:
    """The option to drop: the fewest now, then the fewest in each round before, then the last of the list."""
    return min(
        continuing, key=lambda option: (*(step["totals"][option] for step in reversed(steps)), -option)
    )


def _transfer(piles: list[list[Sequence[int]]], dropped: int, continuing: set[int]) -> int:
    """Give each ballot of a dropped option to its next one that continues. Out: how many had none."""
    exhausted = 0
    for ballot in piles[dropped]:
        for option in ballot:
            if option in continuing:
                piles[option].append(ballot)
                break
        else:
            exhausted += 1
    piles[dropped] = []
    return exhausted
