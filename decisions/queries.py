"""The reads that decide: which rule is in force, and how a decision stands."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .ballots import Ballot, read
from .enums import Kind, Standing
from .models import CharterRule, Decision, DecisionSeat, Group, Position, Round, Seat
from .outcome import Result, Voice, decide
from .rule import Method, Rule
from .starting import starting_rule


def voting_sectors(seats: Iterable[Seat | DecisionSeat]) -> list[str]:
    """The sector of each voting seat."""
    return [seat.sector for seat in seats if seat.standing == Standing.VOTES]


def charter_rule(group: Group, kind: Kind | str, day: datetime.date) -> CharterRule | None:
    """The row in force that day for a kind of decision, else the one for all others; None: the starting
    rule."""
    rows = (
        CharterRule.objects.filter(charter__group=group, charter__in_force_from__lte=day, kind__in=("", kind))
        .select_related("charter")
        .order_by("-charter__n", "-kind")
    )
    found: CharterRule | None = rows.first()
    return found


def rule_of(decision: Decision, seats: Iterable[DecisionSeat]) -> Rule:
    """The rule that a decision is counted by: its charter's row, or the starting rule for the seats of its
    day."""
    rule = decision.rule.rule if decision.rule else starting_rule(voting_sectors(seats))
    return rule.by(Method(decision.method))


@dataclass(frozen=True)
class Line:
    """One voting seat in the present round: its latest answer, how many it gave, and whether it stepped
    out."""

    seat: DecisionSeat
    position: Position | None
    given: int

    @property
    def stepped_out(self) -> bool:
        """Whether the seat stepped out."""
        return hasattr(self.seat, "recusal")

    @property
    def answer(self) -> Ballot | None:
        """Its latest answer."""
        return read(self.position.answer) if self.position else None


@dataclass(frozen=True)
class Count:
    """How a decision stands: its round, rule, voting seats with their answers, other seats, and the
    result."""

    round: Round
    rounds: Sequence[Round]
    rule: Rule
    lines: Sequence[Line]
    others: Sequence[DecisionSeat]
    result: Result


def count(decision: Decision) -> Count:
    """Count a decision as it stands, in four queries (three where its rule is loaded)."""
    seats = list(decision.seats.select_related("recusal__sealed__erasure"))
    rounds = list(decision.rounds.all())
    rule = rule_of(decision, seats)
    lines = _lines(seats, rounds[-1])
    voices = [Voice(line.seat.sector, line.answer, recused=line.stepped_out) for line in lines]
    others = [seat for seat in seats if seat.standing != Standing.VOTES]
    current = rounds[-1]
    result = decide(voices, rule, round_n=current.n, options=len(current.options))
    return Count(current, rounds, rule, lines, others, result)


def _lines(seats: Sequence[DecisionSeat], current: Round) -> list[Line]:
    given: dict[int, list[Position]] = {}
    for position in current.positions.select_related("recorded_by__user", "sealed__erasure"):
        given.setdefault(position.decision_seat_id, []).append(position)
    return [
        Line(seat, given[seat.pk][-1] if seat.pk in given else None, len(given.get(seat.pk, ())))
        for seat in seats
        if seat.standing == Standing.VOTES
    ]
