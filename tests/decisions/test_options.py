"""Questions that choose one of several options: put, answered by numbers, counted, kept and erased."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from decisions.ballot_numbers import as_numbers, from_numbers
from decisions.enums import AskedBy
from decisions.models import Decision, Group, Round, Sealed
from decisions.pages.erasing import erasable
from decisions.register import verify_register
from decisions.rule import Answer, Method, Quorum, Rule, Tie
from decisions.services import (
    Given,
    NoOptionsWanted,
    OptionsWanted,
    add_seat,
    close_decision,
    create_group,
    erase,
    next_round,
    open_decision,
    record_answers,
)
from tests.conftest import Cast
from tests.decisions.conftest import adopt, voting
from tests.decisions.tampering import run
from tests.decisions.test_pages import at, words

DAYS = ("On Mondays", "On Tuesdays", "Where Noor Castellane lives")


def put(cast: Cast, group: Group, method: Method, options: Sequence[str] = DAYS) -> Decision:
    """A question of three options, by a method that is not the agreed one."""
    return open_decision(
        group=group,
        question="When do we meet?",
        method=method,
        method_reason="There are three days to choose from.",
        options=options,
        by=cast.coordinator,
    )


def give(cast: Cast, decision: Decision, *ballots: Any) -> None:
    given = [Given(seat, ballot) for seat, ballot in zip(voting(decision), ballots, strict=False)]
    record_answers(decision=decision, given=given, by=cast.coordinator)


def test_a_question_with_options_is_put_on_the_page(cast: Cast, committee: Group, coordinator: Client):
    form = {
        "group": committee.uid,
        "question": "When do we meet?",
        "kind": "everyday",
        "method": "runoff",
        "method_reason": "Three days to choose from.",
        "options": " On Mondays \n\nOn Tuesdays\r\nNever",
    }
    coordinator.post(at(cast, "new"), form)
    decision = Decision.objects.get()
    assert decision.method == "runoff"
    assert decision.rounds.get().options == ["On Mondays", "On Tuesdays", "Never"]
    page = words(coordinator, at(cast, "page", uid=decision.uid))
    assert "1. On Mondays" in page
    assert "Three days to choose from." in page


WRONG = [
    ({"method": "runoff", "options": "A\nB"}, "method_reason"),
    ({"method": "runoff", "method_reason": "So.", "options": "Only one"}, "options"),
    ({"method": "runoff", "method_reason": "So.", "options": "The same\nthe Same"}, "options"),
    ({"options": "A\nB"}, "options"),
    ({"method": "score", "method_reason": "So.", "options": "\n".join(map(str, range(21)))}, "options"),
    ({"method": "score", "method_reason": "So.", "options": "x" * 201 + "\nB"}, "options"),
    ({"method": "leader", "method_reason": "So."}, "method"),
]


@pytest.mark.parametrize(("changes", "field"), WRONG)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_put(
    cast: Cast, committee: Group, coordinator: Client, changes: dict[str, str], field: str
):
    form = {"group": committee.uid, "question": "When do we meet?", "kind": "everyday", **changes}
    answered = coordinator.post(at(cast, "new"), form)
    assert list(answered.context["form"].errors) == [field]
    assert '<details class="pp-more" open>' in answered.content.decode()
    assert Decision.objects.count() == 0


def test_options_go_with_methods_that_choose_one(cast: Cast, committee: Group):
    with pytest.raises(OptionsWanted):
        put(cast, committee, Method.RUNOFF, options=())
    with pytest.raises(NoOptionsWanted):
        put(cast, committee, Method.MAJORITY)
    assert Decision.objects.count() == 0


NUMBERS = [
    (Method.RUNOFF, [2, None, 1], (2, 0)),
    (Method.RUNOFF, [1, 2, 5], (0, 1, 2)),
    (Method.RUNOFF, [1, 1, None], ()),
    (Method.RUNOFF, [0, 1, 2], ()),
    (Method.SCORE, [5, None, 0], ()),
    (Method.RUNOFF, [None, None, None], None),
    (Method.DOTS, [2, None, 1], (2, 0, 1)),
    (Method.SCORE, [0, 0, 5], (0, 0, 5)),
]


@pytest.mark.parametrize(("method", "numbers", "ballot"), NUMBERS)
def test_numbers_make_a_ballot(method: Method, numbers: list[int | None], ballot: tuple[int, ...] | None):
    assert from_numbers(numbers, method) == ballot


def test_a_ballot_is_shown_as_numbers_again():
    assert as_numbers((2, 0), Method.RUNOFF, 3) == [2, None, 1]
    assert as_numbers((2, 0, 1), Method.DOTS, 3) == [2, 0, 1]
    assert as_numbers(Answer.ABSTAIN, Method.DOTS, 2) == [None, None]


def test_ranks_are_recorded_from_the_screen_and_only_what_changes_anew(
    cast: Cast, committee: Group, coordinator: Client
):
    decision = put(cast, committee, Method.RUNOFF)
    first, second, third, *_rest = voting(decision)
    url = at(cast, "answers", uid=decision.uid)
    page = words(coordinator, url)
    assert "Write 1 at the first choice, 2 at the second, and so on; each number once." in page
    typed = {
        f"answer-{first.uid}-0": 2,
        f"answer-{first.uid}-2": 1,
        f"answer-{second.uid}-1": 1,
        f"answer-{third.uid}-abstains": "on",
    }
    coordinator.post(url, {"source": "meeting", **typed})
    given = {p.decision_seat_id: p.answer for p in decision.rounds.get().positions.all()}
    assert given == {first.pk: [2, 0], second.pk: [1], third.pk: "abstain"}
    shown = {
        f"initial-answer-{first.uid}-0": 2,
        f"initial-answer-{first.uid}-2": 1,
        f"initial-answer-{second.uid}-1": 1,
        f"initial-answer-{third.uid}-abstains": "True",
    }
    coordinator.post(url, {"source": "meeting", **shown, **typed, f"answer-{second.uid}-0": 2})
    answers = [p.answer for p in decision.rounds.get().positions.order_by("pk")]
    assert answers == [[2, 0], [1], "abstain", [1, 0]]


UNFIT = [
    (Method.RUNOFF, {"0": 1, "1": 1}, "each number once"),
    (Method.DOTS, {"0": 3, "1": 1}, "no more than 3 in all"),
    (Method.SCORE, {"0": 6, "1": 0, "2": 0}, "from 0 to 5"),
    (Method.SCORE, {"0": 5}, "from 0 to 5"),
]


@pytest.mark.parametrize(("method", "typed", "said"), UNFIT)
def test_numbers_that_make_no_ballot_are_refused_with_what_to_do(
    cast: Cast, committee: Group, coordinator: Client, method: Method, typed: dict[str, int], said: str
):
    decision = put(cast, committee, method)
    seat = voting(decision)[0]
    numbers = {f"answer-{seat.uid}-{option}": n for option, n in typed.items()}
    answered = coordinator.post(at(cast, "answers", uid=decision.uid), {"source": "meeting", **numbers})
    assert said in str(answered.context["form"].errors[f"answer-{seat.uid}-0"])
    assert decision.rounds.get().positions.count() == 0


def test_the_option_that_won_is_named_by_number_in_the_register_and_in_words_on_the_page(
    cast: Cast, committee: Group, coordinator: Client
):
    decision = put(cast, committee, Method.RUNOFF)
    give(cast, decision, (0,), (0,), (1, 2), (2,), (2,))
    decision.refresh_from_db()
    closed = close_decision(decision=decision, version=decision.version, by=cast.coordinator)
    assert closed.sentence.startswith(
        "option 1: 2, option 2: 1, option 3: 2; option 2 is dropped, then option 1: 2, option 3: 3; "
    )
    assert closed.sentence.endswith(": adopted, option 3")
    page = words(coordinator, at(cast, "page", uid=decision.uid))
    assert '3. Where Noor Castellane lives<span class="pp-sub"><b>Chosen</b></span>' in page
    assert "2. On Tuesdays, then 3. Where Noor Castellane lives" in page
    assert verify_register(district=cast.larkmoor).problem is None


def test_a_tie_comes_back_with_the_same_options(cast: Cast, committee: Group):
    adopt(committee, by=cast.coordinator, other=Rule(Method.PLURALITY, Quorum(sectors=2), tie=Tie.DEFERS))
    decision = open_decision(group=committee, question="When?", options=DAYS, by=cast.coordinator)
    give(cast, decision, 0, 0, 1, 1)
    again = next_round(decision=decision, by=cast.coordinator)
    assert again.options == [*DAYS]
    assert verify_register(district=cast.larkmoor).problem is None


def test_a_seat_that_abstained_is_not_taken_to_abstain_once_numbers_are_written(
    cast: Cast, committee: Group, coordinator: Client
):
    decision = put(cast, committee, Method.DOTS)
    give(cast, decision, Answer.ABSTAIN)
    seat, url = voting(decision)[0], at(cast, "answers", uid=decision.uid)
    form = {f"answer-{seat.uid}-0": 2, f"answer-{seat.uid}-abstains": "on"}
    shown = {f"initial-answer-{seat.uid}-abstains": "True"}
    answered = coordinator.post(url, {"source": "meeting", **shown, **form})
    assert answered.context["form"].errors == {
        f"answer-{seat.uid}-abstains": ["Write numbers, or say that the seat abstains."]
    }
    assert decision.rounds.get().positions.count() == 1


def test_a_large_group_ranks_many_options_on_one_screen(cast: Cast, coordinator: Client):
    group = create_group(name="Assembly", school=cast.quillback, by=cast.coordinator)
    for n in range(30):
        add_seat(group=group, people_label=f"Seat {n:02}", sector="parents", by=cast.coordinator)
    decision = put(cast, group, Method.RUNOFF, [f"Day {n}" for n in range(20)])
    seats = list(decision.seats.all())
    ranks = {f"answer-{seat.uid}-{n}": n + 1 for seat in seats for n in range(20)}
    shown = {f"initial-{name}": "" for name in ranks}
    coordinator.post(at(cast, "answers", uid=decision.uid), {"source": "meeting", **shown, **ranks})
    assert decision.rounds.get().positions.filter(answer=list(range(20))).count() == 30


def test_what_was_answered_is_shown_before_there_is_a_quorum(
    cast: Cast, committee: Group, coordinator: Client
):
    decision = put(cast, committee, Method.PLURALITY)
    give(cast, decision, 1, Answer.ABSTAIN)
    page = words(coordinator, at(cast, "page", uid=decision.uid))
    assert "option 1: 0, option 2: 1, option 3: 0, 1 abstained; 2 of 5 seats took part" in page
    assert 'On Tuesdays</th><td role="cell" class="pp-num">1</td>' in page


def test_options_that_differ_by_a_sign_are_not_alike(cast: Cast, committee: Group):
    decision = put(cast, committee, Method.PLURALITY, ["$5", "5", "< 5"])
    assert decision.rounds.get().options == ["$5", "5", "< 5"]


def test_options_are_erased_from_every_round_at_once(cast: Cast, committee: Group, coordinator: Client):
    adopt(committee, by=cast.coordinator, other=Rule(Method.PLURALITY, Quorum(sectors=2), tie=Tie.DEFERS))
    decision = open_decision(group=committee, question="When?", options=DAYS, by=cast.coordinator)
    give(cast, decision, 0, 0, 1, 1)
    next_round(decision=decision, by=cast.coordinator)
    [text] = [one for one in erasable(decision) if DAYS[2] in one.words]
    erase(text=text.sealed, asked_by=AskedBy.PERSON, because="Wish.", by=cast.staff)
    assert [one.options for one in decision.rounds.all()] == [["…"] * 3] * 2
    assert verify_register(district=cast.larkmoor).problem is None
    page = words(coordinator, at(cast, "page", uid=decision.uid))
    assert "at the request of the person whom it was about" in page
    assert "3. …" in page


def test_options_are_erased_and_their_answers_stay(cast: Cast, committee: Group):
    decision = put(cast, committee, Method.DOTS)
    give(cast, decision, (0, 0, 3), (1, 1, 1), (0, 0, 1))
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic():
        run("UPDATE decisions_round SET options = '[\"…\"]'")
    sealed = next(row for row in Sealed.objects.all() if "options" in (row.person or {}))
    erase(text=sealed, asked_by=AskedBy.PERSON, because="Wish.", by=cast.staff)
    assert Round.objects.get().options == ["…", "…", "…"]
    decision.refresh_from_db()
    closed = close_decision(decision=decision, version=decision.version, by=cast.coordinator)
    assert (closed.outcome, closed.figures["winner"]) == ("adopted", 2)
    assert verify_register(district=cast.larkmoor).problem is None
