"""A group takes a question back before it is counted: no outcome is made of what was answered until then."""

import html
import json
from typing import Any

import pytest
from django.test import Client

from accounts.urls_in import url_in
from decisions.enums import AskedBy
from decisions.ledger import Problem
from decisions.models import Decision, Event, Group, Sealed
from decisions.recount import miscounted
from decisions.register import events_of, verify_register
from decisions.services import (
    AlreadyClosed,
    WithoutReason,
    close_decision,
    erase,
    open_decision,
    record_answer,
    step_out,
    withdraw,
)
from tests.conftest import Cast
from tests.decisions.conftest import answer, decided, make_committee, voting
from tests.decisions.test_races import all_at_once
from tests.decisions.test_recount import charters, entries_of

WHY = "The grant was not given."


def withdrawn(cast: Cast, decision: Decision, *answers: str) -> Decision:
    answer(decision, *answers, by=cast.coordinator)
    return withdraw(decision=decision, reason=WHY, by=cast.coordinator)


def address(cast: Cast, decision: Decision, name: str = "withdraw") -> str:
    return url_in(cast.larkmoor, f"decisions:{name}", uid=decision.uid)


def words(answered: Any) -> str:
    return html.unescape(" ".join(answered.content.decode().split()))


def test_it_is_closed_without_an_outcome_of_the_count_and_its_figures_stay(cast: Cast, opened: Decision):
    withdrawn(cast, opened, "yes", "yes", "no", "yes")
    kept = Decision.objects.get(pk=opened.pk)
    assert (kept.state, kept.outcome, kept.rationale) == ("closed", "withdrawn", WHY)
    assert (kept.figures["yes"], kept.figures["no"], kept.closed_by) == (3, 1, cast.coordinator)
    assert kept.sentence == "3 yes, 1 no: withdrawn before it was counted"
    assert kept.version == opened.version


def test_before_anybody_answered_it_says_so(cast: Cast, opened: Decision):
    step_out(decision=opened, seat=voting(opened)[0], reason="They bid.", by=cast.coordinator)
    withdraw(decision=opened, reason=WHY, by=cast.coordinator)
    assert opened.sentence == "0 yes, 0 no; 1 seat stepped out: withdrawn before it was counted"


def test_it_takes_a_reason(cast: Cast, opened: Decision):
    with pytest.raises(WithoutReason):
        withdraw(decision=opened, reason="  ", by=cast.coordinator)
    assert Decision.objects.get(pk=opened.pk).is_open


def test_what_is_closed_or_taken_back_takes_no_more(cast: Cast, by_majority: Group, opened: Decision):
    closed = decided(by_majority, "yes", "yes", "yes", by=cast.coordinator)
    with pytest.raises(AlreadyClosed):
        withdraw(decision=closed, reason=WHY, by=cast.coordinator)
    withdrawn(cast, opened)
    with pytest.raises(AlreadyClosed):
        withdraw(decision=opened, reason=WHY, by=cast.coordinator)
    with pytest.raises(AlreadyClosed):
        close_decision(decision=opened, version=opened.version, by=cast.coordinator)
    with pytest.raises(AlreadyClosed):
        record_answer(decision=opened, seat=voting(opened)[0], answer="yes", by=cast.coordinator)


def test_the_register_has_an_entry_of_its_own_kind_and_fits(cast: Cast, opened: Decision):
    withdrawn(cast, opened, "yes", "no")
    entry = json.loads(events_of(opened.uid)[-1].body)
    assert (entry["kind"], entry["round"], "outcome" in entry) == ("withdrawn", 1, False)
    assert WHY not in events_of(opened.uid)[-1].body
    assert verify_register(district=cast.larkmoor).problem is None


def test_why_it_was_taken_back_can_be_erased(cast: Cast, opened: Decision):
    withdrawn(cast, opened)
    text = Sealed.objects.get(person__rationale=WHY)
    erase(text=text, asked_by=AskedBy.PERSON, because="They asked.", by=cast.staff)
    assert Decision.objects.get(pk=opened.pk).rationale == ""
    assert verify_register(district=cast.larkmoor).problem is None


FALSE = [
    ("withdrawn", lambda entry: entry["figures"].update(yes=5)),
    ("withdrawn", lambda entry: entry.update(outcome="adopted")),
    ("withdrawn", lambda entry: entry.update(kind="closed")),
    ("withdrawn", lambda entry: entry.update(kind="closed", outcome="withdrawn")),
    ("answered", lambda entry: entry["answers"].pop()),
]


@pytest.mark.parametrize(("kind", "change"), FALSE)
def test_what_does_not_follow_from_the_answers_is_found(cast: Cast, opened: Decision, kind: str, change: Any):
    withdrawn(cast, opened, "yes", "yes", "no")
    entries = entries_of(opened)
    assert miscounted(entries, charters()) == ""
    change(next(entry for entry in entries if entry["kind"] == kind))
    assert miscounted(entries, charters()) == "miscounted"


def test_a_decision_that_ends_twice_is_found(cast: Cast, by_majority: Group, opened: Decision):
    closed = entries_of(decided(by_majority, "yes", "yes", "yes", by=cast.coordinator))
    withdrawn(cast, opened)
    assert miscounted([*closed, entries_of(opened)[-1]], charters()) == "miscounted"


@pytest.mark.parametrize("outcome", ["withdrawn", "adopted"])
def test_an_outcome_that_is_written_over_in_the_table_is_found(
    cast: Cast, by_majority: Group, opened: Decision, outcome: str
):
    if outcome == "withdrawn":
        forged = decided(by_majority, "yes", "yes", "yes", by=cast.coordinator)
    else:
        forged = withdrawn(cast, opened, "yes", "yes", "yes")
    Decision.objects.filter(pk=forged.pk).update(outcome=outcome)
    last = Event.objects.filter(decision_uid=forged.uid).latest("seq").seq
    assert verify_register(district=cast.larkmoor).problem == Problem(last, "decision")


def test_the_page_takes_a_question_back(cast: Cast, opened: Decision, coordinator: Client):
    assert "Take this question back" in words(coordinator.get(address(cast, opened, "page")))
    assert "Nobody counts it then." in words(coordinator.get(address(cast, opened)))
    missing = coordinator.post(address(cast, opened), {"reason": " "})
    assert list(missing.context["form"].errors) == ["reason"]
    done = words(coordinator.post(address(cast, opened), {"reason": WHY}, follow=True))
    for said in (
        "Taken back: nobody counts it, and the register says so.",
        "Withdrawn",
        "0 yes, 0 no: withdrawn before it was counted.",
        WHY,
        "This question was taken back by Imogen Tasker at ",
    ):
        assert said in done
    assert "How the outcome is computed" not in done
    again = words(coordinator.post(address(cast, opened), {"reason": WHY}, follow=True))
    assert "This question was taken back by Imogen Tasker at " in again


def test_of_many_who_close_it_and_take_it_back_at_once_one_does(committed_cast: Cast):
    by = committed_cast.coordinator
    group = make_committee(committed_cast, committed_cast.quillback, by)
    decision = open_decision(group=group, question="Shall we?", by=by)
    answer(decision, *["yes"] * 5, by=by)

    def take_back() -> str:
        return withdraw(decision=Decision.objects.get(pk=decision.pk), reason=WHY, by=by).outcome

    def close() -> str:
        mine = Decision.objects.get(pk=decision.pk)
        return close_decision(decision=mine, version=mine.version, by=by).outcome

    ends = all_at_once(committed_cast, [take_back, close] * 8)
    assert sum(end in ("adopted", "withdrawn") for end in ends) == 1
    assert Decision.objects.get(pk=decision.pk).outcome in ends
    assert [entry["kind"] for entry in entries_of(decision)].count("opened") == 1
    assert sum(entry["kind"] in ("closed", "withdrawn") for entry in entries_of(decision)) == 1
    assert verify_register(district=committed_cast.larkmoor).problem is None


def test_the_log_finds_what_was_withdrawn(cast: Cast, opened: Decision, coordinator: Client):
    open_decision(group=opened.group, question="Shall we meet in May?", by=cast.coordinator)
    withdrawn(cast, opened)
    log = coordinator.get(url_in(cast.larkmoor, "decisions:log") + "?state=withdrawn")
    assert [row.decision.question for row in log.context["page"].rows] == ["Shall we open on Saturdays?"]
