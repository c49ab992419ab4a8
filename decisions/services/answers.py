"""Answers: the latest of a seat counts, all are kept. And seats that step out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from accounts import clock
from accounts.models import Membership
from decisions.ballots import Ballot, kept
from decisions.enums import BETWEEN, Source, Standing
from decisions.methods import shape_for
from decisions.models import Decision, DecisionSeat, Position, Recusal, Round
from decisions.outcome import WrongAnswer
from decisions.queries import rule_of
from decisions.register import Sealer, append
from decisions.rule import NAMED, Method, Rule

from .errors import AnswersEnded, NoProxies, OnlyInMeetings, RoundOver, SteppedOut
from .files import Shown, begin_evidence, keep_evidence
from .one_seat_errors import AdviceFirst, WhyWanted
from .while_open import touch


@dataclass(frozen=True)
class Given:
    """One answer as it was given: by which seat, what, why, how we know, and what the seat was told."""

    seat: DecisionSeat
    answer: Ballot
    reason: str = ""
    source: Source = Source.MEETING
    told: str = ""


def record_answer(
    *,
    decision: Decision,
    seat: DecisionSeat,
    answer: Ballot,
    reason: str = "",
    source: Source = Source.MEETING,
    told: str = "",
    round_n: int | None = None,
    by: Membership | None,
) -> Position:
    """One answer of a seat; see `record_answers`. `by` is None only for an answer by the seat's own link."""
    given = Given(seat, answer, reason, source, told)
    return record_answers(decision=decision, given=[given], round_n=round_n, by=by)[0]


def record_answers(
    *,
    decision: Decision,
    given: Sequence[Given],
    by: Membership | None,
    round_n: int | None = None,
    shown: Shown | None = None,
) -> list[Position]:
    """Answers of several seats in the decision's current round, as one entry of the register.

    `round_n`: the round that the seats were asked in, where a further one may have begun since. `shown`: what
    shows all of them, where somebody recorded them on behalf. Raises AlreadyClosed, AnswersEnded (for all but
    a seat that decides alone), RoundOver, SteppedOut, NoProxies where the rule allows none, OnlyInMeetings
    for an answer from outside a meeting where the group decides nowhere else, AdviceFirst and WhyWanted for a
    seat that decides, and WrongAnswer for an answer that the method does not offer or a seat without a vote
    here.
    """
    with transaction.atomic():
        touch(decision)
        current = decision.rounds.order_by("-n")[0]
        if round_n not in (None, current.n):
            raise RoundOver
        _check(decision, current, given)
        positions = _keep(current, given, by)
        _register(decision, current, positions, given, by, shown)
    decision.version += 1
    return positions


def _check(decision: Decision, current: Round, given: Sequence[Given]) -> None:
    seats = {seat.pk: seat for seat in decision.seats.select_related("seat", "recusal")}
    rule = rule_of(decision, list(seats.values())).in_round(current.n, current.days)
    for one in given:
        seat = seats.get(one.seat.pk)
        uid = str(seat.seat.uid) if seat else ""
        decides = rule.method in NAMED and uid == rule.decider
        if decision.is_over and not decides:
            raise AnswersEnded
        shape = shape_for(rule, uid)
        votes = seat is not None and seat.standing == Standing.VOTES
        if not votes or not shape.fits(one.answer, len(current.options), rule):
            raise WrongAnswer(f"{one.seat} cannot answer {one.answer} here")
        if hasattr(seat, "recusal"):
            raise SteppedOut
        if one.source == Source.PROXY and not rule.proxies:
            raise NoProxies
        if one.source in BETWEEN and not decision.group.between_meetings:
            raise OnlyInMeetings
        if decides and not one.reason.strip():
            raise WhyWanted
        if decides and rule.method is Method.LEADER and not decision.is_over:
            _check_advice(seats.values(), current, rule, given, one)


def _check_advice(
    seats: Iterable[DecisionSeat], current: Round, rule: Rule, given: Sequence[Given], decider: Given
) -> None:
    """Raise AdviceFirst where too few have advised the seat that decides, before now or together with it."""
    advisers = {
        seat.pk
        for seat in seats
        if seat.standing == Standing.VOTES and seat != decider.seat and not hasattr(seat, "recusal")
    }
    before = set(current.positions.values_list("decision_seat_id", flat=True))
    advised = advisers & (before | {one.seat.pk for one in given})
    if len(advised) < min(rule.advisers, len(advisers)):
        raise AdviceFirst


def _keep(current: Round, given: Sequence[Given], by: Membership | None) -> list[Position]:
    at = clock.now()
    return list(
        Position.objects.bulk_create(
            Position(
                district_id=current.district_id,
                round=current,
                decision_seat=one.seat,
                answer=kept(one.answer),
                source=one.source,
                recorded_by=by,
                at=at,
            )
            for one in given
        )
    )


def _register(
    decision: Decision,
    current: Round,
    positions: Sequence[Position],
    given: Sequence[Given],
    by: Membership | None,
    shown: Shown | None,
) -> None:
    sealer = Sealer()
    evidence, of_it = None, dict[str, Any]()
    if shown and by and positions:
        evidence, of_it = begin_evidence(shown, decision, by, sealer)
    event = append(
        district_id=decision.district_id,
        decision_uid=decision.uid,
        kind="answered",
        at=positions[0].at if positions else None,
        fields={
            "round": current.n,
            "answers": [
                {
                    "seat": str(one.seat.uid),
                    "answer": position.answer,
                    "source": position.source,
                    "sealed": sealer.digest(
                        beside=position, reason=one.reason.strip(), told=one.told.strip()
                    ),
                }
                for one, position in zip(given, positions, strict=True)
            ],
            **of_it,
            "by": sealer.name("recorded_by", by),
        },
        sealer=sealer,
    )
    if evidence:
        evidence.at = positions[0].at
        keep_evidence(evidence, of_it["shown"], event)


def step_out(*, decision: Decision, seat: DecisionSeat, reason: str, by: Membership) -> Recusal:
    """Let a seat step out: it leaves the count, whatever it answered. Raises AlreadyClosed, SteppedOut."""
    try:
        with transaction.atomic():
            touch(decision)
            recusal: Recusal = Recusal.objects.create(
                district_id=decision.district_id,
                decision_seat=seat,
                recorded_by=by,
                at=clock.now(),
            )
            sealer = Sealer()
            fields = {
                "seat": str(seat.uid),
                "sealed": sealer.digest(beside=recusal, reason=reason.strip()),
                "by": sealer.name("recorded_by", by),
            }
            append(
                district_id=decision.district_id,
                decision_uid=decision.uid,
                kind="stepped_out",
                at=recusal.at,
                fields=fields,
                sealer=sealer,
            )
    except IntegrityError as clash:
        raise SteppedOut from clash
    decision.version += 1
    return recusal
