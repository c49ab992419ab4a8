"""Answers: the latest of a seat counts, all are kept. And seats that step out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts import clock
from accounts.models import Membership
from decisions.ballots import Ballot, kept
from decisions.enums import Source, Standing, State
from decisions.methods import METHODS
from decisions.models import Decision, DecisionSeat, Position, Recusal, Round
from decisions.outcome import WrongAnswer
from decisions.queries import rule_of
from decisions.register import Sealer, append

from .errors import AlreadyClosed, AnswersEnded, RoundOver, SteppedOut


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
    by: Membership | None,
) -> Position:
    """One answer of a seat; see `record_answers`. `by` is None only for an answer by the seat's own link."""
    given = Given(seat, answer, reason, source, told)
    return record_answers(decision=decision, given=[given], by=by)[0]


def record_answers(
    *, decision: Decision, given: Sequence[Given], by: Membership | None, round_n: int | None = None
) -> list[Position]:
    """Answers of several seats in the decision's current round, as one entry of the register.

    `round_n`: the round that the seats were asked in, where a further one may have begun since. Raises
    AlreadyClosed, AnswersEnded, RoundOver, SteppedOut, and WrongAnswer for an answer that the method does not
    offer or a seat that does not vote here.
    """
    with transaction.atomic():
        touch(decision)
        if decision.closes_at and decision.closes_at < clock.now():
            raise AnswersEnded
        current = decision.rounds.order_by("-n")[0]
        if round_n not in (None, current.n):
            raise RoundOver
        _check(decision, current, given)
        positions = _keep(current, given, by)
        _register(decision, current, positions, given, by)
    decision.version += 1
    return positions


def touch(decision: Decision) -> None:
    """Take the decision's row while it is open, and raise its version: a close that counted before fails
    then.

    Raises AlreadyClosed.
    """
    open_row = Decision.objects.filter(pk=decision.pk, state=State.OPEN)
    if open_row.update(version=F("version") + 1) != 1:
        raise AlreadyClosed


def _check(decision: Decision, current: Round, given: Sequence[Given]) -> None:
    seats = {seat.pk: seat for seat in decision.seats.select_related("recusal")}
    rule = rule_of(decision, list(seats.values()))
    shape = METHODS[rule.method_in(current.n)].shape
    for one in given:
        seat = seats.get(one.seat.pk)
        votes = seat is not None and seat.standing == Standing.VOTES
        if not votes or not shape.fits(one.answer, len(current.options), rule):
            raise WrongAnswer(f"{one.seat} cannot answer {one.answer} here")
        if hasattr(seat, "recusal"):
            raise SteppedOut


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
) -> None:
    sealer = Sealer()
    append(
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
            "by": sealer.name("recorded_by", by),
        },
        sealer=sealer,
    )


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
