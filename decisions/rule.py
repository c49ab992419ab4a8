"""What a group agrees beforehand: the words of a rule as values, and the rule of one kind of decision.

Pure values without a database, kept as JSON in the charter's rows. RONR is Robert's Rules of Order Newly
Revised, 12th edition (2020), by section and paragraph.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Method(StrEnum):
    """How a question is decided; each value's source stands at its function."""

    MAJORITY = "majority"
    TWO_THIRDS = "two_thirds"
    CONSENSUS = "consensus"


class Answer(StrEnum):
    """What a seat may answer; each method offers some of them."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    ASIDE = "aside"
    BLOCK = "block"


class Base(StrEnum):
    """What a share is counted out of (RONR 44:7 to 44:9: modifications of the usual base)."""

    CAST = "cast"
    PRESENT = "present"
    ALL = "all"


class Abstention(StrEnum):
    """What an abstention does beyond the quorum (RONR 44:1 leaves it out of the votes cast)."""

    QUORUM_ONLY = "quorum_only"
    AS_NO = "as_no"


class Tie(StrEnum):
    """What a tie does (RONR 44:12: a tie is not a majority, so the motion is lost)."""

    FAILS = "fails"
    DEFERS = "defers"


class Outcome(StrEnum):
    """What the count says. Deferred: back at the next meeting, by the tie's rule or by the fallback."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    NO_QUORUM = "no_quorum"
    DEFERRED = "deferred"


@dataclass(frozen=True)
class Quorum:
    """How many seats, from how many sectors, must answer or be present (RONR 3:3, 40:1 to 40:2).

    Either `count` seats, or (count 0) more than `numerator`/`denominator` of the seats that may vote, or at
    least that share where `more_than` is off. At least one seat is always needed. `sectors` may be 0.
    """

    numerator: int = 1
    denominator: int = 2
    more_than: bool = True
    count: int = 0
    sectors: int = 1

    def __post_init__(self) -> None:
        if not 0 < self.numerator <= self.denominator or self.count < 0 or self.sectors < 0:
            raise ValueError("A quorum is a share between 0 and 1, or a count, and a number of sectors.")
        if self.more_than and self.numerator == self.denominator:
            raise ValueError("Nobody can reach more than all of the seats.")

    def seats_needed(self, eligible: int) -> int:
        """Seats needed out of `eligible` seats that may vote, at least 1; may be more than there are."""
        if self.count:
            return self.count
        share = self.numerator * eligible
        needed = share // self.denominator + 1 if self.more_than else -(-share // self.denominator)
        return max(needed, 1)


@dataclass(frozen=True)
class Rule:
    """What a group agreed for one kind of decision.

    `asides`: how many may stand aside in a consensus (None: any number). `fallback`: the method from round
    `fallback_round` on, where consensus was not reached before.
    """

    method: Method
    quorum: Quorum = field(default_factory=Quorum)
    base: Base = Base.CAST
    abstention: Abstention = Abstention.QUORUM_ONLY
    tie: Tie = Tie.FAILS
    asides: int | None = None
    fallback: Method | None = None
    fallback_round: int = 2

    def __post_init__(self) -> None:
        if self.fallback is not None and (
            self.method is not Method.CONSENSUS or self.fallback is self.method
        ):
            raise ValueError("Only consensus has a fallback, and to another method.")
        if self.fallback_round < 2:
            raise ValueError("A fallback holds from the second round on, or later.")
        if self.asides is not None and self.asides < 0:
            raise ValueError("The number of seats that may stand aside is 0 or more.")

    def method_in(self, round_n: int) -> Method:
        """The method of round `round_n` (1, 2, ...)."""
        return self.fallback if self.fallback and round_n >= self.fallback_round else self.method

    def next_method(self, round_n: int) -> Method | None:
        """The fallback that still waits after round `round_n`, or None."""
        return self.fallback if self.fallback and round_n < self.fallback_round else None

    def params(self) -> dict[str, Any]:
        """Everything except the method, as JSON for a row of the charter."""
        return {key: value for key, value in asdict(self).items() if key != "method"}

    @classmethod
    def from_params(cls, method: str, params: dict[str, Any]) -> Rule:
        """The rule of a charter's row. Raises ValueError (or TypeError) where a value or a key is not
        ours."""
        values = dict(params)
        fallback = values.pop("fallback", None)
        return cls(
            method=Method(method),
            quorum=Quorum(**values.pop("quorum", {})),
            base=Base(values.pop("base", Base.CAST)),
            abstention=Abstention(values.pop("abstention", Abstention.QUORUM_ONLY)),
            tie=Tie(values.pop("tie", Tie.FAILS)),
            fallback=Method(fallback) if fallback else None,
            **values,
        )
