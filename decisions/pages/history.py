"""Everything that was ever said in a decision, and its entries in the register."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch

from decisions.ledger import in_fours
from decisions.models import Decision, Evidence, Position, Round
from decisions.register import events_of
from decisions.words import ENTRY_WORDS

from .files import Shows, evidence_of, shown_by, shows_in
from .saying import Said, said


@dataclass(frozen=True)
class RoundSaid:
    """A round with all its answers, also those corrected later."""

    n: int
    text: str
    at: datetime.datetime
    answers: Sequence[Said] = ()
    shows: Sequence[Shows] = ()


@dataclass(frozen=True)
class Entry:
    """One entry of the register: its number, what it is, and its code in fours."""

    seq: int
    what: str
    code: str


@dataclass(frozen=True)
class HistoryPage:
    """Everything that was said, round by round, and the decision's entries in the register; whether what was
    said is shown only once it is closed."""

    rounds: Sequence[RoundSaid]
    entries: Sequence[Entry]
    hides: bool


def history_page(decision: Decision) -> HistoryPage:
    """All answers in their order, save where they are shown only after the close, and the register's entries:
    five queries."""
    hides = decision.hides_answers
    positions = Position.objects.select_related(
        "decision_seat__decision", "recorded_by__user", "sealed__erasure"
    ).order_by("pk")
    evidence = evidence_of(decision)
    rounds = [
        RoundSaid(one.n, one.text, one.at) if hides else _round(one, evidence)
        for one in decision.rounds.prefetch_related(Prefetch("positions", queryset=positions))
    ]
    entries = [
        Entry(event.seq, str(ENTRY_WORDS[json.loads(event.body)["kind"]]), in_fours(event.hash))
        for event in events_of(decision.uid)
    ]
    return HistoryPage(rounds, entries, hides)


def _round(one: Round, evidence: Mapping[int, Evidence]) -> RoundSaid:
    answers = []
    for position in one.positions.all():
        shown = shown_by(position, evidence)
        answers.append(replace(said(position.decision_seat, position), shown=shown.uid if shown else None))
    return RoundSaid(one.n, one.text, one.at, answers, shows_in(one.positions.all(), evidence))
