"""The reads that decide: which rule is in force, and how a decision stands."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts import clock
from accounts.models import District, Membership

from .ballots import Ballot, read
from .enums import Kind, Standing
from .models import (
    Attendance,
    CharterRule,
    Decision,
    DecisionSeat,
    Group,
    Position,
    Round,
    Seat,
    SeatHolder,
)
from .outcome import Result, Voice, decide
from .poll import Beside, said_by
from .rule import NAMED, Closer, Method, Rule
from .starting import starting_rule

QUESTION_ES, TEXT_ES, OPTIONS_ES = "question_es", "text_es", "options_es"


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


def lacks_spanish(decision: Decision, asked: Round) -> list[str]:
    """What of a question, as it stands in a round, is not written in Spanish, as names of fields."""
    words, written = (TEXT_ES, asked.text_es) if asked.text else (QUESTION_ES, decision.question_es)
    found = [] if written else [words]
    return [*found, OPTIONS_ES] if asked.options and not asked.options_es else found


def notice_ends(opened_at: datetime.datetime, rule: Rule, district: District) -> datetime.date:
    """The first day on which a question that was put then may be closed."""
    return clock.local_day(opened_at, district) + datetime.timedelta(days=rule.notice_days)


def sitting_in(seats: Sequence[DecisionSeat], today: datetime.date) -> dict[int, SeatHolder]:
    """Who sits that day in the seats of decisions, by the key of the seat: the deputy where nobody else does.

    One query. A seat in which nobody sits is left out, as is one whose person left their organization.
    """
    asked = {seat.seat_id for seat in seats}
    rows = SeatHolder.objects.filter(seat__in=asked).on(today).select_related("contact", "membership__user")
    here = [holder for holder in rows.order_by("-deputy", "pk") if not holder.has_left(today)]
    found = {holder.seat_id: holder for holder in here}
    return {seat.pk: found[seat.seat_id] for seat in seats if seat.seat_id in found}


def covering(group: Group, day: datetime.date) -> QuerySet[Membership]:
    """Those of us who cover a group's school, or the district for its own group, that day."""
    people = Membership.objects.on(day)
    found: QuerySet[Membership] = (
        people.at_school(group.school_id) if group.school_id else people.filter(whole_district=True)
    )
    return found


def closers_for(group: Group, day: datetime.date) -> list[Closer]:
    """Whose role a group can name to count and close its questions. A district's own group: only a role that
    somebody has who covers the district, since principals seldom do; district staff's; and the one that it
    named. Two queries for such a group."""
    if group.school_id:
        return list(Closer)
    agreed = charter_rule(group, "", day)
    roles = {*covering(group, day).values_list("role", flat=True), Closer.STAFF.value}
    return [closer for closer in Closer if closer in roles or (agreed and agreed.rule.closes is closer)]


def closer_of(decision: Decision, rule: Rule) -> Closer | None:
    """Whose role counts and closes a question today; None: whoever keeps its group's decisions.

    Where the rule names a role that nobody has who covers the group, that is district staff, who cover every
    group: no rule locks a group out. One query where it names another role than theirs, which reads group and
    district, too.
    """
    if rule.closes in (None, Closer.STAFF):
        return rule.closes
    here = covering(decision.group, clock.today(decision.district))
    return rule.closes if here.filter(role=rule.closes).exists() else Closer.STAFF


@dataclass(frozen=True)
class Line:
    """One voting seat in the present round: its latest answer, how many it gave, whether it is at the
    meeting, stepped out, and was told."""

    seat: DecisionSeat
    position: Position | None
    given: int
    here: bool = False

    @property
    def stepped_out(self) -> bool:
        """Whether the seat stepped out."""
        return hasattr(self.seat, "recusal")

    @property
    def was_told(self) -> bool:
        """Whether it knows of the question: its notice is recorded, or it answered."""
        return hasattr(self.seat, "notice") or self.position is not None

    @property
    def answer(self) -> Ballot | None:
        """Its latest answer."""
        return read(self.position.answer) if self.position else None


@dataclass(frozen=True)
class Count:
    """How a decision stands: its round, the rule as it was agreed and as it holds in this round, voting seats
    with their answers, other seats, and the result. Where a matter is given to one seat, that one alone is
    asked."""

    round: Round
    rounds: Sequence[Round]
    agreed: Rule
    rule: Rule
    lines: Sequence[Line]
    others: Sequence[DecisionSeat]
    result: Result

    @property
    def present(self) -> list[str]:
        """Which seats are at the meeting, as the register says it."""
        return sorted(str(line.seat.uid) for line in self.lines if line.here)

    @property
    def all_here_answered(self) -> bool:
        """Whether somebody is at the meeting where it is taken, and all who are have answered."""
        here = [line for line in self.lines if line.here and not line.stepped_out]
        return bool(here) and all(line.answer is not None for line in here)

    @property
    def named(self) -> Line | None:
        """The seat that the rule names to decide alone, where one does; it may have stepped out."""
        return _named(self.lines, self.rule)

    @property
    def decider(self) -> Line | None:
        """The same while it takes part: a seat that stepped out decides nothing."""
        return _taking_part(self.named)

    @property
    def waits_for_decider(self) -> bool:
        """Whether one seat decides alone and has not yet."""
        return self.decider is not None and self.decider.answer is None

    @property
    def nobody_decides(self) -> bool:
        """Whether the seat that decides alone stepped out: the question can only be taken back."""
        return self.named is not None and self.decider is None


def count(decision: Decision) -> Count:
    """Count a decision as it stands, in four queries (three where its rule is loaded; one more where it is
    taken at a meeting)."""
    found = decision.seats.select_related("seat", "notice", "recusal__sealed__erasure")
    seats = sorted(found, key=lambda seat: seat.label.casefold())  # as the roll of a meeting has them
    rounds = list(decision.rounds.all())
    current, agreed = rounds[-1], rule_of(decision, seats)
    rule = agreed.in_round(current.n, current.days)
    lines = _lines(seats, current, seats_here(decision))
    named = _named(lines, rule)
    decider = _taking_part(named)
    if rule.method is Method.DELEGATED:
        lines = [line for line in lines if line is named]
    voices = [
        Voice(line.seat.sector, line.answer, line.stepped_out, line.here, line.was_told)
        for line in lines
        if line is not decider
    ]
    others = [seat for seat in seats if seat.standing != Standing.VOTES]
    beside = Beside(decision.is_over, said_by(decider.answer) if decider else None)
    result = decide(voices, rule, round_n=current.n, options=len(current.options), beside=beside)
    return Count(current, rounds, agreed, rule, lines, others, result)


def seats_here(decision: Decision) -> set[int]:
    """The keys of the seats that are at the meeting where a decision is taken; none without a meeting."""
    if decision.meeting_id is None:
        return set()
    here = Attendance.objects.filter(meeting=decision.meeting_id, here=True)
    return set(here.values_list("seat_id", flat=True))


def _named(lines: Sequence[Line], rule: Rule) -> Line | None:
    if rule.method not in NAMED:
        return None
    return next((line for line in lines if str(line.seat.seat.uid) == rule.decider), None)


def _taking_part(line: Line | None) -> Line | None:
    return None if line is None or line.stepped_out else line


def _lines(seats: Sequence[DecisionSeat], current: Round, here: Container[int]) -> list[Line]:
    given: dict[int, list[Position]] = {}
    for position in current.positions.select_related("recorded_by__user", "sealed__erasure"):
        given.setdefault(position.decision_seat_id, []).append(position)
    return [
        Line(
            seat,
            given[seat.pk][-1] if seat.pk in given else None,
            len(given.get(seat.pk, ())),
            here=seat.seat_id in here,
        )
        for seat in seats
        if seat.standing == Standing.VOTES
    ]
