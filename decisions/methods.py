"""The rules by which a group decides: pure integer arithmetic, no database and no words.

In: the voting seats of a decision (`Voice`) and the rule agreed beforehand (`Rule`). Out: a `Result` with the
outcome and every figure that led to it; `sentences.py` puts them into words. The order is always the same:
seats that step out leave the count, then the quorum, then the method, then the tie or the fallback.

A further method is one function under `@method(...)`, with its source; nothing else here changes. RONR is
Robert's Rules of Order Newly Revised, 12th edition (2020). The quorum over sectors is coalition practice
(Drug-Free Communities, twelve sectors).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NotRequired, TypedDict

from decisions.rule import Abstention, Answer, Base, Method, Outcome, Quorum, Rule, Tie


@dataclass(frozen=True)
class Voice:
    """One voting seat as it stands: its sector, its latest answer (None: none yet), stepped out, present."""

    sector: str
    answer: Answer | None = None
    recused: bool = False
    present: bool = False


class Figures(TypedDict):
    """Every number behind an outcome, ready to be kept as JSON. Letters are those of product.md's table.

    eligible E, present P (answered or present), sectors: sectors of those present; quorum_needs,
    sectors_need. out_of, needs, short: only where a share is counted. asides_allowed: only for consensus
    with a limit. tied: only for a tie. then: the next round's method, only where one waits.
    """

    method: str
    round: int
    eligible: int
    recused: int
    present: int
    silent: int
    sectors: int
    quorum_needs: int
    sectors_need: int
    yes: int
    no: int
    abstain: int
    aside: int
    block: int
    base: NotRequired[str]
    out_of: NotRequired[int]
    needs: NotRequired[int]
    short: NotRequired[int]
    asides_allowed: NotRequired[int]
    tied: NotRequired[bool]
    then: NotRequired[str]


@dataclass(frozen=True)
class Verdict:
    """What one method says: met or not, whether it is a tie, and the figures of its own."""

    met: bool
    tied: bool = False
    figures: dict[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """The outcome of a count and its arithmetic. `then` is the method of the next round, where one waits."""

    outcome: Outcome
    figures: Figures
    then: Method | None = None

    @property
    def quorum_met(self) -> bool:
        """Enough seats answered or were present."""
        return self.figures["present"] >= self.figures["quorum_needs"]

    @property
    def sectors_met(self) -> bool:
        """They came from enough sectors."""
        return self.figures["sectors"] >= self.figures["sectors_need"]


class WrongAnswer(ValueError):
    """An answer that the method does not offer."""


Counting = Callable[[Figures, Rule], Verdict]


@dataclass(frozen=True)
class Entry:
    """One method of the registry: the answers it offers, its function, and where the rule comes from."""

    answers: tuple[Answer, ...]
    count: Counting
    source: str


METHODS: dict[Method, Entry] = {}


def method(key: Method, *answers: Answer, source: str) -> Callable[[Counting], Counting]:
    """Put the decorated function into the registry as the method `key`."""

    def register(function: Counting) -> Counting:
        METHODS[key] = Entry(answers, function, source)
        return function

    return register


def _against_base(figures: Figures, rule: Rule) -> int:
    """The number that a share is counted out of, by the rule's base and what an abstention means."""
    counted_abstentions = figures["abstain"] if rule.abstention is Abstention.AS_NO else 0
    cast = figures["yes"] + figures["no"] + counted_abstentions
    return {Base.CAST: cast, Base.PRESENT: figures["present"], Base.ALL: figures["eligible"]}[rule.base]


def _share(figures: Figures, rule: Rule, *, out_of: int, needs: int, tied: bool) -> Verdict:
    """Yes against a number of yes needed, at least one."""
    needs = max(needs, 1)
    short = max(needs - figures["yes"], 0)
    own: dict[str, int | str] = {"base": rule.base.value, "out_of": out_of, "needs": needs, "short": short}
    return Verdict(short == 0, tied and short > 0, own)


@method(Method.MAJORITY, Answer.YES, Answer.NO, Answer.ABSTAIN, source="RONR 44:1, 44:7 to 44:9, 44:12")
def majority(figures: Figures, rule: Rule) -> Verdict:
    """More than half: Y > N of the votes cast; 2Y > P of those present; 2Y > E of all seats."""
    out_of = _against_base(figures, rule)
    tied = 2 * figures["yes"] == out_of > 0
    return _share(figures, rule, out_of=out_of, needs=out_of // 2 + 1, tied=tied)


@method(Method.TWO_THIRDS, Answer.YES, Answer.NO, Answer.ABSTAIN, source="RONR 44:3, 44:7 to 44:9")
def two_thirds(figures: Figures, rule: Rule) -> Verdict:
    """At least two thirds: Y >= 2N and Y > 0 of the votes cast; 3Y >= 2P, 3Y >= 2E of the other bases."""
    out_of = _against_base(figures, rule)
    return _share(figures, rule, out_of=out_of, needs=-(-2 * out_of // 3), tied=False)


@method(
    Method.CONSENSUS,
    Answer.YES,
    Answer.ASIDE,
    Answer.BLOCK,
    source="Seeds for Change, A Consensus Handbook (2013)",
)
def consensus(figures: Figures, rule: Rule) -> Verdict:
    """B = 0, Y >= 1, and no more seats stand aside than the rule allows."""
    within = rule.asides is None or figures["aside"] <= rule.asides
    own: dict[str, int | str] = {} if rule.asides is None else {"asides_allowed": rule.asides}
    return Verdict(figures["block"] == 0 and figures["yes"] >= 1 and within, figures=own)


def answers_of(key: Method) -> tuple[Answer, ...]:
    """The answers that a method offers, in the order in which a form shows them."""
    return METHODS[key].answers


def decide(voices: Iterable[Voice], rule: Rule, *, round_n: int = 1) -> Result:
    """Count `voices` by `rule` in round `round_n`.

    Raises WrongAnswer where a seat that has not stepped out gave an answer that the round's method does not
    offer.
    """
    key = rule.method_in(round_n)
    seats = list(voices)
    figures = _figures([v for v in seats if not v.recused], rule, key, round_n, len(seats))
    enough = figures["present"] >= figures["quorum_needs"] and figures["sectors"] >= figures["sectors_need"]
    if not enough:
        return Result(Outcome.NO_QUORUM, figures)
    verdict = METHODS[key].count(figures, rule)
    then = None if verdict.met else rule.next_method(round_n)
    figures = {**figures, **verdict.figures}  # type: ignore[typeddict-item]
    if verdict.tied:
        figures["tied"] = True
    if then:
        figures["then"] = then.value
    return Result(_outcome(verdict, rule, then), figures, then)


def _outcome(verdict: Verdict, rule: Rule, then: Method | None) -> Outcome:
    if verdict.met:
        return Outcome.ADOPTED
    if then or (verdict.tied and rule.tie is Tie.DEFERS):
        return Outcome.DEFERRED
    return Outcome.NOT_ADOPTED


def _figures(eligible: Sequence[Voice], rule: Rule, key: Method, round_n: int, seats: int) -> Figures:
    given = Counter(v.answer for v in eligible if v.answer is not None)
    for answer in given:
        if answer not in METHODS[key].answers:
            raise WrongAnswer(f"{key.value} offers no answer {answer.value}")
    present = [v for v in eligible if v.present or v.answer is not None]
    return Figures(
        method=key.value,
        round=round_n,
        eligible=len(eligible),
        recused=seats - len(eligible),
        present=len(present),
        silent=len(eligible) - given.total(),
        sectors=len({v.sector for v in present}),
        quorum_needs=rule.quorum.seats_needed(len(eligible)),
        sectors_need=rule.quorum.sectors,
        yes=given[Answer.YES],
        no=given[Answer.NO],
        abstain=given[Answer.ABSTAIN],
        aside=given[Answer.ASIDE],
        block=given[Answer.BLOCK],
    )


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
