"""What Today says of open questions: where one seat decides, and where seats are asked only in meetings."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import Membership
from accounts.urls_in import url_in
from decisions.models import Decision, Group
from decisions.rule import Answer, Closer, Method, Quorum, Rule
from decisions.services import open_decision, plan_meeting, put_on_agenda, record_answer, step_out
from outreach.today import today_page
from tests.conftest import Cast
from tests.decisions.asked import seat_of
from tests.decisions.conftest import adopt, answer, let_decide_between, make_committee

HOUR = datetime.timedelta(hours=1)
ONE = "Ask one seat for its answer:"
STEPPED_OUT = ("Take back a question:", "The seat that decides stepped out, so nobody decides this.")
NOT_SAID = ("Record what a seat decides:", "The seat that decides has not said yet.")


@pytest.fixture
def committee(cast: Cast) -> Group:
    """Five seats; one of them decides on programs alone, and everyday matters after advice."""
    group = make_committee(cast, cast.quillback, cast.coordinator)
    quorum, school = Quorum(sectors=2), str(group.seats.get(school=cast.quillback).uid)
    led = Rule(Method.LEADER, quorum, advisers=2, decider=school)
    alone = Rule(Method.DELEGATED, quorum, decider=school)
    adopt(group, by=cast.coordinator, mandate="Repairs.", other=led, program=alone)
    return group


def asked(cast: Cast, group: Group, **values: Any) -> Decision:
    return open_decision(group=group, question="Shall we?", **values, by=cast.coordinator)


def cards(member: Membership) -> list[Any]:
    return [item for section in today_page(member).sections for item in section.items]


def said(cast: Cast) -> list[tuple[str, str]]:
    """What waits, and why."""
    return [(item.what, item.why) for item in cards(cast.coordinator)]


def decides(cast: Cast, decision: Decision) -> None:
    seat = seat_of(decision, "Quillback")
    record_answer(
        decision=decision, seat=seat, answer=Answer.YES, reason="It is in the plan.", by=cast.coordinator
    )


def test_what_was_given_to_one_seat_is_asked_of_one(cast: Cast, committee: Group) -> None:
    decision = asked(cast, committee, kind="program")
    assert said(cast) == [(ONE, "0 of 1 seats have answered.")]
    decides(cast, decision)
    assert said(cast) == [("Close a decision:", "1 of 1 seats have answered.")]


@pytest.mark.parametrize("kind", ["everyday", "program"])
def test_after_its_time_it_waits_for_the_seat_that_decides(cast: Cast, committee: Group, kind: str) -> None:
    asked(cast, committee, kind=kind, closes_at=clock.now() + HOUR)
    clock.move(2 * HOUR)
    assert said(cast) == [NOT_SAID]


@pytest.mark.parametrize("kind", ["everyday", "program"])
def test_where_that_seat_stepped_out_it_is_to_be_taken_back(cast: Cast, committee: Group, kind: str) -> None:
    decision = asked(cast, committee, kind=kind)
    seat = seat_of(decision, "Quillback")
    step_out(decision=decision, seat=seat, reason="They bid for it.", by=cast.coordinator)
    assert said(cast) == [STEPPED_OUT]


def test_where_seats_are_asked_only_in_meetings_a_question_waits_for_one(
    cast: Cast, committee: Group
) -> None:
    decision = asked(cast, committee)
    let_decide_between(committee, by=cast.staff, may=False)
    [card] = cards(cast.coordinator)
    assert (card.what, card.act_url) == (
        "Put a question on a meeting's agenda:",
        url_in(cast.larkmoor, "decisions:group", uid=committee.uid),
    )
    meeting = plan_meeting(group=committee, starts_at=clock.now() + HOUR, by=cast.coordinator)
    put_on_agenda(decision=decision, meeting=meeting, by=cast.coordinator)
    assert said(cast) == []
    clock.move(2 * HOUR)
    assert said(cast) == [("Record what the seats answered:", "0 of 5 seats have answered.")]
    answer(decision, *["yes"] * 4, by=cast.coordinator)
    decides(cast, decision)
    assert said(cast) == [("Close a decision:", "5 of 5 seats have answered.")]


def test_where_another_role_closes_the_card_says_whose(cast: Cast, django_assert_num_queries: Any) -> None:
    group = make_committee(cast, cast.quillback, cast.coordinator)
    adopt(group, by=cast.coordinator, other=Rule(Method.MAJORITY, Quorum(sectors=2), closes=Closer.PRINCIPAL))
    answer(asked(cast, group), *["yes"] * 5, by=cast.coordinator)
    all_said = "5 of 5 seats have answered."
    assert said(cast) == [("Wait for a question to be closed:", f"{all_said} A principal closes it next.")]
    theirs = [(card.what, card.why) for card in cards(cast.principal)]
    assert ("Close a decision:", all_said) in theirs
    with CaptureQueriesContext(connection) as at_one:
        cards(cast.coordinator)
    for _ in range(2):
        answer(asked(cast, group), *["yes"] * 5, by=cast.coordinator)
    with django_assert_num_queries(len(at_one)):
        assert len(cards(cast.coordinator)) == 3
    cast.principal.until = clock.today(cast.larkmoor) - datetime.timedelta(days=1)
    cast.principal.save()
    assert {why for _what, why in said(cast)} == {f"{all_said} District staff close it next."}


def test_the_cards_cost_the_same_at_one_and_at_three(
    cast: Cast, committee: Group, django_assert_num_queries: Any
) -> None:
    asked(cast, committee, kind="program")
    cards(cast.coordinator)  # finds out which schools are theirs, once a request
    with CaptureQueriesContext(connection) as at_one:
        cards(cast.coordinator)
    asked(cast, committee)
    asked(cast, committee, kind="program")
    with django_assert_num_queries(len(at_one)):
        assert len(cards(cast.coordinator)) == 3
