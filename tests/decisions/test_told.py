"""What a person is told after each act on a decision, and when somebody else was faster."""

from typing import Any

import pytest
from django.test import Client
from django.utils import formats

from accounts import clock
from accounts.urls_in import url_in
from decisions.models import Decision, Group, Position, Seat
from decisions.queries import Count, count
from decisions.services import RoundOver, close_decision, next_round, open_decision, record_answers
from decisions.views import decisions as views
from tests.conftest import Cast, SignIn
from tests.decisions.conftest import answer, make_partner, voting


@pytest.fixture
def coordinator(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.coordinator)


def at(cast: Cast, name: str, **kwargs: Any) -> str:
    return url_in(cast.larkmoor, f"decisions:{name}", **kwargs)


def told(client: Client, url: str, **typed: Any) -> list[str]:
    """What the page after a post says."""
    page = client.post(url, typed, follow=True)
    assert page.status_code == 200
    return [str(message) for message in page.context["messages"]]


def close_it(cast: Cast, decision: Decision) -> str:
    """The principal closes it. Out: how that is said."""
    fresh = Decision.objects.get(pk=decision.pk)
    close_decision(decision=fresh, version=fresh.version, by=cast.principal)
    local = fresh.closed_at.astimezone(cast.larkmoor.tz)
    day = f"{local:%B} {local.day}, {local.year}"
    return (
        f"This decision was closed by Dr. Rosalind Oyelaran at {formats.time_format(local.time())} on {day}."
    )


def test_each_step_is_confirmed_and_names_the_next(cast: Cast, coordinator: Client):
    assert told(coordinator, at(cast, "new_group"), name="Committee", school=cast.quillback.pk) == [
        "Committee is started. Next: give it its seats."
    ]
    group = Group.objects.get()
    seats = at(cast, "new_seat", uid=group.uid)
    partner = make_partner(cast, "Larkmoor Police Department", "law_enforcement")
    assert told(coordinator, seats, partner=partner.pk, standing="votes") == [
        "Larkmoor Police Department has a seat in questions asked from now on."
    ]
    coordinator.post(seats, {"school": cast.quillback.pk, "standing": "votes"}, follow=True)
    seat = Seat.objects.get(school=cast.quillback)
    assert told(coordinator, at(cast, "holder", uid=seat.uid), name="Rana Haddad", language="en") == [
        "From today Rana Haddad sits in the seat of Quillback Middle School."
    ]
    assert told(coordinator, at(cast, "new"), group=group.uid, question="Shall we?", kind="everyday") == [
        "Committee is asked. Next: record what its seats answer."
    ]
    decision = Decision.objects.get()
    answers = at(cast, "answers", uid=decision.uid)
    first, second = (f"answer-{seat.uid}" for seat in voting(decision))
    assert told(coordinator, answers, source="meeting", **{first: "yes"}) == [
        "1 answer is recorded. 1 seat has not answered yet."
    ]
    assert told(coordinator, answers, source="meeting", **{second: "yes"}) == [
        "1 answer is recorded. Every seat has answered. Next: close the decision."
    ]
    decision.refresh_from_db()
    review = clock.today(cast.larkmoor).replace(month=12, day=31)
    typed = {"version": decision.version, "review_on": review.isoformat()}
    assert told(coordinator, at(cast, "close", uid=decision.uid), **typed) == [
        "Closed: Adopted. The outcome stands in the register. "
        f"It comes back for review on December 31, {review.year}."
    ]


def test_a_form_without_an_answer_says_that_nothing_was_recorded(
    cast: Cast, opened: Decision, coordinator: Client
):
    assert told(coordinator, at(cast, "answers", uid=opened.uid), source="meeting") == [
        "Nothing was recorded: no answer was chosen or changed."
    ]
    assert Position.objects.filter(round__decision=opened).count() == 0


def test_a_seat_that_steps_out_and_a_further_round_are_confirmed(
    cast: Cast, committee: Group, coordinator: Client
):
    decision = open_decision(group=committee, question="Shall we?", by=cast.coordinator)
    seat = voting(decision)[0]
    typed = {"seat": seat.uid, "reason": "They bid for it."}
    assert told(coordinator, at(cast, "step_out", uid=decision.uid), **typed) == [
        f"{seat.label} stepped out: it is no longer counted in this decision."
    ]
    seats = voting(decision)[1:]
    given = {f"answer-{seat.uid}": word for seat, word in zip(seats, ["yes"] * 3 + ["block"], strict=True)}
    coordinator.post(at(cast, "answers", uid=decision.uid), {"source": "meeting", **given}, follow=True)
    assert told(coordinator, at(cast, "next_round", uid=decision.uid)) == [
        "Round 2 began. Next: ask all seats once more and record their answers."
    ]
    assert told(coordinator, at(cast, "next_round", uid=decision.uid)) == [
        "A second round opens only when enough seats have answered and the rule puts the question off."
    ]


@pytest.mark.parametrize(
    ("name", "not_done"),
    [
        ("answers", "Your answers were not recorded."),
        ("step_out", "Nobody stepped out any more."),
        ("next_round", "No further round began."),
        ("close", "What was decided changes only by a new decision."),
    ],
)
def test_a_form_that_comes_after_the_close_says_who_closed_it_and_what_was_not_done(
    name: str, not_done: str, cast: Cast, opened: Decision, coordinator: Client
):
    answer(opened, *["yes"] * 5, by=cast.coordinator)
    closed = close_it(cast, opened)
    typed = {"source": "meeting", f"answer-{voting(opened)[0].uid}": "no"}
    page = coordinator.post(at(cast, name, uid=opened.uid), typed, follow=True)
    assert page.redirect_chain == [(at(cast, "page", uid=opened.uid), 302)]
    assert [str(message) for message in page.context["messages"]] == [f"{closed} {not_done}"]
    assert count(opened).result.figures["no"] == 0


def test_the_page_of_answers_of_a_closed_decision_leads_to_it(
    cast: Cast, opened: Decision, coordinator: Client
):
    closed = close_it(cast, opened)
    page = coordinator.get(at(cast, "answers", uid=opened.uid), follow=True)
    assert [str(message) for message in page.context["messages"]] == [
        f"{closed} What was decided changes only by a new decision."
    ]


def test_answers_that_lose_the_race_with_the_close_say_so(
    cast: Cast, opened: Decision, coordinator: Client, monkeypatch: pytest.MonkeyPatch
):
    closed = []

    def closes_meanwhile(decision: Decision) -> Count:
        counted = count(decision)
        closed.append(close_it(cast, decision))
        return counted

    monkeypatch.setattr(views, "count", closes_meanwhile)
    typed = {"source": "meeting", f"answer-{voting(opened)[0].uid}": "no"}
    assert told(coordinator, at(cast, "answers", uid=opened.uid), **typed) == [
        f"{closed[0]} Your answers were not recorded."
    ]


def test_answers_that_lose_the_race_with_a_further_round_say_so(
    cast: Cast, committee: Group, coordinator: Client, monkeypatch: pytest.MonkeyPatch
):
    decision = open_decision(group=committee, question="Shall we?", by=cast.coordinator)
    answer(decision, "yes", "yes", "yes", "block", by=cast.coordinator)
    before = count(decision)
    next_round(decision=decision, by=cast.principal)
    with pytest.raises(RoundOver):
        record_answers(decision=decision, given=[], round_n=1, by=cast.coordinator)
    monkeypatch.setattr(views, "count", lambda decision: before)
    typed = {"source": "meeting", f"answer-{voting(decision)[4].uid}": "block"}
    assert told(coordinator, at(cast, "answers", uid=decision.uid), **typed) == [
        "A further round began meanwhile. Your answers were not recorded; ask all seats once more."
    ]
    assert [line.answer for line in count(decision).lines] == [None] * 5
