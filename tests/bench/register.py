"""``./portal bench register [EVENTS]``: how long the check of a register takes, in one line of JSON.

One decision is made as people make it, then copied, uid by uid and seal by seal, until its district has that
many events (100,000 unless told). All of it happens in a transaction that is taken back. ``grown_mb`` is what
the walk adds to the process at its highest.
"""

# ruff: noqa: E402 (Django is set up before its models are imported)

import json
import os
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership_portal.settings")
os.environ.setdefault("PORTAL_DB_ROLE", "owner")  # who alone may ANALYZE, as a server does by itself in time
django.setup()

from django.db import connection, transaction
from django_scopes import scope

from accounts.models import District, User
from accounts.roles import Role
from accounts.services import add_member, create_district
from decisions.ledger import canonical, chained
from decisions.models import ChainHead, Decision, DecisionSeat, Event, Position, Round, Sealed
from decisions.register import verify_register
from decisions.rule import Answer
from decisions.seal import sealed
from decisions.services import (
    Given,
    add_seat,
    close_decision,
    create_group,
    open_decision,
    record_answers,
)

EVENTS, BATCH, SEATS = 100_000, 500, 5


def main() -> None:
    """Measure and print."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    with transaction.atomic():
        district = create_district(name="Bench", slug=f"bench-{uuid.uuid4().hex[:8]}", state="TX")
        with scope(district=district):
            copier = Copier(decided(district))
            while copier.head.seq < wanted:
                copier.copy(BATCH)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            figures = measured(district)
        transaction.set_rollback(True)
    sys.stdout.write(f"{json.dumps(figures)}\n")


def measured(district: District) -> dict[str, float]:
    """One walk: seconds of wall and of processor, and by how many MB the process grew at most."""
    Path("/proc/self/clear_refs").write_text("5")  # the highest use of memory counts from here (man 5 proc)
    before, start, worked = _memory_mb("VmRSS"), time.perf_counter(), time.process_time()
    found = verify_register(district=district)
    seconds, processor = time.perf_counter() - start, time.process_time() - worked
    if found.problem:
        sys.exit(f"The register that was made for this is not whole: {found.problem}.")
    return {
        "events": found.events,
        "seconds": round(seconds, 2),
        "processor_seconds": round(processor, 2),
        "events_a_second": round(found.events / seconds),
        "grown_mb": round(_memory_mb("VmHWM") - before, 1),
        "load": round(os.getloadavg()[0], 2),
    }


def _memory_mb(which: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{which}:")) / 1024


def decided(district: District) -> Decision:
    """A decision of five seats with reasons: opened, answered twice, closed."""
    user = User.objects.create_user(f"{uuid.uuid4().hex}@bench.example", name="Bench")
    by = add_member(district=district, user=user, role=Role.STAFF, title="", whole_district=True)
    group = create_group(name="Bench", school=None, by=by)
    for n in range(SEATS):
        add_seat(group=group, people_label=f"Seat {n}", sector="parents", by=by)
    decision = open_decision(group=group, question="Shall we share one form?", by=by)
    given = [Given(seat, Answer.YES, "It saves families a walk.") for seat in decision.seats.all()]
    for _ in range(2):
        record_answers(decision=decision, given=given, by=by)
    return close_decision(decision=decision, version=decision.version, rationale="Families ask.", by=by)


class Copier:
    """Writes the rows of one decision again and again, under new uids, and goes on with its chain."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.seats: list[Any] = list(decision.seats.order_by("pk"))
        self.round = decision.rounds.get()
        self.positions = list(Position.objects.filter(round=self.round).order_by("pk"))
        self.events = list(Event.objects.order_by("seq"))
        self.texts = {event.pk: list(event.sealed.order_by("pk")) for event in self.events}
        self.head = ChainHead.objects.get()
        self.n = decision.n

    def copy(self, times: int) -> None:
        """So many decisions more."""
        uids = [self._uids() for _ in range(times)]
        decisions = Decision.objects.bulk_create(self._decision(new) for new in uids)
        owners = list(zip(decisions, uids, strict=True))
        rounds = Round.objects.bulk_create(_again(self.round, decision=own) for own in decisions)
        seats: list[Any] = DecisionSeat.objects.bulk_create(
            _again(seat, decision=own, uid=new[str(seat.uid)]) for own, new in owners for seat in self.seats
        )
        rows = dict(zip([str(seat.uid) for seat in seats], seats, strict=True))
        positions = Position.objects.bulk_create(
            _again(one, round=rounds[at], decision_seat=rows[new[str(one.decision_seat.uid)]])
            for at, new in enumerate(uids)
            for one in self.positions
        )
        each = len(self.positions)
        said = {
            (at, old.pk): positions[at * each + n]
            for at in range(times)
            for n, old in enumerate(self.positions)
        }
        self._entries(owners, said)

    def _uids(self) -> dict[str, str]:
        return {str(row.uid): str(uuid.uuid4()) for row in (self.decision, *self.seats)}

    def _decision(self, new: dict[str, str]) -> Decision:
        self.n += 1
        return _again(self.decision, uid=new[str(self.decision.uid)], n=self.n)  # type: ignore[no-any-return]

    def _entries(self, owners: list[tuple[Decision, dict[str, str]]], said: dict[Any, Position]) -> None:
        written = [
            (self._entry(old, own, new), list(self._sealed(old, new)), at)
            for at, (own, new) in enumerate(owners)
            for old in self.events
        ]
        Event.objects.bulk_create(event for event, _texts, _at in written)
        Sealed.objects.bulk_create(
            _again(text, event=event, position=said.get((at, text.position_id)), **changed)
            for event, texts, at in written
            for text, changed in texts
        )
        ChainHead.objects.update(seq=self.head.seq, hash=self.head.hash)

    def _entry(self, old: Event, own: Decision, new: dict[str, str]) -> Event:
        body = _renamed(old.body, new)
        for text, changed in self._sealed(old, new):
            body = body.replace(text.digest, changed["digest"])
        fields = json.loads(body)
        del fields["seq"], fields["decision"]
        if "reference" in fields:
            fields["reference"] = own.reference
        self.head.seq += 1
        body = canonical(self.head.seq, own.uid, fields)
        prev, self.head.hash = self.head.hash, chained(self.head.hash, body)
        return _again(  # type: ignore[no-any-return]
            old, seq=self.head.seq, decision_uid=own.uid, body=body, prev=prev, hash=self.head.hash
        )

    def _sealed(self, old: Event, new: dict[str, str]) -> Iterator[tuple[Sealed, dict[str, Any]]]:
        for text in self.texts[old.pk]:
            person = json.loads(_renamed(json.dumps(text.person), new))
            yield text, {"person": person, "digest": sealed(text.salt, person)}


def _renamed(text: str, new: dict[str, str]) -> str:
    for old, other in new.items():
        text = text.replace(old, other)
    return text


def _again(row: Any, **changed: Any) -> Any:
    """The same row once more, unsaved."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    del values["id"]
    return type(row)(
        **{name: values[name] for name in values if name.removesuffix("_id") not in changed}, **changed
    )


if __name__ == "__main__":
    main()
