"""An outcome is counted once more from the entries: tables and chain may agree, and be wrong together."""

import datetime
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from accounts import clock
from accounts.models import Membership
from decisions import queries
from decisions.ledger import Problem, one_writing
from decisions.models import Charter, CharterRule, Decision, Event, Group
from decisions.outcome import Result
from decisions.recount import charters_in, miscounted
from decisions.register import Sealer, append, events_of, verify_chain, verify_register
from decisions.rule import Authority, Base, Method, Outcome, Quorum, Rule, Tie
from decisions.services import close_decision, deciding, next_round, open_decision, step_out
from tests.conftest import Cast
from tests.decisions.conftest import adopt, answer, decided, voting
from tests.decisions.test_method_properties import rules


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


NEWER = ("fallback_days", "closes")
"""Terms of a rule that a charter of before does not name."""


def adopted_before(group: Group, rule: Rule, by: Membership) -> CharterRule:
    """A charter as it was written before these terms were: in its row, and in its entry."""
    decision = decided(group, *["yes"] * 5, by=by, kind="charter")
    common = {"district": group.district, "group": group, "adopted_by": decision, "recorded_by": by}
    charter = Charter.objects.create(n=1, in_force_from=clock.today(by.district), at=clock.now(), **common)
    params = {name: value for name, value in rule.params().items() if name not in NEWER}
    row = CharterRule.objects.create(
        district=group.district, charter=charter, kind="", method=rule.method, params=params
    )
    sealer = Sealer()
    fields = {
        "group": str(group.uid),
        "version": 1,
        "from": charter.in_force_from.isoformat(),
        "rules": {"": {"method": rule.method, **params}},
        "by": sealer.name("recorded_by", by),
    }
    append(
        district_id=group.district_id,
        decision_uid=decision.uid,
        kind="charter",
        at=charter.at,
        fields=fields,
        sealer=sealer,
    )
    return row


@given(rules(tuple(Method)))
def test_a_rule_of_before_is_read_and_hashed_as_it_was(rule: Rule):
    before = {name: value for name, value in rule.params().items() if name not in NEWER}
    read = Rule.from_params(rule.method, json.loads(one_writing(before)))
    assert read == rule
    assert one_writing({name: read.params()[name] for name in before}) == one_writing(before)


def test_a_charter_of_before_is_read_counted_and_verified_as_it_was(cast: Cast, committee: Group):
    rule = Rule(Method.CONSENSUS, Quorum(sectors=2), fallback=Method.TWO_THIRDS, fallback_round=3)
    row = adopted_before(committee, rule, cast.coordinator)
    assert CharterRule.objects.get(pk=row.pk).rule == rule
    decision = open_decision(group=committee, question="Shall we?", by=cast.coordinator)
    answer(decision, "yes", "yes", "yes", "yes", "block", by=cast.coordinator)
    next_round(decision=decision, by=cast.coordinator)
    answer(decision, "yes", "yes", "yes", "yes", "aside", by=cast.coordinator)
    decision.refresh_from_db()
    closed = close_decision(decision=decision, version=decision.version, by=cast.coordinator)
    assert (closed.outcome, closed.figures["method"]) == ("adopted", "consensus")
    assert verify_register(district=cast.larkmoor).problem is None


def test_entries_of_before_name_no_days(cast: Cast, committee: Group):
    decision = open_decision(group=committee, question="Shall we?", by=cast.coordinator)
    answer(decision, "yes", "yes", "yes", "yes", "block", by=cast.coordinator)
    next_round(decision=decision, by=cast.coordinator)
    answer(decision, "yes", "yes", "yes", "yes", "no", by=cast.coordinator)
    decision.refresh_from_db()
    close_decision(decision=decision, version=decision.version, by=cast.coordinator)
    entries = [
        {name: value for name, value in entry.items() if name != "days"} for entry in entries_of(decision)
    ]
    assert miscounted(entries, charters()) == ""


def test_other_days_than_the_rounds_own_are_found(cast: Cast, committee: Group):
    late = Rule(Method.CONSENSUS, fallback=Method.TWO_THIRDS, fallback_round=9, fallback_days=14)
    adopt(committee, by=cast.coordinator, other=late)
    decision = open_decision(group=committee, question="Shall we?", by=cast.coordinator)
    answer(decision, "yes", "yes", "yes", "yes", "block", by=cast.coordinator)
    clock.move(datetime.timedelta(days=14))
    next_round(decision=decision, by=cast.coordinator)
    answer(decision, "yes", "yes", "yes", "yes", "no", by=cast.coordinator)
    decision.refresh_from_db()
    close_decision(decision=decision, version=decision.version, by=cast.coordinator)
    entries = entries_of(decision)
    assert miscounted(entries, charters()) == ""
    begun = next(entry for entry in entries if entry["kind"] == "round")
    begun["days"] = 0
    assert miscounted(entries, charters()) == "miscounted"


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
