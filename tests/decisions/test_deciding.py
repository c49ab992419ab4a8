"""A decision from question to outcome, as the services write it."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from accounts import clock
from accounts.versions import ChangedMeanwhile
from decisions.enums import Source, Standing
from decisions.models import Decision, Group, Position, Seat
from decisions.outcome import WrongAnswer
from decisions.queries import count
from decisions.rule import Answer, Method, Outcome, Rule
from decisions.services import (
    AlreadyClosed,
    AnswersEnded,
    NameTaken,
    NotAdopted,
    NothingDeferred,
    NoVotingSeats,
    ReasonWanted,
    SeatTaken,
    SteppedOut,
    YouthHasNoName,
    add_seat,
    adopt_charter,
    close_decision,
    create_group,
    end_seat,
    name_holder,
    next_round,
    open_decision,
    record_answer,
    step_out,
)
from tests.conftest import Cast
from tests.decisions.conftest import MAJORITY, adopt, answer, decided, make_partner, voting


def test_a_question_gets_a_number_the_seats_of_the_day_and_the_starting_rule(cast: Cast, committee: Group):
    decision = open_decision(group=committee, question=" Shall we meet monthly? ", by=cast.coordinator)
    year = clock.today(cast.larkmoor).year
    assert (decision.reference, decision.question) == (f"D-{year}-01", "Shall we meet monthly?")
    assert (decision.starting_rule, decision.method, decision.rounds.count()) == (True, "consensus", 1)
    assert [(seat.label, seat.standing) for seat in decision.seats.all()] == [
        ("Front desk", "observes"),
        ("Juvenile Services of Wexley County", "votes"),
        ("Larkmoor Police Department", "votes"),
        ("Open Cupboard Pantry", "votes"),
        ("Parent, Quillback Middle School", "votes"),
        ("Quillback Middle School", "votes"),
    ]


def test_numbers_run_by_group_and_year(cast: Cast, committee: Group):
    references = [decided(committee, *["yes"] * 5, by=cast.coordinator).n for _ in range(3)]
    assert references == [1, 2, 3]


def test_a_closed_decision_carries_outcome_and_arithmetic(cast: Cast, opened: Decision):
    answer(opened, "yes", "yes", "no", "abstain", by=cast.coordinator)
    close_decision(
        decision=opened,
        version=opened.version,
        rationale="Families asked for it.",
        dissent="Saturdays cost more.",
        owner=cast.principal,
        effective_on=datetime.date(2027, 1, 11),
        review_on=datetime.date(2027, 5, 19),
        by=cast.coordinator,
    )
    opened.refresh_from_db()
    assert (opened.state, opened.outcome) == ("closed", "adopted")
    assert opened.sentence == (
        "2 yes, 1 no, 1 abstained; of 3 votes cast, 2 must be yes; "
        "4 of 5 seats took part, from 4 sectors, and a quorum takes 3, from 3 sectors: adopted"
    )
    assert (opened.owner, opened.dissent) == (cast.principal, "Saturdays cost more.")


def test_one_vote_short(cast: Cast, opened: Decision):
    answer(opened, "yes", "yes", "no", "no", "no", by=cast.coordinator)
    close_decision(decision=opened, version=opened.version, by=cast.coordinator)
    assert opened.sentence == (
        "2 yes, 3 no; of 5 votes cast, 3 must be yes; "
        "5 of 5 seats took part, from 5 sectors, "
        "and a quorum takes 3, from 3 sectors: not adopted, one vote short"
    )


def test_the_latest_answer_counts_and_all_are_kept(cast: Cast, opened: Decision):
    seat = voting(opened)[0]
    for word in ("no", "abstain", "yes"):
        record_answer(
            decision=opened,
            seat=seat,
            answer=Answer(word),
            reason="We thought again.",
            source=Source.PHONE,
            told="Until Friday.",
            by=cast.coordinator,
        )
    line = count(opened).lines[0]
    assert (line.answer, line.given, line.position.recorded_by) == ("yes", 3, cast.coordinator)
    assert list(Position.objects.filter(decision_seat=seat).values_list("answer", flat=True)) == [
        "no",
        "abstain",
        "yes",
    ]


def test_an_answer_by_the_seats_own_link_is_recorded_by_nobody(cast: Cast, opened: Decision):
    position = record_answer(
        decision=opened, seat=voting(opened)[0], answer=Answer.YES, source=Source.LINK, by=None
    )
    assert position.recorded_by is None


def test_who_recorded_an_answer_is_never_missing(cast: Cast, opened: Decision):
    with pytest.raises(IntegrityError), transaction.atomic():
        record_answer(decision=opened, seat=voting(opened)[0], answer=Answer.YES, by=None)


def test_an_answer_that_the_method_does_not_offer_is_refused(cast: Cast, opened: Decision):
    with pytest.raises(WrongAnswer):
        record_answer(decision=opened, seat=voting(opened)[0], answer=Answer.BLOCK, by=cast.coordinator)


def test_a_seat_that_observes_has_no_answer(cast: Cast, opened: Decision):
    observer = opened.seats.get(standing=Standing.OBSERVES)
    with pytest.raises(WrongAnswer):
        record_answer(decision=opened, seat=observer, answer=Answer.YES, by=cast.coordinator)


def test_a_seat_of_another_decision_has_no_answer_here(cast: Cast, by_majority: Group, opened: Decision):
    other = open_decision(group=by_majority, question="Another?", by=cast.coordinator)
    with pytest.raises(WrongAnswer):
        record_answer(decision=opened, seat=voting(other)[0], answer=Answer.YES, by=cast.coordinator)


def test_a_seat_that_steps_out_leaves_the_count(cast: Cast, opened: Decision):
    answer(opened, "no", "yes", "yes", by=cast.coordinator)
    step_out(decision=opened, seat=voting(opened)[0], reason="They bid for it.", by=cast.coordinator)
    close_decision(decision=opened, version=opened.version, by=cast.coordinator)
    assert opened.sentence == (
        "2 yes, 0 no; 1 seat stepped out; "
        "2 of 4 seats took part, from 2 sectors, "
        "and a quorum takes 3, from 3 sectors: no quorum, one answer short"
    )


def test_a_seat_steps_out_once_and_answers_no_more(cast: Cast, opened: Decision):
    seat = voting(opened)[0]
    step_out(decision=opened, seat=seat, reason="They bid for it.", by=cast.coordinator)
    with pytest.raises(SteppedOut):
        step_out(decision=opened, seat=seat, reason="Again.", by=cast.coordinator)
    with pytest.raises(SteppedOut):
        record_answer(decision=opened, seat=seat, answer=Answer.YES, by=cast.coordinator)


def test_nothing_is_recorded_after_the_close(cast: Cast, opened: Decision):
    answer(opened, *["yes"] * 5, by=cast.coordinator)
    close_decision(decision=opened, version=opened.version, by=cast.coordinator)
    seat = voting(opened)[0]
    with pytest.raises(AlreadyClosed):
        record_answer(decision=opened, seat=seat, answer=Answer.NO, by=cast.coordinator)
    with pytest.raises(AlreadyClosed):
        step_out(decision=opened, seat=seat, reason="Late.", by=cast.coordinator)
    with pytest.raises(AlreadyClosed):
        next_round(decision=opened, by=cast.coordinator)
    with pytest.raises(AlreadyClosed):
        close_decision(decision=opened, version=opened.version - 1, by=cast.coordinator)


def test_an_answer_after_the_preview_stops_the_close(cast: Cast, opened: Decision):
    answer(opened, *["yes"] * 5, by=cast.coordinator)
    seen = opened.version
    answer(opened, "no", by=cast.coordinator)
    with pytest.raises(ChangedMeanwhile):
        close_decision(decision=opened, version=seen, by=cast.coordinator)


def test_answers_end_at_their_time(cast: Cast, by_majority: Group):
    decision = open_decision(
        group=by_majority,
        question="Shall we?",
        closes_at=clock.now() - datetime.timedelta(minutes=1),
        by=cast.coordinator,
    )
    with pytest.raises(AnswersEnded):
        record_answer(decision=decision, seat=voting(decision)[0], answer=Answer.YES, by=cast.coordinator)


def test_without_consensus_the_second_meeting_decides_by_two_thirds(cast: Cast, committee: Group):
    decision = open_decision(group=committee, question="Shall we?", by=cast.coordinator)
    answer(decision, "yes", "yes", "yes", "yes", "block", by=cast.coordinator)
    assert count(decision).result.outcome == Outcome.DEFERRED
    next_round(decision=decision, text="Shall we, for one year?", by=cast.coordinator)
    assert (count(decision).round.n, count(decision).result.figures["silent"]) == (2, 5)
    answer(decision, "yes", "yes", "yes", "yes", "no", by=cast.coordinator)
    close_decision(decision=decision, version=decision.version, by=cast.coordinator)
    assert (decision.outcome, decision.figures["method"], decision.figures["round"]) == (
        "adopted",
        "two_thirds",
        2,
    )


def test_a_second_round_needs_a_first_one_that_ended_without_consensus(cast: Cast, committee: Group):
    decision = open_decision(group=committee, question="Shall we?", by=cast.coordinator)
    with pytest.raises(NothingDeferred):
        next_round(decision=decision, by=cast.coordinator)
    answer(decision, *["yes"] * 5, by=cast.coordinator)
    with pytest.raises(NothingDeferred):
        next_round(decision=decision, by=cast.coordinator)


def test_a_group_without_voting_seats_asks_nothing(cast: Cast):
    group = create_group(name="Empty", school=cast.quillback, by=cast.coordinator)
    with pytest.raises(NoVotingSeats):
        open_decision(group=group, question="Shall we?", by=cast.coordinator)


def test_another_method_needs_a_reason(cast: Cast, by_majority: Group):
    with pytest.raises(ReasonWanted):
        open_decision(group=by_majority, question="Shall we?", method=Method.TWO_THIRDS, by=cast.coordinator)
    decision = open_decision(
        group=by_majority,
        question="Shall we?",
        method=Method.TWO_THIRDS,
        method_reason="It binds us for three years.",
        by=cast.coordinator,
    )
    assert count(decision).rule == Rule(Method.TWO_THIRDS, MAJORITY.quorum)


def test_how_we_decide_is_adopted_by_a_decision_of_the_group(cast: Cast, committee: Group):
    adopt(committee, by=cast.coordinator, other=MAJORITY, money=Rule(Method.TWO_THIRDS))
    everyday = open_decision(group=committee, question="Shall we?", by=cast.coordinator)
    money = open_decision(group=committee, question="Shall we pay?", kind="money", by=cast.coordinator)
    assert [(d.rule.charter.n, d.method) for d in (everyday, money)] == [(1, "majority"), (1, "two_thirds")]


def test_a_later_version_leaves_open_decisions_with_theirs(cast: Cast, opened: Decision, by_majority: Group):
    decision = decided(by_majority, *["yes"] * 5, by=cast.coordinator, kind="charter")
    adopt_charter(
        group=by_majority, decision=decision, rules={"": Rule(Method.CONSENSUS)}, by=cast.coordinator
    )
    opened.refresh_from_db()
    later = open_decision(group=by_majority, question="Shall we?", by=cast.coordinator)
    assert (opened.method, opened.rule.charter.n, later.method, later.rule.charter.n) == (
        "majority",
        1,
        "consensus",
        2,
    )


def test_how_we_decide_is_not_adopted_by_anything_else(cast: Cast, by_majority: Group, committee: Group):
    wrong_kind = decided(by_majority, *["yes"] * 5, by=cast.coordinator)
    lost = decided(by_majority, *["no"] * 5, by=cast.coordinator, kind="charter")
    used = by_majority.charters.get().adopted_by
    for decision in (wrong_kind, lost, used):
        with pytest.raises(NotAdopted):
            adopt_charter(group=by_majority, decision=decision, rules={"": MAJORITY}, by=cast.coordinator)


def test_one_seat_one_voice(cast: Cast, committee: Group):
    partner = make_partner(cast, "Tamarack Youth Counseling", "mental_health")
    seat = add_seat(group=committee, partner=partner, sector="mental_health", by=cast.coordinator)
    with pytest.raises(SeatTaken):
        add_seat(group=committee, partner=partner, sector="youth_serving", by=cast.coordinator)
    today = clock.today(cast.larkmoor)
    end_seat(seat=seat, last_day=today, version=seat.version, by=cast.coordinator)
    tomorrow = today + datetime.timedelta(days=1)
    again = add_seat(
        group=committee, partner=partner, sector="mental_health", since=tomorrow, by=cast.coordinator
    )
    assert Seat.objects.filter(group=committee).on(tomorrow).filter(partner=partner).get() == again


def test_a_seat_is_exactly_one_thing(cast: Cast, committee: Group):
    partner = make_partner(cast, "Tamarack Youth Counseling", "mental_health")
    for wrong in (
        {"partner": partner, "school": cast.bellwether},
        {},
        {"partner": partner, "people_label": "All"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            add_seat(group=committee, sector="youth", by=cast.coordinator, **wrong)


def test_a_youth_seat_keeps_no_name(cast: Cast, committee: Group):
    seat = add_seat(group=committee, people_label="Youth council", sector="youth", by=cast.coordinator)
    with pytest.raises(YouthHasNoName):
        name_holder(seat=seat, name="Somebody Young", by=cast.coordinator)
    holder = name_holder(seat=seat, membership=cast.coordinator, by=cast.coordinator)
    assert (str(holder), list(seat.holders.all())) == (str(cast.coordinator), [holder])


def test_who_sat_before_sat_until_yesterday(cast: Cast, committee: Group):
    seat = committee.seats.get(people_label="Parent, Quillback Middle School")
    first = name_holder(seat=seat, name="Rosa Villareal", language="es", by=cast.coordinator)
    name_holder(seat=seat, name="Amina Diallo", reach="(555) 555-0140", by=cast.coordinator)
    first.refresh_from_db()
    assert (first.until, seat.holders.filter(until=None).get().name) == (
        clock.today(cast.larkmoor) - datetime.timedelta(days=1),
        "Amina Diallo",
    )


def test_a_groups_name_is_its_own(cast: Cast, committee: Group):
    with pytest.raises(NameTaken):
        create_group(name="Partnership committee", school=cast.quillback, by=cast.coordinator)
    create_group(name="Partnership committee", school=cast.bellwether, by=cast.staff)
    create_group(name="Partnership committee", by=cast.staff)
    with pytest.raises(NameTaken):
        create_group(name="Partnership committee", by=cast.staff)


def test_counting_takes_few_queries(cast: Cast, opened: Decision, django_assert_num_queries):
    answer(opened, *["yes"] * 5, by=cast.coordinator)
    decision = Decision.objects.select_related("rule").get(pk=opened.pk)
    with django_assert_num_queries(3):
        count(decision)


def test_closing_takes_few_queries(cast: Cast, opened: Decision, django_assert_num_queries):
    answer(opened, *["yes"] * 5, by=cast.coordinator)
    decision = Decision.objects.select_related("rule").get(pk=opened.pk)
    with django_assert_num_queries(10):
        close_decision(decision=decision, version=decision.version, by=cast.coordinator)


def test_a_seat_that_comes_later_has_no_part_in_an_open_decision(cast: Cast, opened: Decision):
    add_seat(group=opened.group, people_label="Teachers", sector="schools", by=cast.coordinator)
    answer(opened, *["yes"] * 5, by=cast.coordinator)
    assert count(opened).result.figures["eligible"] == 5
