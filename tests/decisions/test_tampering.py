"""A hundred random tamperings by whoever owns the database: the check finds every one."""

import os
import random

import pytest
from django.db import transaction

from decisions.enums import AskedBy
from decisions.models import Event, Group, Sealed
from decisions.register import verify_register
from decisions.rule import Answer
from decisions.services import Given, close_decision, erase, open_decision, record_answers, step_out
from tests.conftest import Cast
from tests.decisions.conftest import answer, decided, voting
from tests.decisions.tampering import SEEN_FROM_OUTSIDE_ALONE, SEEN_FROM_WITHIN, Tampering, guards_down

TRIES = 1000 if os.environ.get("PORTAL_FULL") else 100
WAYS = [*SEEN_FROM_WITHIN, *SEEN_FROM_OUTSIDE_ALONE]


@pytest.fixture
def register(cast: Cast, by_majority: Group) -> Group:
    """Four decisions with reasons, one seat that stepped out, and one reason that was erased early."""
    by = cast.coordinator
    reasoned = open_decision(group=by_majority, question="Shall we open on Saturdays?", by=by)
    seats = voting(reasoned)
    given = [Given(seat, Answer.YES, f"Reason {n}.", told="Until Friday.") for n, seat in enumerate(seats)]
    record_answers(decision=reasoned, given=given, by=by)
    said = Sealed.objects.filter(position__decision_seat=seats[0]).get()
    erase(text=said, asked_by=AskedBy.SEAT, because="They asked.", by=cast.staff)
    step_out(decision=reasoned, seat=seats[1], reason="They bid for it.", by=by)
    answer(reasoned, "no", by=by)
    close_decision(decision=reasoned, version=reasoned.version, rationale="Families ask.", by=by)
    for answers in (["yes"] * 5, ["no", "yes", "abstain", "yes"], ["no"] * 4):
        decided(by_majority, *answers, by=by)
    return by_majority


def found_after(way: Tampering, rng: random.Random, cast: Cast, printed: str) -> tuple[bool, bool]:
    """Whether the check finds it by itself, and with the code that stands on a printed decision. Then all is
    as before."""
    with transaction.atomic():
        way(rng)
        alone = verify_register(district=cast.larkmoor)
        helped = verify_register(district=cast.larkmoor, known=printed)
        transaction.set_rollback(True)
    return alone.problem is not None, helped.problem is not None


def test_every_tampering_is_found(cast: Cast, register: Group):
    printed = Event.objects.order_by("-seq")[0].hash
    seed = int(os.environ.get("PORTAL_SEED") or random.randrange(10**6))
    print(f"PORTAL_SEED={seed}")  # noqa: T201 (shown where the test fails)
    rng = random.Random(seed)
    ways = (rng.sample(WAYS, len(WAYS)) * (TRIES // len(WAYS) + 1))[:TRIES]
    with guards_down():
        found = [(way.__name__, *found_after(way, rng, cast, printed)) for way in ways]
    assert found == [(way.__name__, way in SEEN_FROM_WITHIN, True) for way in ways]
    assert verify_register(district=cast.larkmoor, known=printed).problem is None
