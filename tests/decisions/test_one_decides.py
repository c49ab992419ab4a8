"""One seat decides after advice, or what was given to it: the charter names it, and its reason is kept."""

import datetime
from typing import Any

import pytest
from django.test import Client

from accounts import clock
from decisions import services
from decisions.enums import Source
from decisions.models import Decision, Group, Position
from decisions.outcome import WrongAnswer
from decisions.pages.answering import who_must_answer
from decisions.queries import count
from decisions.recount import miscounted
from decisions.register import verify_register
from decisions.rule import Answer, Method, Quorum, Rule
from decisions.services import (
    AdviceFirst,
    AnswersEnded,
    Given,
    NobodyDecides,
    NobodyLeftToDecide,
    NotDecidedYet,
    WhyWanted,
)
from tests.conftest import Cast
from tests.decisions.asked import address, link_of, seat_of, seat_people
from tests.decisions.conftest import adopt
from tests.decisions.test_charter_form import filled
from tests.decisions.test_pages import at, words
from tests.decisions.test_recount import charters, entries_of

HOUR = datetime.timedelta(hours=1)
MANDATE = "Repairs of the rooms of up to $500 a year."


@pytest.fixture
def led(cast: Cast, committee: Group) -> Group:
    """The school decides everyday matters after the advice of two, and what is about programs alone."""
    school = str(committee.seats.get(school=cast.quillback).uid)
    quorum = Quorum(sectors=2)
    adopt(
        committee,
        by=cast.coordinator,
        other=Rule(Method.LEADER, quorum, advisers=2, decider=school),
        program=Rule(Method.DELEGATED, quorum, decider=school),
        mandate=MANDATE,
    )
    return committee


def ask(cast: Cast, group: Group, **more: Any) -> Decision:
    return services.open_decision(group=group, question="Shall we?", **more, by=cast.coordinator)


def say(cast: Cast, decision: Decision, starts: str, answer: Answer, why: str = "") -> Position:
    seat = seat_of(decision, starts)
    return services.record_answer(
        decision=decision, seat=seat, answer=answer, reason=why, by=cast.coordinator
    )


def close(cast: Cast, decision: Decision) -> Decision:
    return services.close_decision(decision=decision, version=decision.version, by=cast.coordinator)


def test_the_named_seat_decides_after_advice(cast: Cast, led: Group) -> None:
    decision = ask(cast, led)
    say(cast, decision, "Parent", Answer.YES)
    with pytest.raises(AdviceFirst):
        say(cast, decision, "Quillback", Answer.YES, "We tried it.")
    say(cast, decision, "Open Cupboard", Answer.NO)
    with pytest.raises(WhyWanted):
        say(cast, decision, "Quillback", Answer.YES)
    with pytest.raises(NotDecidedYet):
        close(cast, decision)
    say(cast, decision, "Quillback", Answer.YES, "We tried it.")
    closed = close(cast, decision)
    assert (closed.outcome, closed.sentence) == (
        "adopted",
        "1 advises it, 1 advises against it; advice of 2 seats is asked for: adopted",
    )
    assert verify_register(district=cast.larkmoor).problem is None


def test_it_may_decide_against_the_advice(cast: Cast, led: Group) -> None:
    decision = ask(cast, led)
    for starts in ("Parent", "Open Cupboard", "Juvenile"):
        say(cast, decision, starts, Answer.YES)
    say(cast, decision, "Quillback", Answer.NO, "The budget is spent.")
    assert close(cast, decision).sentence.endswith(": not adopted, decided against")


def test_advice_and_decision_come_from_one_meeting(cast: Cast, led: Group) -> None:
    decision = ask(cast, led)
    given = [Given(seat_of(decision, starts), Answer.YES) for starts in ("Parent", "Juvenile")]
    given.append(Given(seat_of(decision, "Quillback"), Answer.YES, "We tried it."))
    services.record_answers(decision=decision, given=given, by=cast.coordinator)
    assert close(cast, decision).outcome == "adopted"


def test_once_the_time_to_answer_is_over_it_decides_with_the_advice_that_came(cast: Cast, led: Group) -> None:
    decision = ask(cast, led, closes_at=clock.now() + HOUR)
    say(cast, decision, "Parent", Answer.YES)
    with clock.shifted(2 * HOUR):
        with pytest.raises(AnswersEnded):
            say(cast, decision, "Juvenile", Answer.YES)
        say(cast, decision, "Quillback", Answer.YES, "We tried it.")
        assert close(cast, decision).outcome == "adopted"
    assert verify_register(district=cast.larkmoor).problem is None


def test_what_was_given_to_a_seat_is_asked_of_it_alone(cast: Cast, led: Group) -> None:
    decision = ask(cast, led, kind="program")
    assert [line.seat.label for line in count(decision).lines] == ["Quillback Middle School"]
    with pytest.raises(WrongAnswer):
        say(cast, decision, "Parent", Answer.YES)
    with pytest.raises(WrongAnswer):
        say(cast, decision, "Quillback", Answer.ABSTAIN, "I would rather not.")
    with pytest.raises(NotDecidedYet):
        close(cast, decision)
    say(cast, decision, "Quillback", Answer.YES, "It is in the plan.")
    assert close(cast, decision).outcome == "adopted"
    assert verify_register(district=cast.larkmoor).problem is None


def test_a_decision_that_was_turned_around_in_the_entries_is_found(cast: Cast, led: Group) -> None:
    decision = ask(cast, led, kind="program")
    say(cast, decision, "Quillback", Answer.YES, "It is in the plan.")
    close(cast, decision)
    entries = entries_of(decision)
    assert miscounted(entries, charters()) == ""
    entries[1]["answers"][0]["answer"] = "no"
    assert miscounted(entries, charters()) == "miscounted"


def test_nobody_decides_who_is_not_named(cast: Cast, by_majority: Group) -> None:
    with pytest.raises(NobodyDecides):
        ask(cast, by_majority, method=Method.LEADER, method_reason="It is urgent.")
    with pytest.raises(NobodyDecides):
        adopt(by_majority, by=cast.coordinator, other=Rule(Method.DELEGATED, decider="nobody"))
    assert by_majority.charters.count() == 1


def test_a_seat_that_has_ended_decides_no_more(cast: Cast, led: Group) -> None:
    seat = led.seats.get(school=cast.quillback)
    with clock.shifted(datetime.timedelta(days=-1)):
        yesterday = clock.today(cast.larkmoor)
    led.seats.filter(pk=seat.pk).update(since=yesterday, until=yesterday)
    with pytest.raises(NobodyDecides):
        ask(cast, led)


def test_the_seat_is_chosen_on_the_form_and_named_on_the_pages(
    cast: Cast, committee: Group, coordinator: Client
) -> None:
    adopted = services.open_decision(
        group=committee, question="This way?", kind="charter", by=cast.coordinator
    )
    given = [Given(seat, Answer.YES) for seat in adopted.seats.filter(standing="votes")]
    services.record_answers(decision=adopted, given=given, by=cast.coordinator)
    close(cast, adopted)
    url = at(cast, "new_how", uid=committee.uid)
    wanted = filled(adopted, kind_urgent="leader", advisers=1)
    assert list(coordinator.post(url, wanted).context["form"].errors) == ["decider"]
    school = str(committee.seats.get(school=cast.quillback).uid)
    coordinator.post(url, wanted | {"decider": school})
    rule = committee.charters.get().rules.get(kind="urgent").rule
    assert (rule.method, rule.decider, rule.advisers) == ("leader", school, 1)
    assert "Who decides</dt><dd>Quillback Middle School" in words(
        coordinator, at(cast, "how", uid=committee.uid)
    )
    decision = ask(cast, committee, kind="urgent")
    page = at(cast, "page", uid=decision.uid)
    assert "Who decides</dt><dd>Quillback Middle School" in words(coordinator, page)


def test_its_answer_is_yes_or_no_on_the_screen_and_the_others_advise(
    cast: Cast, led: Group, coordinator: Client
) -> None:
    decision = ask(cast, led)
    form = coordinator.get(at(cast, "answers", uid=decision.uid)).context["form"]
    offered = {line.seat.label: len(list(line.choice)) for line in form.lines}
    assert offered["Quillback Middle School"] == 2
    assert offered["Open Cupboard Pantry"] == 3
    seat = seat_of(decision, "Quillback")
    typed = {"source": "meeting", f"answer-{seat.uid}": "yes", f"reason-{seat.uid}": "We tried it."}
    refused = coordinator.post(at(cast, "answers", uid=decision.uid), typed)
    assert str(AdviceFirst.words) in str(refused.context["form"].errors)


def test_it_decides_by_its_own_link(cast: Cast, led: Group, client: Client) -> None:
    seat_people(cast, led)
    decision = ask(cast, led, kind="program")
    assert len(services.send_links(decision=decision, by=cast.coordinator)) == 1
    link = link_of(decision, "Quillback")
    typed = {"act": "answer", "round": 1, f"answer-{link.decision_seat.uid}": "yes"}
    assert str(WhyWanted.words) in words_after(client, address(link), typed)
    client.post(address(link), typed | {f"reason-{link.decision_seat.uid}": "It is in the plan."})
    assert Position.objects.get(decision_seat=link.decision_seat).source == Source.LINK


def words_after(client: Client, url: str, typed: dict[str, Any]) -> str:
    return " ".join(client.post(url, typed).content.decode().split())


def test_a_seat_reads_that_one_decides() -> None:
    assert who_must_answer(Rule(Method.LEADER)) == ""


@pytest.mark.parametrize("kind", ["everyday", "program"])
def test_a_seat_that_stepped_out_decides_no_more(cast: Cast, led: Group, kind: str) -> None:
    decision = ask(cast, led, kind=kind)
    if kind == "everyday":
        say(cast, decision, "Parent", Answer.YES)
        say(cast, decision, "Juvenile", Answer.YES)
    say(cast, decision, "Quillback", Answer.YES, "We tried it.")
    step_out(cast, decision)
    counted = count(decision)
    assert (counted.nobody_decides, counted.result.figures["recused"]) == (True, 1)
    with pytest.raises(NobodyLeftToDecide):
        close(cast, decision)
    services.withdraw(decision=decision, reason="Nobody decides it.", by=cast.coordinator)
    assert verify_register(district=cast.larkmoor).problem is None


def step_out(cast: Cast, decision: Decision) -> None:
    seat = seat_of(decision, "Quillback")
    services.step_out(decision=decision, seat=seat, reason="They bid for it.", by=cast.coordinator)


def test_where_nobody_decides_the_pages_offer_to_take_it_back_alone(
    cast: Cast, led: Group, coordinator: Client
) -> None:
    decision = ask(cast, led)
    step_out(cast, decision)
    page = words(coordinator, at(cast, "page", uid=decision.uid))
    assert "The seat that decides stepped out, so nobody decides this." in page
    assert "Who decides</dt><dd>Quillback Middle School" in page
    assert "Close this decision" not in page
    assert "Record answers" not in page
    assert str(NobodyLeftToDecide.words) in words(coordinator, at(cast, "close", uid=decision.uid))


@pytest.mark.parametrize("kind", ["everyday", "program"])
def test_after_the_time_to_answer_the_pages_lead_to_what_it_decides(
    cast: Cast, led: Group, coordinator: Client, kind: str
) -> None:
    decision = ask(cast, led, kind=kind, closes_at=clock.now() + HOUR)
    url = at(cast, "answers", uid=decision.uid)
    clock.move(2 * HOUR)
    page = words(coordinator, at(cast, "page", uid=decision.uid))
    assert f'btn-primary" href="{url}">Record answers' in page
    assert "The seat that decides has not said yet." in page
    assert "counted and closed in a moment" not in page
    closing = words(coordinator, at(cast, "close", uid=decision.uid))
    assert f'href="{url}">Record what it decided' in closing
    say(cast, decision, "Quillback", Answer.NO, "The budget is spent.")
    page = words(coordinator, at(cast, "page", uid=decision.uid))
    assert "It is counted and closed in a moment." in page


def test_after_the_time_to_answer_its_own_link_still_takes_what_it_decides(
    cast: Cast, led: Group, client: Client
) -> None:
    seat_people(cast, led)
    decision = ask(cast, led, closes_at=clock.now() + HOUR)
    services.send_links(decision=decision, by=cast.coordinator)
    own, adviser = link_of(decision, "Quillback"), link_of(decision, "Open Cupboard")
    field, reason = f"answer-{own.decision_seat.uid}", f"reason-{own.decision_seat.uid}"
    clock.move(2 * HOUR)
    assert "Send this answer" not in words(client, address(adviser))
    page = words(client, address(own))
    assert "Your seat decides, and can answer still." in page
    assert "Or instead:" not in page
    client.post(address(own), {"act": "answer", "round": 1, field: "yes", reason: "It is in the plan."})
    assert Position.objects.get(decision_seat=own.decision_seat).source == Source.LINK


def test_the_reason_of_the_seat_that_decides_is_not_optional_on_its_link(
    cast: Cast, led: Group, client: Client
) -> None:
    seat_people(cast, led)
    decision = ask(cast, led)
    services.send_links(decision=decision, by=cast.coordinator)
    pages = {one: words(client, address(link_of(decision, one))) for one in ("Quillback", "Open Cupboard")}
    assert {one: "(optional)" in page for one, page in pages.items()} == {
        "Quillback": False,
        "Open Cupboard": True,
    }


def test_after_all_advice_is_in_it_is_said_who_has_not_decided(
    cast: Cast, led: Group, coordinator: Client
) -> None:
    decision = ask(cast, led)
    advisers = [line.seat for line in count(decision).lines if not line.seat.label.startswith("Quillback")]
    typed = {"source": "meeting"} | {f"answer-{seat.uid}": "yes" for seat in advisers}
    answered = coordinator.post(at(cast, "answers", uid=decision.uid), typed, follow=True)
    assert "4 answers are recorded. The seat that decides has not said yet." in answered.content.decode()
