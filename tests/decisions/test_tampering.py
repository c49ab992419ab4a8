"""A hundred random tamperings by whoever owns the database: the check finds every one."""

import datetime
import os
import random
from collections.abc import Iterator
from functools import partial

import pytest
from django.db import connection, transaction
from psycopg2 import OperationalError, connect

from accounts import clock
from decisions.enums import AskedBy, Change, Source
from decisions.models import Event, Group, Sealed
from decisions.register import verify_register
from decisions.rule import Answer, Method, Rule
from decisions.services import (
    Given,
    Shown,
    attach_file,
    close_decision,
    erase,
    keep_decision,
    next_round,
    open_decision,
    plan_meeting,
    put_on_agenda,
    record_answers,
    record_attendance,
    record_told,
    step_out,
    withdraw,
)
from ops.postgres import ADMIN
from tests.conftest import Cast
from tests.decisions.conftest import a_pdf, adopt, answer, decided, make_committee, voting, working_as
from tests.decisions.tampering import (
    NOT_VOUCHED,
    SEEN_FROM_OUTSIDE_ALONE,
    SEEN_FROM_WITHIN,
    Tampering,
    change,
    columns,
    guards_down,
)
from tests.full import FULL

TRIES = 1000 if FULL else 100
WAYS = [*SEEN_FROM_WITHIN, *SEEN_FROM_OUTSIDE_ALONE]


@pytest.fixture
def rng() -> random.Random:
    """Where the test fails, its seed is shown: PORTAL_SEED repeats it."""
    seed = int(os.environ.get("PORTAL_SEED") or random.randrange(10**6))
    print(f"PORTAL_SEED={seed}")  # noqa: T201
    return random.Random(seed)


@pytest.fixture
def cast(committed_cast: Cast) -> Cast:
    """Committed, since whoever tampers comes by another connection."""
    return committed_cast


@pytest.fixture
def register(cast: Cast, by_majority: Group) -> Iterator[str]:
    """Some decisions with reasons, a seat that stepped out, a reason erased early, a second round; and the
    strongest role that the server lets in. Out: the code of the last entry, as somebody printed it."""
    _silence(cast)
    _second_round(cast)
    _ended_otherwise(cast, by_majority)
    _at_meetings(cast, by_majority)
    _four_decisions(cast, by_majority)
    strongest = _administrator() or connection.settings_dict["USER"]
    print(f"role: {strongest}")  # noqa: T201
    with working_as(strongest):
        yield Event.objects.order_by("-seq")[0].hash


def _administrator() -> str | None:
    """The role that made the server, where it lets us in."""
    how = {**connection.get_connection_params(), "user": ADMIN}
    try:
        connect(**how).close()
    except OperationalError:
        return None
    return ADMIN


def _four_decisions(cast: Cast, by_majority: Group) -> None:
    by = cast.coordinator
    reasoned = open_decision(group=by_majority, question="Shall we open on Saturdays?", by=by)
    seats = voting(reasoned)
    for n in (1, 2):
        attach_file(decision=reasoned, upload=a_pdf(f"plan {n}"), by=by)
    given = [Given(seat, Answer.YES, f"Reason {n}.", told="Until Friday.") for n, seat in enumerate(seats)]
    record_answers(decision=reasoned, given=given, shown=Shown("They said so.", a_pdf("reply")), by=by)
    record_answers(decision=reasoned, given=given[2:], shown=Shown("They wrote again."), by=by)
    said = Sealed.objects.filter(position__decision_seat=seats[0]).get()
    erase(text=said, asked_by=AskedBy.SEAT, because="They asked.", by=cast.staff)
    step_out(decision=reasoned, seat=seats[1], reason="They bid for it.", by=by)
    answer(reasoned, "no", by=by)
    close_decision(decision=reasoned, version=reasoned.version, rationale="Families ask.", by=by)
    for answers in (["yes"] * 5, ["no", "yes", "abstain", "yes"], ["no"] * 4):
        decided(by_majority, *answers, by=by)


def _silence(cast: Cast) -> None:
    """By no objection: every seat was told, one of them later than the others."""
    by = cast.staff
    group = make_committee(cast, None, by)
    silent = Rule(Method.NO_OBJECTION, silence=True)
    adopt(group, by=by, other=silent, sharing=Rule(Method.MAJORITY))
    until = clock.now() + datetime.timedelta(hours=1)
    decision = open_decision(group=group, question="Shall we share one form?", closes_at=until, by=by)
    first, *others = voting(decision)
    for seats, how in ((others, Source.MEETING), ([first], Source.PHONE)):
        record_told(decision=decision, seats=seats, how=how, by=by)
    with clock.shifted(datetime.timedelta(hours=2)):
        close_decision(decision=decision, version=decision.version, by=by)


def _ended_otherwise(cast: Cast, by_majority: Group) -> None:
    """A question that was taken back, and one that changes an earlier decision, which is kept at a review."""
    by, today = cast.coordinator, clock.today(cast.larkmoor)
    earlier = open_decision(group=by_majority, question="Shall we meet weekly?", by=by)
    answer(earlier, "yes", "yes", "yes", by=by)
    day = today + datetime.timedelta(days=1)
    earlier = close_decision(decision=earlier, version=earlier.version, review_on=day, by=by)
    next_on = today + datetime.timedelta(days=90)
    keep_decision(decision=earlier, reason="It works.", review_on=next_on, by=by)
    later = open_decision(
        group=by_majority, question="Shall we stop?", supersedes=earlier, changes=Change.ENDS, by=by
    )
    answer(later, "no", "yes", by=by)
    withdraw(decision=later, reason="No need.", by=by)


def _at_meetings(cast: Cast, by_majority: Group) -> None:
    """A question that was moved from one meeting to another, and one that was taken at a meeting."""
    by, at = cast.coordinator, clock.now()
    first, second = (plan_meeting(group=by_majority, starts_at=at, by=by) for _ in range(2))
    moved = open_decision(group=by_majority, question="Shall we paint?", meeting=first, by=by)
    put_on_agenda(decision=moved, meeting=second, by=by)
    taken = open_decision(group=by_majority, question="Shall we sing?", meeting=second, by=by)
    answer(taken, "yes", by=by)
    seats = list(by_majority.seats.all())
    record_attendance(meeting=second, seats=seats, here=seats, by=by)
    taken.refresh_from_db()
    close_decision(decision=taken, version=taken.version, by=by)


def _second_round(cast: Cast) -> None:
    """By consensus, with one against: asked anew, in both languages, as one with options is asked."""
    by = cast.staff
    group = make_committee(cast, cast.bellwether, by)
    again = open_decision(group=group, question="Shall we share one form?", by=by)
    answer(again, *["yes"] * 4, "block", by=by)
    next_round(decision=again, text="Shall we share one form for a year?", text_es="¿Por un año?", by=by)
    answer(again, *["yes"] * 5, by=by)
    options = {"options": ["On Mondays", "Never"], "options_es": ["Los lunes", "Nunca"]}
    why = {"method": Method.PLURALITY, "method_reason": "Two days."}
    open_decision(group=group, question="When?", **options, **why, by=by)


def found_after(way: Tampering, rng: random.Random, cast: Cast, printed: str) -> tuple[bool, bool]:
    """Whether the check finds it by itself, and with the code that stands on a printed decision. Then all is
    as before."""
    with transaction.atomic():
        way(rng)
        alone = verify_register(district=cast.larkmoor)
        helped = verify_register(district=cast.larkmoor, known=printed)
        transaction.set_rollback(True)
    return alone.problem is not None, helped.problem is not None


def test_every_tampering_is_found(cast: Cast, register: str, rng: random.Random):
    ways = (rng.sample(WAYS, len(WAYS)) * (TRIES // len(WAYS) + 1))[:TRIES]
    with transaction.atomic():
        with guards_down():
            found = [(way.__name__, *found_after(way, rng, cast, register)) for way in ways]
        assert found == [(way.__name__, way in SEEN_FROM_WITHIN, True) for way in ways]
        assert verify_register(district=cast.larkmoor, known=register).problem is None
        transaction.set_rollback(True)


def test_each_column_of_each_table_is_vouched_for(cast: Cast, register: str, rng: random.Random):
    missed = []
    with transaction.atomic():
        with guards_down():
            for table, column in columns():
                way = partial(change, table, column)
                if column != "id" and not found_after(way, rng, cast, register)[0]:
                    missed.append((table, column))
        transaction.set_rollback(True)
    assert missed == list(NOT_VOUCHED)
