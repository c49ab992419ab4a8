"""What a group agrees beforehand: the words of a rule as values, and the rule of one kind of decision.

Pure values without a database, kept as JSON in the charter's rows. RONR is Robert's Rules of Order Newly
Revised, 12th edition (2020), by section and paragraph.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any


class Method(StrEnum):
    """How a question is decided; each value's source stands at its function."""

    MAJORITY = "majority"
    TWO_THIRDS = "two_thirds"
    SHARE = "share"
    UNANIMITY = "unanimity"
    CONSENSUS = "consensus"
    MINUS_ONE = "consensus_minus_one"
    MINUS_TWO = "consensus_minus_two"
    CONSENT = "consent"
    NO_OBJECTION = "no_objection"
    GRADIENTS = "gradients"
    FIST = "fist_to_five"
    PLURALITY = "plurality"
    DOTS = "dots"
    SCORE = "score"
    RUNOFF = "runoff"
    LEADER = "leader"
    DELEGATED = "delegated"


AGREEING = (Method.CONSENSUS, Method.MINUS_ONE, Method.MINUS_TWO, Method.CONSENT, Method.UNANIMITY)
"""Those that seek the agreement of all, and so may fall back on another method."""
CHOOSING = (Method.PLURALITY, Method.DOTS, Method.SCORE, Method.RUNOFF)
"""Those that choose one of several options."""
NAMED = (Method.LEADER, Method.DELEGATED)
"""Those by which one seat decides, which the rule names."""
FALLBACKS = (
    Method.MAJORITY,
    Method.TWO_THIRDS,
    Method.SHARE,
    Method.CONSENSUS,
    Method.MINUS_ONE,
    Method.MINUS_TWO,
)
"""Those that a search for agreement can fall back on."""


class Answer(StrEnum):
    """A word that a seat may answer; each method offers some of them, or a number, or options in order."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    ASIDE = "aside"
    BLOCK = "block"
    OBJECTS = "objects"


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
    """What a tie does (RONR 44:12: a tie is not a majority, so the motion is lost). ORDER holds for options
    only: the one that stands first in the list, which is fixed before anybody answers."""

    FAILS = "fails"
    DEFERS = "defers"
    ORDER = "order"


class Authority(StrEnum):
    """Who has the last word on a reserved matter: what the group adopts is a recommendation to them."""

    SUPERINTENDENT = "superintendent"
    BOARD = "board"
    PRINCIPAL = "principal"
    AGENCIES = "agencies"


class Closer(StrEnum):
    """Whose role counts and closes a question, where the group named one; values as in accounts/roles.py."""

    STAFF = "staff"
    PRINCIPAL = "principal"
    COORDINATOR = "coordinator"


class Outcome(StrEnum):
    """What the count says. Deferred: back at the next meeting, by the tie's rule or by the fallback, or too
    early to count. Recommended: adopted, and the last word is another's. Withdrawn: nobody counted; the group
    took its question back."""

    ADOPTED = "adopted"
    RECOMMENDED = "recommended"
    NOT_ADOPTED = "not_adopted"
    NO_QUORUM = "no_quorum"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"


MET = (Outcome.ADOPTED, Outcome.RECOMMENDED)
"""The outcomes of a rule that is met."""


@dataclass(frozen=True)
class Share:
    """A part of a whole, above 0 and up to 1. Raises ValueError for another."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if not 0 < self.numerator <= self.denominator:
            raise ValueError("A share lies above 0 and is not more than the whole.")

    def of(self, whole: int) -> int:
        """The least number that is at least this share of `whole`; 1 where that is nothing."""
        return max(-(-self.numerator * whole // self.denominator), 1)


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


LIMITS = {
    "asides": (0, None),
    "abstentions": (0, None),
    "serious": (0, None),
    "fingers": (1, 5),
    "dots": (1, 100),
    "top": (1, 10),
    "advisers": (0, None),
    "fallback_round": (2, None),
    "fallback_days": (0, 365),
    "notice_days": (0, 60),
}
"""The least and the greatest value (None: any) of each number that a rule names."""


@dataclass(frozen=True)
class Rule:
    """What a group agreed for one kind of decision. A method reads the terms that concern it.

    `share`: of SHARE and GRADIENTS. `asides`: how many may stand aside in a consensus; `abstentions`: how
    many may abstain from unanimity (None: any number). `serious`: how many may be in serious disagreement;
    `fingers`: the fewest that a seat may show; `dots`: how many a seat places; `top`: the highest score;
    `advisers`: how many must have answered a leader; `decider`: the uid of the seat that decides, where
    one does. `fallback`: the method from round `fallback_round` on, where agreement was not reached before;
    or in a further round that begins `fallback_days` or more after the question was put (0: no day counts).
    `authority`: whose the last word is (None: the group's own). `closes`: who counts and closes (None:
    whoever keeps the group's decisions).
    `notice_days`: how many lie between asking and closing. `silence`: whether a method may take it as a yes.
    `proxies`: whether a seat may answer for another. `hidden_tally`: whether answers are shown only once the
    question is closed.
    """

    method: Method
    quorum: Quorum = field(default_factory=Quorum)
    base: Base = Base.CAST
    abstention: Abstention = Abstention.QUORUM_ONLY
    tie: Tie = Tie.FAILS
    share: Share = field(default_factory=lambda: Share(3, 4))
    asides: int | None = None
    abstentions: int | None = None
    serious: int = 0
    fingers: int = 3
    dots: int = 3
    top: int = 5
    advisers: int = 3
    decider: str = ""
    fallback: Method | None = None
    fallback_round: int = 2
    fallback_days: int = 0
    authority: Authority | None = None
    closes: Closer | None = None
    notice_days: int = 0
    silence: bool = False
    proxies: bool = False
    hidden_tally: bool = False

    def __post_init__(self) -> None:
        if self.fallback is not None and (
            self.method not in AGREEING or self.fallback is self.method or self.fallback not in FALLBACKS
        ):
            raise ValueError("Only a method that seeks agreement has a fallback, and to another method.")
        if self.tie is Tie.ORDER and self.method not in CHOOSING:
            raise ValueError("Only options have an order that can break a tie.")
        for name, (least, most) in LIMITS.items():
            value = getattr(self, name)
            if value is not None and (value < least or (most is not None and value > most)):
                raise ValueError(f"{name} is a number from {least} on, and {most or 'any'} at most.")

    def in_round(self, n: int, days: int = 0) -> Rule:
        """The rule as it holds in round `n` (1, 2, ...), which began so many local days after the question
        was put: from the round, or the day, of the fallback on by that; before, this one, whose `fallback`
        still waits."""
        if self.fallback and (n >= self.fallback_round or 0 < self.fallback_days <= days):
            return self.by(self.fallback)
        return self

    def by(self, method: Method) -> Rule:
        """The same terms for another method, which has no fallback; this rule where it is the same one."""
        if method is self.method:
            return self
        tie = Tie.FAILS if self.tie is Tie.ORDER and method not in CHOOSING else self.tie
        return replace(self, method=method, fallback=None, tie=tie)

    def params(self) -> dict[str, Any]:
        """Everything except the method, as JSON for a row of the charter."""
        return {key: value for key, value in asdict(self).items() if key != "method"}

    @classmethod
    def from_params(cls, method: str, params: dict[str, Any]) -> Rule:
        """The rule of a charter's row. Raises ValueError (or TypeError) where a value or a key is not
        ours."""
        values = {name: READ[name](value) if name in READ else value for name, value in params.items()}
        return cls(method=Method(method), **values)


READ: dict[str, Any] = {
    "quorum": lambda value: Quorum(**value),
    "share": lambda value: Share(**value),
    "base": Base,
    "abstention": Abstention,
    "tie": Tie,
    "fallback": lambda value: Method(value) if value else None,
    "authority": lambda value: Authority(value) if value else None,
    "closes": lambda value: Closer(value) if value else None,
}
"""How each value that is more than a number is read from a row."""
