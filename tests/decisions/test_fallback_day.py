"""Consensus that goes on to two thirds: from a meeting by its number on, or from a day on."""

import datetime
import json

import pytest
from django.test import Client

from accounts import clock
from decisions import services
from decisions.models import Decision, Event, Group
from decisions.queries import count
from decisions.register import verify_register
from decisions.rule import Method, Quorum, Rule
from decisions.rule_words import rule_lines
from tests.conftest import Cast
from tests.decisions.conftest import adopt, answer, decided
from tests.decisions.test_charter_form import filled, in_force
from tests.decisions.test_pages import at, words

DAY = datetime.timedelta(days=1)
LATE = Rule(
    Method.CONSENSUS, Quorum(sectors=2), fallback=Method.TWO_THIRDS, fallback_round=5, fallback_days=14
)


@pytest.fixture
def put(cast: Cast, committee: Group) -> Decision:
    """A question that one seat cannot live with: two thirds decide from meeting 5 or day 14 on."""
    adopt(committee, by=cast.coordinator, other=LATE)
    decision = services.open_decision(group=committee, question="Shall we?", by=cast.coordinator)
    answer(decision, "yes", "yes", "yes", "yes", "block", by=cast.coordinator)
    return decision


def second_round(cast: Cast, decision: Decision, after: datetime.timedelta) -> Decision:
    """A further round that begins so much later."""
    with clock.shifted(after):
        services.next_round(decision=decision, by=cast.coordinator)
    return Decision.objects.get(pk=decision.pk)


@pytest.mark.parametrize(
    ("days", "method", "last", "outcome"),
    [(13, "consensus", "block", "deferred"), (14, "two_thirds", "no", "adopted")],
)
def test_on_both_sides_of_the_day_it_is_counted_and_counted_again(
    cast: Cast, put: Decision, days: int, method: str, last: str, outcome: str
) -> None:
    decision = second_round(cast, put, days * DAY)
    answer(decision, "yes", "yes", "yes", "yes", last, by=cast.coordinator)
    decision.refresh_from_db()
    closed = services.close_decision(decision=decision, version=decision.version, by=cast.coordinator)
    assert (closed.figures["method"], closed.outcome, closed.figures["round"]) == (method, outcome, 2)
    assert verify_register(district=cast.larkmoor).problem is None


def test_the_day_is_the_local_one_and_not_so_many_hours(cast: Cast, put: Decision) -> None:
    put.refresh_from_db()
    zone = cast.larkmoor.tz
    midnight = clock.at_local(put.opened_at.astimezone(zone).date() + 14 * DAY, 0, zone)
    assert count(second_round(cast, put, midnight - put.opened_at)).rule.method == "two_thirds"


def test_just_before_the_local_day_consensus_still_decides(cast: Cast, put: Decision) -> None:
    put.refresh_from_db()
    zone = cast.larkmoor.tz
    midnight = clock.at_local(put.opened_at.astimezone(zone).date() + 14 * DAY, 0, zone)
    before = midnight - put.opened_at - datetime.timedelta(minutes=5)
    assert count(second_round(cast, put, before)).rule.method == "consensus"


@pytest.fixture
def noon(cast: Cast) -> None:
    """It is noon, so that the day of a question is the same in a zone to the west."""
    tomorrow = clock.today(cast.larkmoor) + DAY
    clock.move(clock.at_local(tomorrow, 12, cast.larkmoor.tz) - clock.now())


@pytest.mark.parametrize("closed_before", [True, False])
def test_another_zone_later_on_does_not_change_what_is_counted(
    noon: None, cast: Cast, put: Decision, coordinator: Client, closed_before: bool
) -> None:
    put.refresh_from_db()
    zone = cast.larkmoor.tz
    midnight = clock.at_local(put.opened_at.astimezone(zone).date() + 14 * DAY, 0, zone)
    second_round(cast, put, midnight - put.opened_at)
    answer(put, "yes", "yes", "yes", "yes", "no", by=cast.coordinator)
    if closed_before:
        close(cast, put)
    cast.larkmoor.zone = "Pacific/Honolulu"
    cast.larkmoor.save()
    page = words(coordinator, at(cast, "page", uid=put.uid))
    assert "Method</dt><dd>Two thirds" in page
    if not closed_before:
        close(cast, put)
    assert Decision.objects.get(pk=put.pk).figures["method"] == "two_thirds"
    assert verify_register(district=cast.larkmoor).problem is None


def close(cast: Cast, decision: Decision) -> None:
    again = Decision.objects.get(pk=decision.pk)
    services.close_decision(decision=again, version=again.version, by=cast.coordinator)


def test_the_answers_are_those_of_the_method_of_the_day(
    cast: Cast, put: Decision, coordinator: Client
) -> None:
    decision = second_round(cast, put, 14 * DAY)
    form = coordinator.get(at(cast, "answers", uid=decision.uid)).context["form"]
    assert [code for code, _words in form.lines[0].choice.field.choices] == ["yes", "no", "abstain"]
    page = words(coordinator, at(cast, "page", uid=decision.uid))
    assert "Method</dt><dd>Two thirds" in page


@pytest.mark.parametrize(("days", "method"), [(13, "Consensus"), (14, "Two thirds")])
def test_before_a_further_round_the_page_says_by_what_it_goes_if_it_begins_now(
    cast: Cast, put: Decision, coordinator: Client, days: int, method: str
) -> None:
    clock.move(days * DAY)
    page = words(coordinator, at(cast, "close", uid=put.uid))
    assert f"All seats are asked anew. Then this decides: {method}." in page


def test_a_round_that_goes_by_the_fallback_waits_for_no_other(cast: Cast, put: Decision) -> None:
    decision = second_round(cast, put, 14 * DAY)
    answer(decision, "yes", "no", "no", "no", "no", by=cast.coordinator)
    assert count(decision).result.outcome == "not_adopted"


def test_a_round_and_its_entry_name_the_local_days_since_the_question_was_put(
    cast: Cast, put: Decision
) -> None:
    second_round(cast, put, 14 * DAY)
    entry = json.loads(Event.objects.filter(decision_uid=put.uid).latest("seq").body)
    assert (entry["kind"], entry["days"]) == ("round", 14)
    assert [one.days for one in put.rounds.all()] == [0, 14]


def test_the_meeting_and_the_day_are_written_on_the_form_and_said_on_the_page(
    cast: Cast, committee: Group, coordinator: Client
) -> None:
    chosen = {"method": "consensus_then_two_thirds", "fallback_round": 4, "fallback_days": 14}
    in_force(cast, committee, coordinator, **chosen)
    rule = committee.charters.get().rules.get(kind="").rule
    assert (rule.fallback, rule.fallback_round, rule.fallback_days) == ("two_thirds", 4, 14)
    page = words(coordinator, at(cast, "how", uid=committee.uid))
    assert (
        "From meeting 4 on, or at a meeting 14 days or more after the question was put</dt><dd>Two thirds"
        in page
    )


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"fallback_days": 366, "fallback_round": 3}, {"fallback_days": ["Write 365 or less."]}),
        ({"fallback_days": -1, "fallback_round": 3}, {"fallback_days": ["Write 0 or more."]}),
        ({"fallback_round": 1}, {"fallback_round": ["Write 2 or more."]}),
        (
            {"fallback_days": 14},
            {
                "fallback_days": [
                    "Two thirds decide at the second meeting in any case: name a later one, or write 0 here."
                ]
            },
        ),
    ],
)
def test_what_is_out_of_bounds_is_said_at_its_field(
    cast: Cast, committee: Group, coordinator: Client, typed: dict[str, int], errors: dict[str, list[str]]
) -> None:
    decision = decided(committee, *["yes"] * 5, by=cast.coordinator, kind="charter")
    page = coordinator.post(at(cast, "new_how", uid=committee.uid), filled(decision, **typed))
    assert page.context["form"].errors == errors
    assert committee.charters.count() == 0


def test_left_empty_it_is_the_second_meeting_and_no_day(
    cast: Cast, committee: Group, coordinator: Client
) -> None:
    empty = {"method": "consensus_then_two_thirds", "fallback_round": "", "fallback_days": ""}
    in_force(cast, committee, coordinator, **empty)
    rule = committee.charters.get().rules.get(kind="").rule
    assert (rule.fallback_round, rule.fallback_days) == (2, 0)


def test_the_words_of_a_rule_with_a_day() -> None:
    assert (
        "From meeting 5 on, or at a meeting 14 days or more after the question was put",
        "Two thirds",
    ) in rule_lines(LATE)
    assert [label for label, _words in rule_lines(LATE.in_round(2, 14))][-1] == "Silence"
