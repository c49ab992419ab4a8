"""Ballots on paper and on a screen: a number beside each option, for dots, scores and ranks. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from decisions.ballots import Ballot, Ranking
from decisions.methods import METHODS
from decisions.rule import Method, Rule


def as_numbers(ballot: Ballot | None, method: Method, options: int) -> list[int | None]:
    """The number beside each option: its dots, its score or its rank; None where it has none."""
    if not isinstance(ballot, tuple):
        return [None] * options
    if not _ranks(method):
        return list(ballot)
    return [ballot.index(option) + 1 if option in ballot else None for option in range(options)]


def from_numbers(numbers: Sequence[int | None], method: Method) -> Ballot | None:
    """The ballot that the numbers make; None where none is written, an empty one that no method takes where a
    score is missing, or a rank is 0 or stands twice."""
    written = [number for number in numbers if number is not None]
    if not written:
        return None
    if not _ranks(method):
        missing = method is Method.SCORE and len(written) < len(numbers)
        return () if missing else tuple(number or 0 for number in numbers)
    if 0 in written or len(set(written)) < len(written):
        return ()
    places = sorted((number, option) for option, number in enumerate(numbers) if number)
    return tuple(option for _number, option in places)


def _ranks(method: Method) -> bool:
    return isinstance(METHODS[method].shape, Ranking)


def how_to(method: Method, rule: Rule) -> str:
    """What makes a ballot of numbers; empty for a method that asks for none."""
    return {
        Method.DOTS: _("Place at least one dot, and no more than %(n)d in all.") % {"n": rule.dots},
        Method.SCORE: _("Give each option a score from 0 to %(n)d.") % {"n": rule.top},
        Method.RUNOFF: _("Write 1 at the first choice, 2 at the second, and so on; each number once."),
    }.get(method, "")
