"""A question whose time is over is counted by the portal itself, once; one that its rule puts off goes on."""

import datetime
import html
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts import clock
from accounts.urls_in import url_in
from decisions.models import Decision, Event, Group
from decisions.queries import count
from decisions.register import verify_register
from decisions.services import close_at_deadline, next_round, open_decision
from decisions.tasks import close_overdue
from outreach.today import today_page
from tests.conftest import Cast
from tests.decisions.conftest import answer, make_committee, voting
from tests.decisions.test_races import all_at_once

HOUR = datetime.timedelta(hours=1)


def asked(cast: Cast, group: Group, *answers: str, **values: Any) -> Decision:
    """A question that ends in an hour, with these answers."""
    ends = {"closes_at": clock.now() + HOUR, "by": cast.coordinator}
    decision = open_decision(group=group, question="Shall we open on Saturdays?", **{**ends, **values})
    answer(decision, *answers, by=cast.coordinator)
    return decision


def after_an_hour(decision: Decision) -> Decision:
    """Two hours later, when the sweep has run."""
    clock.move(2 * HOUR)
    close_overdue()
    return Decision.objects.get(pk=decision.pk)


def page(client: Client, cast: Cast, decision: Decision, name: str = "page") -> str:
    content = client.get(url_in(cast.larkmoor, f"decisions:{name}", uid=decision.uid)).content
    return html.unescape(" ".join(content.decode().split()))


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [(["yes", "yes", "no"], "adopted"), (["no", "no", "yes"], "not_adopted"), (["yes"], "no_quorum")],
)
def test_it_is_counted_and_closed_by_nobody(cast: Cast, by_majority: Group, answers: list[str], outcome: str):
    closed = after_an_hour(asked(cast, by_majority, *answers))
    assert (closed.state, closed.outcome, closed.closed_by, closed.owner) == ("closed", outcome, None, None)
    assert verify_register(district=cast.larkmoor).problem is None


def test_its_page_says_that_its_time_closed_it(cast: Cast, by_majority: Group, coordinator: Client):
    closed = after_an_hour(asked(cast, by_majority, "yes", "yes", "yes"))
    assert "This decision was closed at its deadline, at " in page(coordinator, cast, closed)


def test_before_its_time_nothing_is_closed(cast: Cast, by_majority: Group, opened: Decision):
    asked(cast, by_majority, "yes", "yes", "yes")
    assert close_overdue() == 0
    assert Decision.objects.filter(state="open").count() == 2


def test_a_second_sweep_finds_nothing_more(cast: Cast, by_majority: Group):
    asked(cast, by_majority, "yes", "yes", "yes")
    clock.move(2 * HOUR)
    before = Event.objects.count()
    assert [close_overdue() for _ in range(3)] == [1, 0, 0]
    assert Event.objects.count() == before + 1


def test_one_that_was_read_before_somebody_else_closed_it_stays_as_it_is(cast: Cast, by_majority: Group):
    decision = asked(cast, by_majority, "yes", "yes", "yes")
    clock.move(2 * HOUR)
    stale = Decision.objects.get(pk=decision.pk)
    assert [close_at_deadline(decision=one) for one in (decision, stale)] == [True, False]


def test_sweeps_that_run_at_once_close_it_once(committed_cast: Cast):
    cast = committed_cast
    group = make_committee(cast, cast.quillback, cast.coordinator)
    decisions = [asked(cast, group, *["yes"] * 5) for _ in range(3)]
    before = Event.objects.count()
    clock.move(2 * HOUR)
    works = [lambda: str(close_overdue())] * 8
    ends = all_at_once(cast, works)
    assert sum(map(int, ends)) == len(decisions)
    assert Event.objects.count() == before + len(decisions)
    assert verify_register(district=cast.larkmoor).problem is None


def test_one_that_its_rule_puts_off_stays_open_and_comes_to_today(
    cast: Cast, committee: Group, coordinator: Client
):
    decision = after_an_hour(asked(cast, committee, "yes", "yes", "yes", "yes", "block"))
    assert (decision.state, count(decision).result.outcome) == ("open", "deferred")
    [item] = [item for section in today_page(cast.coordinator).sections for item in section.items]
    assert (item.what, item.about) == ("Take a question to the next meeting:", decision.question)
    assert item.why.startswith("Its time is over: answers were taken until ")
    words = page(coordinator, cast, decision)
    assert "Its rule puts it off: a further round begins at the next meeting." in words
    assert "Record answers" not in words
    assert "Open the next round" in page(coordinator, cast, decision, "close")


def test_a_further_round_has_a_time_of_its_own(cast: Cast, committee: Group, coordinator: Client):
    decision = after_an_hour(asked(cast, committee, "yes", "yes", "yes", "yes", "block"))
    url = url_in(cast.larkmoor, "decisions:next_round", uid=decision.uid)
    day = clock.today(cast.larkmoor) + datetime.timedelta(days=3)
    coordinator.post(url, {"text": "", "last_day": day.isoformat()})
    decision.refresh_from_db()
    assert decision.closes_at == clock.at_local(day, 17, cast.larkmoor.tz)
    assert close_overdue() == 0
    answer(decision, "yes", "yes", "yes", "yes", "no", by=cast.coordinator)
    clock.move(datetime.timedelta(days=4))
    assert close_overdue() == 1
    decision.refresh_from_db()
    assert (decision.outcome, decision.figures["round"]) == ("adopted", 2)
    assert verify_register(district=cast.larkmoor).problem is None


def test_a_further_round_at_a_meeting_is_not_closed_by_the_time_of_the_first(cast: Cast, committee: Group):
    decision = after_an_hour(asked(cast, committee, "yes", "yes", "yes", "yes", "block"))
    next_round(decision=decision, by=cast.coordinator)
    assert close_overdue() == 0
    answer(decision, "yes", by=cast.coordinator)
    decision.refresh_from_db()
    assert (decision.state, decision.closes_at) == ("open", None)


def test_a_further_round_that_begins_early_is_offered_the_time_of_the_first(
    cast: Cast, committee: Group, coordinator: Client
):
    ends = clock.now() + datetime.timedelta(days=3)
    decision = asked(cast, committee, "yes", "yes", "yes", "yes", "block", closes_at=ends)
    shown = coordinator.get(url_in(cast.larkmoor, "decisions:close", uid=decision.uid))
    assert shown.context["round_form"]["last_day"].value() == ends.astimezone(cast.larkmoor.tz).date()
    clock.move(datetime.timedelta(days=4))
    shown = coordinator.get(url_in(cast.larkmoor, "decisions:close", uid=decision.uid))
    assert shown.context["round_form"]["last_day"].value() is None


def test_a_day_of_a_further_round_that_is_over_is_said_at_its_field(
    cast: Cast, committee: Group, coordinator: Client
):
    decision = after_an_hour(asked(cast, committee, "yes", "yes", "yes", "yes", "block"))
    url = url_in(cast.larkmoor, "decisions:next_round", uid=decision.uid)
    answered = coordinator.post(url, {"text": "Shall we, for a year?", "last_day": "2020-01-01"})
    assert answered.context["round_form"].errors == {"last_day": ["This day is over. Choose a later one."]}
    assert "Shall we, for a year?" in answered.content.decode()
    assert decision.rounds.count() == 1


def test_one_that_cannot_be_counted_does_not_keep_the_others_open(cast: Cast, by_majority: Group):
    broken = asked(cast, by_majority, "yes", "yes", "yes")
    whole = asked(cast, by_majority, "yes", "yes", "yes")
    Decision.objects.filter(pk=broken.pk).update(method="no such way")
    clock.move(2 * HOUR)
    assert close_overdue() == 1
    assert Decision.objects.get(pk=whole.pk).outcome == "adopted"


def test_a_closed_district_is_left_alone(cast: Cast, by_majority: Group):
    decision = asked(cast, by_majority, "yes", "yes", "yes")
    cast.larkmoor.closed_at = clock.now()
    cast.larkmoor.save()
    assert after_an_hour(decision).state == "open"


def test_the_sweep_runs_by_itself():
    assert "decisions.close_overdue" in [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]


def test_who_else_may_close_stays_as_it_is(cast: Cast, by_majority: Group, coordinator: Client):
    decision = asked(cast, by_majority, "yes", "yes", "yes")
    clock.move(2 * HOUR)
    assert "It is counted and closed in a moment." in page(coordinator, cast, decision)
    coordinator.post(
        url_in(cast.larkmoor, "decisions:close", uid=decision.uid), {"version": decision.version}
    )
    decision.refresh_from_db()
    assert (decision.outcome, decision.closed_by) == ("adopted", cast.coordinator)
    assert len(voting(decision)) == 5
