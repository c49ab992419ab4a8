"""Today: what waits for whom, in which order, and how it is put away."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags
from time_machine import Traveller

from accounts import clock
from accounts.models import Membership, Task
from accounts.models.work import TaskKind
from accounts.work import add_task, complete_task
from decisions.models import Decision
from decisions.rule import Answer as Vote
from decisions.services import Given, add_seat, close_decision, create_group, open_decision, record_answers
from letters.enums import Answer, EventKind, Source
from letters.enums import State as LetterState
from letters.models import Letter, LetterEvent, Reply
from letters.services import record_reply
from outreach import planning, promises, services, tasks
from outreach.enums import Reason, State
from outreach.models import HomeState
from outreach.today import due_count, today_page
from partners.enums import Stage
from partners.models import Interaction
from partners.services import set_stage
from tests.conftest import Cast, SignIn
from tests.decisions.conftest import let_decide_between
from tests.outreach.factories import a_letter, a_message, set_up

pytestmark = pytest.mark.usefixtures("tuesday")
TUESDAY = datetime.date(2026, 11, 24)
DAY = datetime.timedelta(days=1)


def items(member: Membership) -> list[tuple[str, str, str]]:
    """Section, when and what, as the page shows them."""
    page = today_page(member)
    return [
        (section.name, item.when, f"{item.what} {item.about}".strip())
        for section in page.sections
        for item in section.items
    ]


def a_reply(letter: Letter, answer: str = Answer.TALK, ago: int = 0) -> None:
    Reply.objects.create(
        district_id=letter.district_id,
        letter=letter,
        answer=answer,
        source=Source.PHONE,
        at=clock.now() - ago * DAY,
        by=letter.signer,
    )


def a_call(letter: Letter, by: Membership, **values: Any) -> None:
    Interaction.objects.create(
        **{
            "district_id": letter.district_id,
            "partner": letter.contact.partner,
            "school": letter.school,
            "on": clock.today(letter.school),
            "note": "They called.",
            "by": by,
            "created_at": clock.now(),
            **values,
        }
    )


def a_decision(cast: Cast, *answers: str, **values: Any) -> Decision:
    """A question to three seats of Quillback's committee."""
    group = create_group(name="Committee", school=cast.quillback, by=cast.coordinator)
    let_decide_between(group, by=cast.staff)
    for label in ("Parents", "Neighbors", "Youth"):
        add_seat(group=group, people_label=label, sector="parents", by=cast.coordinator)
    decision = open_decision(group=group, question="Shall we run a late bus?", by=cast.coordinator, **values)
    seats = decision.seats.order_by("label")
    given = [Given(seat, Vote(answer)) for seat, answer in zip(seats, answers, strict=False)]
    record_answers(decision=decision, given=given, by=cast.coordinator)
    decision.refresh_from_db()
    return decision


def test_nobody_is_told_to_do_anything_where_nothing_waits(cast: Cast):
    set_up(cast)
    page = today_page(cast.coordinator)
    assert (page.lead, page.sections, page.more, page.news) == ("Nothing needs you now.", [], 0, [])


def test_an_empty_today_says_what_will_come(cast: Cast, sign_in: SignIn):
    set_up(cast)
    page = sign_in(cast.coordinator).get("/d/larkmoor/").content.decode()
    assert "Here you find what waits for you" in page
    assert page.count("btn-primary") == 1


def test_whoever_stays_in_touch_is_to_call_when_the_date_is_over(cast: Cast):
    a_letter(cast.quillback, cast.principal, cast.coordinator)
    assert items(cast.coordinator) == [("late", "4 days late", "Call Tolland Street Boxing Club")]
    [item] = today_page(cast.coordinator).sections[0].items
    assert item.since == "since Nov 20"
    assert strip_tags(item.why) == (
        "No reply to letter QMS-2627-014, sent November 10; it asked for one by November 20."
    )


def test_after_a_week_everybody_at_the_school_is_and_nobody_elsewhere(cast: Cast, tuesday: Traveller):
    a_letter(cast.quillback, cast.principal, cast.coordinator)
    assert items(cast.principal) == []
    tuesday.shift(3 * DAY)
    assert [what for _where, _when, what in items(cast.principal)] == ["Call Tolland Street Boxing Club"]
    assert items(cast.bellwether_principal) == []


def test_a_promised_call_stands_for_the_letter_and_a_call_or_an_answer_ends_it(cast: Cast):
    letter = a_letter(cast.quillback, cast.principal, cast.coordinator)
    promise(letter, cast)
    assert items(cast.coordinator) == [("late", "1 day late", "Call Odile Brandt")]
    a_call(letter, cast.coordinator)
    assert items(cast.coordinator) == []


def promise(letter: Letter, cast: Cast) -> Task:
    task = add_task(
        kind=TaskKind.PROMISED_CALL,
        title="Call Odile Brandt",
        owner=cast.coordinator,
        due_on=TUESDAY - DAY,
        by=cast.principal,
        subject_kind="letter",
        subject_uid=letter.uid,
    )
    Task.objects.filter(pk=task.pk).update(created_at=clock.now() - DAY)
    return task


def test_a_promised_call_is_kept_by_anybody_of_the_school_and_its_task_ends(cast: Cast, tuesday: Traveller):
    task = promise(a_letter(cast.quillback, cast.principal, cast.coordinator), cast)
    letter = Letter.objects.get()
    a_call(letter, cast.bellwether_coordinator, school=cast.bellwether)
    assert promises.keep() == 0
    assert len(items(cast.coordinator)) == 1
    a_call(letter, cast.preparer)
    called_at = clock.now()
    a_call(letter, cast.staff, created_at=called_at + DAY)
    assert items(cast.coordinator) == []
    tuesday.shift(datetime.timedelta(minutes=5))
    tasks.plan()
    task.refresh_from_db()
    assert (task.done_at, task.done_by) == (called_at, cast.preparer)


def test_a_call_before_the_promise_does_not_keep_it(cast: Cast):
    letter = a_letter(cast.quillback, cast.principal, cast.coordinator)
    promise(letter, cast)
    a_call(letter, cast.coordinator, created_at=clock.now() - 2 * DAY)
    assert promises.keep() == 0
    assert items(cast.coordinator) == [("late", "1 day late", "Call Odile Brandt")]


def test_one_call_keeps_both_promises_to_a_partner(cast: Cast):
    letter = a_letter(cast.quillback, cast.principal, cast.coordinator)
    promise(letter, cast)
    promise(letter, cast)
    a_call(letter, cast.coordinator)
    assert promises.keep() == 2
    assert Task.objects.open().count() == 0


def test_other_tasks_are_not_ended_by_a_call(cast: Cast):
    letter = a_letter(cast.quillback, cast.principal, cast.coordinator)
    promise(letter, cast)
    Task.objects.update(kind=TaskKind.NEXT_STEP)
    a_call(letter, cast.coordinator)
    assert promises.keep() == 0


def test_a_person_who_waits_comes_first_until_somebody_has_called(cast: Cast):
    a_letter(cast.quillback, cast.principal, cast.coordinator)
    letter = a_letter(
        cast.quillback, cast.principal, cast.coordinator, partner="Saltbox Hill Public Library", number=15
    )
    promise(letter, cast)
    a_reply(letter, ago=2)
    assert items(cast.coordinator) == [
        ("waits", "Waits 2 days", "Talk to Odile Brandt at Saltbox Hill Public Library"),
        ("late", "4 days late", "Call Tolland Street Boxing Club"),
    ]
    a_call(letter, cast.coordinator)
    assert items(cast.coordinator) == [("late", "4 days late", "Call Tolland Street Boxing Club")]


@pytest.fixture
def talk(cast: Cast) -> Letter:
    """A letter answered with "talk to me" three weeks ago; its stage moved with the answer."""
    letter = a_letter(cast.quillback, cast.principal, cast.coordinator)
    with clock.shifted(-21 * DAY):
        record_reply(letter=letter, answer=Answer.TALK, source=Source.PHONE, by=cast.principal)
    return letter


WAITS = [("waits", "Waits 21 days", "Talk to Odile Brandt at Tolland Street Boxing Club")]


def test_who_wants_to_talk_waits_until_something_was_done_however_long(cast: Cast, talk: Letter):
    assert talk.partnership.stage == Stage.EXPLORING
    assert items(cast.coordinator) == WAITS
    assert items(cast.principal) == WAITS


def test_a_contact_before_the_answer_leaves_them_waiting(cast: Cast, talk: Letter):
    with clock.shifted(-22 * DAY):
        a_call(talk, cast.coordinator)
    assert items(cast.coordinator) == WAITS


def test_a_call_of_district_staff_for_no_school_reaches_them_too(cast: Cast, talk: Letter):
    a_call(talk, cast.staff, school=None)
    assert items(cast.coordinator) == []


def test_a_call_for_another_school_leaves_them_waiting(cast: Cast, talk: Letter):
    a_call(talk, cast.bellwether_coordinator, school=cast.bellwether)
    assert items(cast.coordinator) == WAITS


def test_the_promised_call_ends_their_wait_once_it_is_done(cast: Cast, talk: Letter):
    task = promise(talk, cast)
    assert items(cast.coordinator) == WAITS
    complete_task(task=task, by=cast.coordinator)
    assert items(cast.coordinator) == []


def test_a_stage_that_somebody_changes_ends_their_wait(cast: Cast, talk: Letter):
    talk.partnership.refresh_from_db()
    set_stage(partnership=talk.partnership, stage=Stage.AGREEMENT_PENDING, by=cast.coordinator)
    assert items(cast.coordinator) == []


def test_not_now_is_news_and_no_task(cast: Cast):
    letter = a_letter(cast.quillback, cast.principal, cast.coordinator)
    a_reply(letter, Answer.NOT_NOW)
    page = today_page(cast.coordinator)
    assert page.sections == []
    assert [(line.who, line.words) for line in page.news] == [
        ("Tolland Street Boxing Club", "answered “Not now” to letter QMS-2627-014.")
    ]


def test_a_principal_is_to_sign_all_that_wait_in_one_item(cast: Cast):
    for number in (14, 15, 16):
        a_letter(
            cast.quillback,
            cast.principal,
            partner=f"Partner {number}",
            state=LetterState.TO_SIGN,
            signed_at=None,
            reference="",
            handed_in_at=clock.now() - DAY,
        )
    assert items(cast.principal) == [
        ("waits", "Waits a day", "Sign 3 letters to Partner 14, Partner 15, Partner 16")
    ]
    assert due_count(cast.principal) == 1
    assert items(cast.coordinator) == []


def a_draft(cast: Cast, **values: Any) -> Letter:
    return a_letter(
        cast.quillback,
        cast.principal,
        **{
            "state": LetterState.DRAFT,
            "signed_at": None,
            "reference": "",
            "prepared_by": cast.preparer,
            **values,
        },
    )


def test_a_letter_that_came_back_is_its_preparers(cast: Cast):
    letter = a_draft(cast)
    LetterEvent.objects.create(
        district=cast.larkmoor,
        letter=letter,
        kind=EventKind.SENT_BACK,
        at=clock.now(),
        by=cast.principal,
        reason="Ask for Thursday.",
    )
    [section] = today_page(cast.preparer).sections
    assert [(item.what, item.why) for item in section.items] == [
        ("Change a letter", "It came back with a note: “Ask for Thursday.”")
    ]
    assert items(cast.coordinator) == []


def test_a_draft_of_yesterday_is_to_be_finished_and_one_of_today_is_not(cast: Cast):
    a_draft(cast, changed_at=clock.now() - DAY)
    a_draft(cast, changed_at=clock.now(), partner="Open Cupboard Pantry")
    assert items(cast.preparer) == [
        ("today", "Any time", "Finish or drop a draft to Tolland Street Boxing Club")
    ]


def test_a_decision_asks_for_the_missing_answers_and_then_to_be_closed(cast: Cast):
    decision = a_decision(cast, "yes", "yes")
    assert items(cast.coordinator) == [
        ("today", "Any time", "Ask one seat for its answer: Shall we run a late bus?")
    ]
    [seat] = decision.seats.filter(positions=None)
    record_answers(decision=decision, given=[Given(seat, Vote.ASIDE)], by=cast.coordinator)
    assert items(cast.coordinator) == [("today", "Any time", "Close a decision: Shall we run a late bus?")]
    assert items(cast.preparer) == []
    decision.refresh_from_db()
    close_decision(decision=decision, version=decision.version, by=cast.coordinator)
    assert items(cast.coordinator) == []
    assert [line.who for line in today_page(cast.preparer).news] == ["Committee"]


def test_a_decision_comes_back_at_its_review(cast: Cast):
    decision = a_decision(cast, "yes", "yes", "yes")
    close_decision(decision=decision, version=decision.version, by=cast.coordinator)
    Decision.objects.update(review_on=TUESDAY + 2 * DAY)
    assert items(cast.coordinator) == [("next", "Thu, Nov 26", "Review a decision: Shall we run a late bus?")]
    Decision.objects.update(owner=cast.principal)
    assert items(cast.coordinator) == []
    assert len(items(cast.principal)) == 1


def test_mail_that_did_not_go_is_shown_to_those_who_keep_records(cast: Cast):
    a_message(
        cast.larkmoor,
        school=cast.quillback,
        state=State.FAILED,
        reason=Reason.REFUSED,
        ended_at=clock.now(),
    )
    assert items(cast.coordinator) == [("today", "Any time", "Look at a message that did not go")]
    assert items(cast.bellwether_coordinator) == []


def test_staff_hear_of_reminders_that_are_ready_and_wait_for_their_kind(cast: Cast):
    a_letter(cast.quillback, cast.principal, cast.coordinator, reply_by=TUESDAY)
    planning.plan()
    assert items(cast.staff) == [("today", "Any time", "Look at a message that is ready to send")]
    services.switch(kind="letter_no_reply", on=True, by=cast.staff)
    assert items(cast.staff) == []


def tasks_due(cast: Cast, *days: int) -> None:
    for n, days_from_now in enumerate(days):
        add_task(
            kind=TaskKind.ACTION_ITEM,
            title=f"Task {n}",
            owner=cast.coordinator,
            due_on=TUESDAY + days_from_now * DAY,
            by=cast.coordinator,
        )


def test_seven_are_shown_and_the_rest_is_counted(cast: Cast, sign_in: SignIn):
    set_up(cast)
    tasks_due(cast, *range(-6, 4))
    page = today_page(cast.coordinator)
    assert sum(len(section.items) for section in page.sections) == 7
    assert page.more == 3
    assert page.lead == "10 things need you, 6 of them late."
    assert due_count(cast.coordinator) == 10
    client = sign_in(cast.coordinator)
    assert "And 3 more" in client.get("/d/larkmoor/").content.decode()
    assert client.get("/d/larkmoor/?all=1").content.decode().count('class="pp-what"') == 10


def test_what_is_due_later_than_in_a_week_waits(cast: Cast):
    tasks_due(cast, 7, 8)
    assert [when for _where, when, _what in items(cast.coordinator)] == ["Tue, Dec 1"]


@pytest.mark.parametrize(
    ("days", "lead"),
    [
        ((0,), "One thing needs you, none late."),
        ((-1,), "One thing needs you, and it is late."),
        ((-1, -2), "2 things need you, all late."),
        ((-1, 0), "2 things need you, 1 of them late."),
    ],
)
def test_the_first_sentence_counts(cast: Cast, days: tuple[int, ...], lead: str):
    tasks_due(cast, *days)
    assert today_page(cast.coordinator).lead == lead


def put_away(client: Client, member: Membership, act: str) -> int:
    [section] = today_page(member).sections
    [item] = section.items
    data = {"kind": item.kind, "act": act, "item": [f"{uid}_{on or ''}" for uid, on in item.items]}
    return client.post("/d/larkmoor/not-now/", data).status_code


def test_put_off_to_monday_it_comes_back_on_monday(cast: Cast, sign_in: SignIn, tuesday: Traveller):
    tasks_due(cast, -1)
    assert put_away(sign_in(cast.coordinator), cast.coordinator, "monday") == 302
    assert items(cast.coordinator) == []
    tuesday.shift(5 * DAY)
    assert items(cast.coordinator) == []
    tuesday.shift(DAY)
    assert items(cast.coordinator) == [("late", "7 days late", "Task 0")]


def test_done_already_ends_the_task_itself(cast: Cast, sign_in: SignIn):
    tasks_due(cast, 0)
    assert put_away(sign_in(cast.coordinator), cast.coordinator, "done") == 302
    task = Task.objects.get()
    assert (task.done_at, task.done_by) == (clock.now(), cast.coordinator)


def test_done_already_puts_a_letter_away_for_oneself_until_its_date_moves(cast: Cast, sign_in: SignIn):
    letter = a_letter(cast.quillback, cast.principal, cast.coordinator)
    put_away(sign_in(cast.coordinator), cast.coordinator, "done")
    assert items(cast.coordinator) == []
    Letter.objects.filter(pk=letter.pk).update(reply_by=TUESDAY - DAY)
    assert items(cast.coordinator) == [("late", "1 day late", "Call Tolland Street Boxing Club")]


def test_what_people_typed_is_escaped_in_a_sentence_that_holds_a_link(cast: Cast, sign_in: SignIn):
    letter = a_letter(cast.quillback, cast.principal, cast.coordinator, reference="<b>1</b>")
    page = sign_in(cast.coordinator).get("/d/larkmoor/").content.decode()
    assert f'/letters/{letter.uid}/">&lt;b&gt;1&lt;/b&gt;</a>' in page


def test_an_item_without_a_page_of_its_own_can_be_marked_done_at_once(cast: Cast, sign_in: SignIn):
    tasks_due(cast, 0)
    page = sign_in(cast.coordinator).get("/d/larkmoor/").content.decode()
    assert page.count("Mark as done") == 1
    assert page.count("btn-primary") == 1


def test_nobody_ends_the_task_of_another(cast: Cast, sign_in: SignIn):
    tasks_due(cast, 0)
    task = Task.objects.get()
    data = {"kind": "task", "act": "done", "item": f"{task.uid}_{task.due_on}"}
    sign_in(cast.principal).post("/d/larkmoor/not-now/", data)
    task.refresh_from_db()
    assert task.done_at is None


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "task", "act": "done", "item": "no-uid"},
        {"kind": "task", "act": "later", "item": ""},
        {"kind": "nothing", "act": "done"},
        {"kind": "letter_to_sign", "act": "done"},
    ],
)
def test_what_the_page_never_sends_is_refused(cast: Cast, sign_in: SignIn, data: dict[str, str]):
    assert sign_in(cast.coordinator).post("/d/larkmoor/not-now/", data).status_code == 400
    assert HomeState.objects.count() == 0


def test_the_page_costs_the_same_at_one_and_at_three(
    cast: Cast, sign_in: SignIn, django_assert_num_queries: Any
):
    client = sign_in(cast.coordinator)

    def add(number: int) -> None:
        a_letter(cast.quillback, cast.principal, cast.coordinator, partner=f"A{number}", number=number)
        answered = a_letter(
            cast.quillback, cast.principal, cast.coordinator, partner=f"B{number}", number=number + 100
        )
        a_reply(answered)

    add(1)
    with django_assert_num_queries(15):
        client.get("/d/larkmoor/")
    add(2)
    add(3)
    with django_assert_num_queries(15):
        client.get("/d/larkmoor/")


def test_the_count_for_the_navigation_costs_two_queries(cast: Cast, django_assert_num_queries: Any):
    tasks_due(cast, 0, 1)
    assert cast.coordinator.school_ids == {cast.quillback.pk}
    cast.coordinator.is_named_deputy = False  # as the request has found out already
    with django_assert_num_queries(2):
        assert due_count(cast.coordinator) == 2


def test_only_the_first_item_has_the_filled_button(cast: Cast, sign_in: SignIn):
    for number in (14, 15):
        a_letter(cast.quillback, cast.principal, cast.coordinator, partner=f"Partner {number}", number=number)
    page = sign_in(cast.coordinator).get("/d/larkmoor/").content.decode()
    assert page.count("btn-primary") == 1
