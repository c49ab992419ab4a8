"""An outcome is counted once more from the entries: tables and chain may agree, and be wrong together."""

import json
from dataclasses import replace
from typing import Any

import pytest

from decisions import queries
from decisions.ledger import Problem
from decisions.models import Decision, Event, Group
from decisions.outcome import Result
from decisions.recount import charters_in, miscounted
from decisions.register import events_of, verify_chain, verify_register
from decisions.rule import Authority, Base, Method, Outcome, Quorum, Rule, Tie
from decisions.services import close_decision, deciding, next_round, open_decision, step_out
from tests.conftest import Cast
from tests.decisions.conftest import adopt, answer, decided, voting


def entries_of(decision: Decision) -> list[dict[str, Any]]:
    return [json.loads(event.body) for event in events_of(decision.uid)]


def charters() -> Any:
    return charters_in(json.loads(event.body) for event in Event.objects.all())


def closed_by_each_way(cast: Cast, group: Group) -> list[Decision]:
    """Decisions with all that a count reads: a charter, another method, a round, a correction, a step out."""
    by = cast.coordinator
    found = [decided(group, "yes", "yes", "block", "yes", "yes", by=by)]
    adopt(
        group,
        by=by,
        other=Rule(Method.MAJORITY, Quorum(sectors=2), Base.ALL, tie=Tie.DEFERS),
        money=Rule(Method.TWO_THIRDS, Quorum(count=2, sectors=1), authority=Authority.BOARD),
    )
    found.append(decided(group, "yes", "no", "yes", by=by))
    found.append(decided(group, "yes", "yes", "no", by=by, kind="money"))
    other = open_decision(
        group=group, question="Shall we?", method=Method.CONSENT, method_reason="To hear all.", by=by
    )
    answer(other, "yes", "objects", "yes", by=by)
    next_round(decision=other, by=by)
    answer(other, "objects", "yes", "yes", "yes", by=by)
    answer(other, "yes", by=by)
    step_out(decision=other, seat=voting(other)[3], reason="They bid.", by=by)
    other.refresh_from_db()
    found.append(close_decision(decision=other, version=other.version, by=by))
    return found


def test_what_was_counted_follows_from_the_entries(cast: Cast, committee: Group):
    found = closed_by_each_way(cast, committee)
    assert [decision.outcome for decision in found] == ["deferred", "not_adopted", "recommended", "adopted"]
    assert [miscounted(entries_of(decision), charters()) for decision in found] == [""] * 4
    assert verify_register(district=cast.larkmoor).problem is None


CHANGES = [
    ("closed", lambda entry: entry.update(outcome="adopted")),
    ("closed", lambda entry: entry["figures"].update(yes=5)),
    ("closed", lambda entry: entry["figures"].pop("needs")),
    ("closed", lambda entry: entry.update(round=2)),
    ("answered", lambda entry: entry["answers"][1].update(answer="yes")),
    ("answered", lambda entry: entry["answers"][1].update(answer="objects")),
    ("answered", lambda entry: entry["answers"].pop()),
    ("opened", lambda entry: entry["seats"].pop(0)),
    ("opened", lambda entry: entry.update(method="consensus")),
    ("opened", lambda entry: entry.update(charter=7)),
]


@pytest.mark.parametrize(("kind", "change"), CHANGES)
def test_what_does_not_follow_is_found(cast: Cast, by_majority: Group, kind: str, change: Any):
    decision = decided(by_majority, "yes", "no", "no", "yes", "no", by=cast.coordinator)
    entries = entries_of(decision)
    change(next(entry for entry in entries if entry["kind"] == kind))
    assert miscounted(entries, charters()) == "miscounted"


def test_an_open_decision_has_nothing_to_count_again(cast: Cast, opened: Decision):
    answer(opened, "yes", by=cast.coordinator)
    assert miscounted(entries_of(opened), charters()) == ""


def test_an_entry_of_before_names_fewer_figures(cast: Cast, committee: Group):
    entries = entries_of(decided(committee, *["yes"] * 5, by=cast.coordinator))
    del entries[-1]["figures"]["objects"]
    assert miscounted(entries, charters()) == ""


def test_a_false_count_is_found_though_chain_and_tables_agree(
    cast: Cast, committee: Group, monkeypatch: pytest.MonkeyPatch
):
    def false(decision: Decision) -> queries.Count:
        counted = queries.count(decision)
        return replace(counted, result=Result(Outcome.ADOPTED, counted.result.figures))

    monkeypatch.setattr(deciding, "count", false)
    decision = decided(committee, "yes", "yes", "block", "block", by=cast.coordinator)
    assert decision.outcome == "adopted"
    assert verify_chain(district=cast.larkmoor).problem is None
    assert verify_register(district=cast.larkmoor).problem == Problem(3, "miscounted")
