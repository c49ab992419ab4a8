"""One decision as people make it, and as many like it as a bench wants, each with entries of its own."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

from accounts.models import District, Membership, User
from accounts.roles import Role
from accounts.services import add_member
from decisions.ledger import canonical, chained
from decisions.models import ChainHead, Decision, DecisionSeat, Event, Group, Position, Round, Sealed
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


def somebody(district: District) -> Membership:
    """Somebody of district staff."""
    user = User.objects.create_user(f"{uuid.uuid4().hex}@bench.example", name="Bench")
    return add_member(district=district, user=user, role=Role.STAFF, title="", whole_district=True)


def group_of(by: Membership, *, seats: int) -> Group:
    """A group of the whole district with so many seats."""
    group = create_group(name=f"Bench {seats}", school=None, by=by)
    for n in range(seats):
        add_seat(group=group, people_label=f"Seat {n}", sector="parents", by=by)
    return group


def answered(group: Group, by: Membership, *, entries: int, corrected: bool = False) -> Decision:
    """An open decision that every seat has answered with a reason, in so many entries; `corrected`: each
    entry holds all of them."""
    decision = open_decision(group=group, question="Shall we share one form?", by=by)
    given = [Given(seat, Answer.YES, "It saves families a walk.") for seat in decision.seats.all()]
    for n in range(entries):
        record_answers(decision=decision, given=given if corrected else given[n::entries], by=by)
    return decision


def decided(district: District, *, seats: int, entries: int, corrected: bool = False) -> Decision:
    """The same, closed."""
    by = somebody(district)
    decision = answered(group_of(by, seats=seats), by, entries=entries, corrected=corrected)
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
