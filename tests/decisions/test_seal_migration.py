"""A register from before reasons were sealed alone: texts find their answers, events stay as written."""

from collections.abc import Iterator
from typing import Any

import pytest

from accounts import clock
from decisions.ledger import canonical, chained
from decisions.models import Position, Recusal
from decisions.register import verify_register
from decisions.seal import sealed
from decisions.services import open_decision
from tests.conftest import Cast
from tests.decisions.conftest import make_committee
from tests.decisions.migrating import migrate, migrate_to_now
from tests.decisions.tampering import run

BEFORE = ("decisions", "0001_initial")
SALT = "5a" * 16


@pytest.fixture
def old_state(committed_cast: Cast) -> Iterator[Any]:
    """Decisions as they were before, with one open decision."""
    group = make_committee(committed_cast, committed_cast.quillback, committed_cast.coordinator)
    open_decision(group=group, question="Shall we?", by=committed_cast.coordinator)
    try:
        yield migrate(BEFORE)
    finally:
        migrate_to_now()


class OldRegister:
    """Writes events, answers and texts as they were written then."""

    def __init__(self, models: Any, cast: Cast) -> None:
        self.models, self.cast = models, cast
        self.decision = self.model("Decision").objects.get()
        self.round = self.model("Round").objects.get()

    def model(self, name: str) -> Any:
        return self.models.get_model("decisions", name)

    def event(self, kind: str, *persons: dict[str, str], **fields: object) -> None:
        last = self.model("Event").objects.order_by("-seq")[0]
        body = canonical(last.seq + 1, self.decision.uid, {"kind": kind, **fields})
        event = self.model("Event").objects.create(
            district_id=last.district_id,
            seq=last.seq + 1,
            decision_uid=self.decision.uid,
            body=body,
            prev=last.hash,
            hash=chained(last.hash, body),
        )
        for person in persons:
            self.model("Sealed").objects.create(
                district_id=last.district_id,
                event=event,
                digest=sealed(SALT, person),
                salt=SALT,
                person=person,
            )
        self.model("ChainHead").objects.update(seq=event.seq, hash=event.hash)

    def answered(self, **reasons: str) -> None:
        """Seats by the first letters of their label, each with its reason."""
        answers, persons = [], []
        for start, reason in reasons.items():
            seat = self.model("DecisionSeat").objects.get(label__startswith=start)
            person = {"reason": reason, "told": "Until Friday.", "recorded_by": "Imogen Tasker"}
            self.model("Position").objects.create(
                district_id=self.decision.district_id,
                round=self.round,
                decision_seat=seat,
                answer="yes",
                reason=reason,
                told="Until Friday.",
                source="phone",
                recorded_by_id=self.cast.coordinator.pk,
                at=clock.now(),
            )
            digest = sealed(SALT, person)
            answers.append({"seat": str(seat.uid), "answer": "yes", "source": "phone", "sealed": digest})
            persons.append(person)
        self.event("answered", *persons, round=1, answers=answers)

    def stepped_out(self, start: str, reason: str) -> None:
        """A seat that stepped out."""
        seat = self.model("DecisionSeat").objects.get(label__startswith=start)
        person = {"reason": reason, "recorded_by": "Imogen Tasker"}
        self.model("Recusal").objects.create(
            district_id=self.decision.district_id,
            decision_seat=seat,
            reason=reason,
            recorded_by_id=self.cast.coordinator.pk,
            at=clock.now(),
        )
        self.event("stepped_out", person, seat=str(seat.uid), sealed=sealed(SALT, person))


def test_texts_find_their_answers_and_no_event_changes(committed_cast: Cast, old_state: Any):
    old = OldRegister(old_state, committed_cast)
    old.answered(Larkmoor="First.", Open="Other.")
    old.answered(Larkmoor="Second.")
    old.stepped_out("Juvenile", "They bid for it.")
    before = run("SELECT seq, body, prev, hash FROM decisions_event ORDER BY seq")
    migrate_to_now()
    assert run("SELECT seq, body, prev, hash FROM decisions_event ORDER BY seq") == before
    assert [(position.decision_seat.label, position.reason) for position in Position.objects.all()] == [
        ("Larkmoor Police Department", "First."),
        ("Open Cupboard Pantry", "Other."),
        ("Larkmoor Police Department", "Second."),
    ]
    assert [recusal.reason for recusal in Recusal.objects.all()] == ["They bid for it."]
    found = verify_register(district=committed_cast.larkmoor, known=before[-1][3])
    assert (found.events, found.problem) == (4, None)
