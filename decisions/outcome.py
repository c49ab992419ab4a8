"""From seats and their ballots to an outcome: the same order for every method.

Seats that step out leave the count, then the quorum, then the method, then the tie or the fallback, then
whose the last word is. Pure; sentences.py puts a `Result` into words. The quorum over sectors is coalition
practice (Drug-Free Communities, twelve sectors).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from decisions.ballots import Ballot
from decisions.figures import Figures
from decisions.methods import METHODS, Entry, silence_assents
from decisions.poll import NOTHING_BESIDE, Beside, Poll, Verdict
from decisions.rule import Answer, Method, Outcome, Rule, Tie


@dataclass(frozen=True)
class Voice:
    """One voting seat as it stands: its sector, its latest ballot (None: none yet), whether it stepped out,
    is present, was given notice."""

    sector: str
    answer: Ballot | None = None
    recused: bool = False
    present: bool = False
    told: bool = False


@dataclass(frozen=True)
class Result:
    """The outcome of a count and its arithmetic. `then` is the method that decides in a later round, where
    one waits."""

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


def decide(
    voices: Iterable[Voice],
    rule: Rule,
    *,
    round_n: int = 1,
    options: int = 0,
    beside: Beside = NOTHING_BESIDE,
) -> Result:
    """Count `voices` in round `round_n` by `rule` as it holds in that round, of `options` options.

    Raises WrongAnswer where a seat that has not stepped out gave an answer that the round's method does not
    offer.
    """
    entry = METHODS[rule.method]
    seats = list(voices)
    taking_part = [voice for voice in seats if not voice.recused]
    ballots = [voice.answer for voice in taking_part if voice.answer is not None]
    _check(ballots, entry, options, rule)
    figures = _figures(taking_part, ballots, rule, round_n, len(seats))
    figures = {**figures, **entry.shape.counted(ballots, options)}  # type: ignore[typeddict-item]
    no_quorum = Result(Outcome.NO_QUORUM, figures)
    if not (no_quorum.quorum_met and no_quorum.sectors_met):
        return no_quorum
    untold = sum(not voice.told for voice in taking_part)
    verdict = entry.count(Poll(figures, ballots, options, untold, beside), rule)
    return _result(verdict, rule, figures)


def _check(ballots: Sequence[Ballot], entry: Entry, options: int, rule: Rule) -> None:
    for ballot in ballots:
        if not entry.shape.fits(ballot, options, rule):
            raise WrongAnswer(f"{rule.method.value} takes no answer {ballot}")


def _figures(
    taking_part: Sequence[Voice],
    ballots: Sequence[Ballot],
    rule: Rule,
    round_n: int,
    seats: int,
) -> Figures:
    entry, words = METHODS[rule.method], Counter(ballot for ballot in ballots if isinstance(ballot, Answer))
    present = [voice for voice in taking_part if _is_present(voice, rule.method)]
    return Figures(
        method=rule.method.value,
        round=round_n,
        eligible=len(taking_part),
        recused=seats - len(taking_part),
        present=len(present),
        silent=len(taking_part) - len(ballots),
        sectors=len({voice.sector for voice in present}),
        quorum_needs=rule.quorum.seats_needed(len(taking_part)) if entry.quorum else 0,
        sectors_need=rule.quorum.sectors if entry.quorum else 0,
        yes=words[Answer.YES],
        no=words[Answer.NO],
        abstain=words[Answer.ABSTAIN],
        aside=words[Answer.ASIDE],
        block=words[Answer.BLOCK],
        objects=words[Answer.OBJECTS],
    )


def _is_present(voice: Voice, key: Method) -> bool:
    return voice.present or voice.answer is not None or (silence_assents(key) and voice.told)


def _result(verdict: Verdict, rule: Rule, figures: Figures) -> Result:
    then = None if verdict.met else rule.fallback
    if then is None and verdict.again:
        then = rule.method
    whole: Figures = {**figures, **verdict.figures}  # type: ignore[typeddict-item]
    for name, holds in (("tied", verdict.tied), ("early", verdict.early), ("again", then is rule.method)):
        if holds:
            whole[name] = True  # type: ignore[literal-required]
    if then:
        whole["then"] = then.value
    if rule.authority:
        whole["authority"] = rule.authority.value
    return Result(_outcome(verdict, rule, then), whole, then)


def _outcome(verdict: Verdict, rule: Rule, then: Method | None) -> Outcome:
    if verdict.met:
        return Outcome.RECOMMENDED if rule.authority else Outcome.ADOPTED
    if then or verdict.early or (verdict.tied and rule.tie is Tie.DEFERS):
        return Outcome.DEFERRED
    return Outcome.NOT_ADOPTED
