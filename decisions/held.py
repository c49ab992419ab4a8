"""What the tables of a district's decisions hold, compared with what the register's entries say."""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Model

from accounts.models import District

from .along import Along, Row
from .facts import (
    ANSWER,
    CHARTER,
    DECISION,
    EVIDENCE,
    FILE,
    NOTICE,
    RECUSAL,
    ROUND,
    RULE,
    SEAT,
    UNRECORDED,
    Fact,
    Texts,
    differs,
    recorded,
)
from .ledger import Problem
from .models import (
    Attachment,
    Charter,
    CharterRule,
    Decision,
    DecisionSeat,
    Event,
    Evidence,
    Notice,
    Position,
    Recusal,
    Round,
    Sealed,
)
from .recount import charters_in, miscounted


@dataclass(frozen=True)
class Table:
    """A table that the register vouches for: the way to its decision, its order there, and its columns by the
    names that facts have."""

    model: type[Model]
    decision: str
    order: str
    columns: Mapping[str, str]


FILE_COLUMNS = {
    "uid": "uid",
    "sha256": "file__sha256",
    "name": "file__name",
    "path": "file__path",
    "file_row": "file",
    "sealed": "sealed__digest",
    "at": "at",
}
TABLES = {
    DECISION: Table(
        Decision,
        "uid",
        "pk",
        {
            "year": "year",
            "number": "n",
            "about": "kind",
            "method": "method",
            "charter": "rule__charter__n",
            "rule": "rule__kind",
            "rule_row": "rule",
            "rule_of": "rule__charter__group__uid",
            "starting_rule": "starting_rule",
            "question": "question",
            "meaning": "meaning",
            "question_es": "question_es",
            "meaning_es": "meaning_es",
            "method_reason": "method_reason",
            "group": "group__uid",
            "until": "closes_at",
            "replaces": "supersedes__uid",
            "replaces_row": "supersedes",
            "meeting": "meeting__uid",
            "meeting_row": "meeting",
            "changes": "changes",
            "state": "state",
            "outcome": "outcome",
            "figures": "figures",
            "sentence": "sentence",
            "rationale": "rationale",
            "dissent": "dissent",
            "effective": "effective_on",
            "review": "review_on",
            "opened_at": "opened_at",
            "opened_by": "opened_by",
            "closed_at": "closed_at",
            "closed_by": "closed_by",
        },
    ),
    SEAT: Table(
        DecisionSeat,
        "decision__uid",
        "uid",
        {"seat": "uid", "of": "seat__uid", "sector": "sector", "standing": "standing", "label": "label"},
    ),
    ROUND: Table(
        Round,
        "decision__uid",
        "n",
        {
            "n": "n",
            "text": "text",
            "text_es": "text_es",
            "options": "options",
            "options_es": "options_es",
            "days": "days",
            "by": "opened_by",
            "at": "at",
        },
    ),
    ANSWER: Table(
        Position,
        "round__decision__uid",
        "pk",
        {
            "round": "round__n",
            "seat": "decision_seat__uid",
            "answer": "answer",
            "source": "source",
            "sealed": "sealed__digest",
            "by": "recorded_by",
            "at": "at",
        },
    ),
    RECUSAL: Table(
        Recusal,
        "decision_seat__decision__uid",
        "pk",
        {"seat": "decision_seat__uid", "sealed": "sealed__digest", "by": "recorded_by", "at": "at"},
    ),
    NOTICE: Table(
        Notice,
        "decision_seat__decision__uid",
        "pk",
        {"seat": "decision_seat__uid", "how": "how", "by": "recorded_by", "at": "at"},
    ),
    CHARTER: Table(
        Charter,
        "adopted_by__uid",
        "pk",
        {"group": "group__uid", "n": "n", "from": "in_force_from", "by": "recorded_by", "at": "at"},
    ),
    RULE: Table(
        CharterRule,
        "charter__adopted_by__uid",
        "pk",
        {"kind": "kind", "method": "method", "params": "params"},
    ),
    FILE: Table(Attachment, "decision__uid", "pk", {**FILE_COLUMNS, "by": "added_by"}),
    EVIDENCE: Table(Evidence, "decision__uid", "pk", {**FILE_COLUMNS, "by": "recorded_by"}),
}


def first_difference(district: District) -> Problem | None:
    """The first decision whose tables hold something else than its entries say, or whose outcome does not
    follow from them, by the number of its last entry; 0 for one without entries.

    Events, texts and tables are read along, decision by decision: what is held at a time is one decision.
    """
    charters = charters_in(json.loads(body) for body in _charter_entries(district))
    texts = Along(_rows(Sealed, district, "event__decision_uid", "event__seq", "digest", "person"))
    tables = {name: Along(_of(table, district)) for name, table in TABLES.items()}
    events = _rows(Event, district, "decision_uid", "seq", "seq", "body")
    for uid, group in groupby(events, key=lambda row: row[0]):
        entries = list(group)
        held = {name: _facts(name, rows.at(uid)) for name, rows in tables.items()}
        beside: Texts = {digest: person for _uid, digest, person in texts.at(uid)}
        said = [json.loads(body) for _uid, _seq, body in entries]
        what = differs(recorded(said, beside), held) or miscounted(said, charters)
        if what:
            return Problem(entries[-1][1], what)
    return Problem(0, UNRECORDED) if any(rows.left_over() for rows in tables.values()) else None


def _charter_entries(district: District) -> Iterable[str]:
    """The texts of the entries that put a way to decide in force."""
    found = Event.objects.filter(district=district, body__contains='"kind":"charter"')
    texts: Iterable[str] = found.values_list("body", flat=True)
    return texts


def _of(table: Table, district: District) -> Iterator[Row]:
    return _rows(table.model, district, table.decision, table.order, *table.columns.values())


def _rows(model: Any, district: District, key: str, order: str, *columns: str) -> Iterator[Row]:
    """Rows of a district as tuples, the key first, in the order of the key and then of `order`."""
    found = model.objects.filter(district=district).order_by(key, order)
    rows: Iterator[Row] = found.values_list(key, *columns).iterator(chunk_size=2000)
    return rows


def _facts(name: str, rows: Sequence[Row]) -> list[Fact]:
    names = TABLES[name].columns
    facts = [dict(zip(names, map(_plain, row[1:]), strict=True)) for row in rows]
    if name == DECISION:
        return [_as_recorded(fact) for fact in facts]
    if name in (FILE, EVIDENCE):
        return [_found(fact) for fact in facts]
    return sorted(facts, key=lambda fact: str(fact["kind"])) if name == RULE else facts


def _as_recorded(decision: Fact) -> Fact:
    """A decision's reference and its rule as entries name them; a key that leads nowhere is not the same as
    none."""
    lost = decision["rule"] is None and decision["rule_row"] is not None
    astray = {
        name: "nowhere"
        for name in ("replaces", "meeting")
        if decision[name] is None and decision[f"{name}_row"] is not None
    }
    return decision | {
        "reference": f"D-{decision['year']}-{decision['number']:02}",
        "charter": -1 if lost else decision["charter"] or 0,
        **astray,
    }


def _found(file: Fact) -> Fact:
    """A file whose key leads nowhere is not the same as none."""
    astray = file["sha256"] is None and file["file_row"] is not None
    return file | {"sha256": "nowhere"} if astray else file


def _plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value
