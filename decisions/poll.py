"""What a method counts, and what it says of it. Pure values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from decisions.ballots import Ballot
from decisions.figures import Figures
from decisions.rule import Answer


@dataclass(frozen=True)
class Beside:
    """What a method reads beside the answers: whether the deadline or the window for advice is over, and
    what the person or working group said that decides (None: nothing yet)."""

    over: bool = False
    decided: bool | None = None


NOTHING_BESIDE = Beside()


def said_by(ballot: Ballot | None) -> bool | None:
    """What the seat that decides said by its ballot; None: nothing yet."""
    return None if ballot is None else ballot is Answer.YES


@dataclass(frozen=True)
class Poll:
    """What a method counts: the figures of seats and words so far, the ballots, and how many options there
    are. `untold`: seats that were given no notice."""

    figures: Figures
    ballots: Sequence[Ballot]
    options: int = 0
    untold: int = 0
    beside: Beside = NOTHING_BESIDE


@dataclass(frozen=True)
class Verdict:
    """What one method says: met or not, and the figures of its own; whether there was a tie, and, where it is
    not met, whether it comes back to a further round by itself or is asked too early."""

    met: bool
    tied: bool = False
    again: bool = False
    early: bool = False
    figures: dict[str, Any] = field(default_factory=dict)
