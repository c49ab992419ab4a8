"""Questions to seats by mail, reminders of them, and receipts: never to a seat that has answered."""

import datetime

import pytest
from django.core.mail import EmailMessage
from time_machine import Traveller

from decisions import services
from decisions.enums import NoteKind
from decisions.models import AnswerLink, Decision, Group
from decisions.rule import Answer, Method
from outreach import planning, tasks
from outreach.enums import Reason, State
from outreach.models import Message
from outreach.sources import decision_due, decision_links
from tests.conftest import Cast
from tests.decisions.asked import link_of, seat_of, seat_people
from tests.decisions.conftest import answer, make_committee
from tests.outreach.factories import at, switch_on


@pytest.fixture
def group(cast: Cast, tuesday: Traveller) -> Group:
    """Quillback's committee on Tuesday, November 24, with somebody in most seats."""
    committee = make_committee(cast, cast.quillback, cast.coordinator)
    seat_people(cast, committee)
    return committee


@pytest.fixture
def question(cast: Cast, group: Group) -> Decision:
    """Open until Thursday of the next week, five in the afternoon."""
    return services.open_decision(
        group=group,
        question="Shall we open on Saturdays?",
        meaning="From nine to noon.",
        closes_at=at("2026-12-03 23:00"),
        by=cast.coordinator,
    )


def ask(cast: Cast, question: Decision) -> None:
    """Send the links, and let the mail go."""
    services.send_links(decision=question, by=cast.coordinator)
    tasks.send()


def go_to(traveller: Traveller, moment: str) -> None:
    """Travel, and let the schedule run there."""
    traveller.move_to(at(moment))
    tasks.plan()
    tasks.sweep()


def to(box: list[EmailMessage]) -> list[str]:
    """To whom mail went, in the order of addresses."""
    return sorted(mail.to[0].rpartition("<")[2].rstrip(">") for mail in box)


def states(kind: str) -> list[tuple[str, str]]:
    return sorted(set(Message.objects.filter(kind=kind).values_list("state", "reason")))


def test_the_question_goes_in_the_askers_name_with_the_link(
    cast: Cast, question: Decision, mailoutbox: list[EmailMessage]
) -> None:
    ask(cast, question)
    assert to(mailoutbox) == ["noor@juvenile.example", "noor@open.example", cast.principal.user.email]
    [mail] = [mail for mail in mailoutbox if "noor@open.example" in mail.to[0]]
    assert mail.subject == (
        "Partnership committee, Quillback Middle School asks for your answer by December 3, 2026 (1 minute)"
    )
    assert mail.from_email == "Imogen Tasker <portal@district.example>"
    assert mail.reply_to == ["Imogen Tasker <imogen.tasker@larkmoor.example>"]
    assert mail.body.startswith("Dear Noor of Open:\n\nYou sit in Partnership committee, Quillback")
    assert "Shall we open on Saturdays?\n\nFrom nine to noon.\n" in mail.body
    assert f"/decide/{link_of(question, 'Open').token}/" in mail.body
    assert "&#" not in mail.body


def test_no_token_lies_in_the_outbox(cast: Cast, question: Decision, mailoutbox: list[EmailMessage]) -> None:
    ask(cast, question)
    token = link_of(question, "Open").token
    assert [message.body for message in Message.objects.all() if token in message.body] == []


def test_it_goes_once_for_each_time_it_is_asked(
    cast: Cast, question: Decision, tuesday: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    ask(cast, question)
    tasks.send()
    assert len(mailoutbox) == 3
    tuesday.shift(datetime.timedelta(hours=1))
    ask(cast, question)
    assert len(mailoutbox) == 6


def test_a_parent_is_asked_in_spanish(
    cast: Cast, group: Group, question: Decision, mailoutbox: list[EmailMessage]
) -> None:
    seat = group.seats.get(people_label__startswith="Parent")
    services.name_holder(
        seat=seat, name="Guadalupe Moreno", reach="lupe@hogar.example", language="es", by=cast.coordinator
    )
    services.add_spanish(decision=question, question_es="¿Abrimos los sábados?", by=cast.coordinator)
    ask(cast, question)
    [mail] = [mail for mail in mailoutbox if "lupe@hogar.example" in mail.to[0]]
    assert "¿Abrimos los sábados?" in mail.body
    assert "Shall we" not in mail.body
    assert "3 de diciembre de 2026" in mail.subject


def test_a_receipt_names_the_option_in_the_language_of_whoever_chose_it(
    cast: Cast, group: Group, mailoutbox: list[EmailMessage]
) -> None:
    seat = group.seats.get(people_label__startswith="Parent")
    services.name_holder(
        seat=seat, name="Guadalupe Moreno", reach="lupe@hogar.example", language="es", by=cast.coordinator
    )
    question = services.open_decision(
        group=group,
        question="When do we meet?",
        method=Method.PLURALITY,
        method_reason="Two days.",
        options=("On Mondays", "Never"),
        options_es=("Los lunes", "Nunca"),
        by=cast.coordinator,
    )
    ask(cast, question)
    services.answer_by_link(link=link_of(question, "Parent"), answer=0, round_n=1)
    tasks.send()
    [receipt] = [mail for mail in mailoutbox if "lupe@hogar.example" in mail.to[0]][1:]
    assert ("1. Los lunes" in receipt.body, "On Mondays" in receipt.body) == (True, False)


def test_a_further_round_is_asked_by_mail_in_spanish(
    cast: Cast, group: Group, question: Decision, mailoutbox: list[EmailMessage]
) -> None:
    seat = group.seats.get(people_label__startswith="Parent")
    services.name_holder(
        seat=seat, name="Guadalupe Moreno", reach="lupe@hogar.example", language="es", by=cast.coordinator
    )
    answer(question, *["yes"] * 4, "block", by=cast.coordinator)
    services.next_round(decision=question, text="From May on?", text_es="¿Desde mayo?", by=cast.coordinator)
    ask(cast, question)
    [mail] = [mail for mail in mailoutbox if "lupe@hogar.example" in mail.to[0]]
    assert ("¿Desde mayo?" in mail.body, "From May on?" in mail.body) == (True, False)


def test_nothing_goes_to_whoever_answered_before_the_mail_went(
    cast: Cast, question: Decision, mailoutbox: list[EmailMessage]
) -> None:
    services.send_links(decision=question, by=cast.coordinator)
    services.record_answer(
        decision=question, seat=seat_of(question, "Open"), answer=Answer.YES, by=cast.coordinator
    )
    tasks.send()
    assert to(mailoutbox) == ["noor@juvenile.example", cast.principal.user.email]


@pytest.mark.parametrize(
    ("meanwhile", "reason"),
    [("answered", Reason.ANSWERED), ("closed", Reason.DECIDED), ("taken_back", Reason.GONE)],
)
def test_a_planned_mail_is_dropped_with_its_reason(
    cast: Cast,
    question: Decision,
    tuesday: Traveller,
    mailoutbox: list[EmailMessage],
    meanwhile: str,
    reason: Reason,
) -> None:
    switch_on(cast.staff, decision_due.KIND)
    ask(cast, question)
    tasks.plan()
    asked = len(mailoutbox)
    if meanwhile == "answered":
        services.record_answers(
            decision=question,
            given=[services.Given(seat_of(question, name), Answer.YES) for name in ("Juv", "Open", "Quill")],
            by=cast.coordinator,
        )
    elif meanwhile == "closed":
        question.refresh_from_db()
        services.close_decision(decision=question, version=question.version, by=cast.coordinator)
    else:
        for link in AnswerLink.objects.all():
            services.take_link_back(link=link, by=cast.coordinator)
    go_to(tuesday, "2026-12-02 16:00")
    assert states(decision_due.KIND) == [(State.SKIPPED, reason)]
    assert len(mailoutbox) == asked


def test_whoever_is_silent_is_reminded_once_on_the_weekday_before(
    cast: Cast, question: Decision, tuesday: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    switch_on(cast.staff, decision_due.KIND)
    ask(cast, question)
    go_to(tuesday, "2026-12-02 14:59")
    assert len(mailoutbox) == 3
    for moment in ("2026-12-02 15:01", "2026-12-02 18:00", "2026-12-03 15:00"):
        go_to(tuesday, moment)
    assert len(mailoutbox) == 6
    assert mailoutbox[-1].subject.endswith("still needs your answer by December 3, 2026 (1 minute)")


def test_reminders_wait_until_district_staff_switch_them_on(
    cast: Cast, question: Decision, tuesday: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    ask(cast, question)
    go_to(tuesday, "2026-12-02 16:00")
    assert states(decision_due.KIND) == [(State.WAITING, Reason.KIND_OFF)]
    assert len(mailoutbox) == 3


def test_nobody_is_reminded_within_a_day_of_being_asked(
    cast: Cast, question: Decision, tuesday: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    switch_on(cast.staff, decision_due.KIND)
    tuesday.move_to(at("2026-12-01 18:00"))
    ask(cast, question)
    go_to(tuesday, "2026-12-02 16:00")
    assert len(mailoutbox) == 3


def test_whoever_may_not_answer_is_not_reminded(
    cast: Cast, question: Decision, tuesday: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    switch_on(cast.staff, decision_due.KIND)
    ask(cast, question)
    services.say_by_link(link=link_of(question, "Open"), kind=NoteKind.MAY_NOT)
    go_to(tuesday, "2026-12-02 16:00")
    assert to(mailoutbox[3:]) == ["noor@juvenile.example", cast.principal.user.email]


def test_an_answer_by_link_is_receipted_with_what_was_recorded(
    cast: Cast, question: Decision, tuesday: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    ask(cast, question)
    link = link_of(question, "Open")
    for said, hours in ((Answer.YES, 1), (Answer.BLOCK, 2)):
        tuesday.shift(datetime.timedelta(hours=hours))
        services.answer_by_link(link=link, answer=said, reason="It's cold.", round_n=1)
        tasks.send()
        tasks.send()
    first, second = mailoutbox[3:]
    assert first.subject == "Partnership committee, Quillback Middle School has your answer: Yes"
    assert second.subject.endswith("has your answer: Cannot live with it")
    assert "Answer: Cannot live with it\n" in second.body
    assert "cold" not in second.body
    assert f"/decide/{link.token}/" in second.body


def test_a_later_round_quotes_its_own_text(
    cast: Cast, group: Group, tuesday: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    asked = services.open_decision(
        group=group, question="Shall we?", method=Method.CONSENT, method_reason="New.", by=cast.coordinator
    )
    answer(asked, "objects", "yes", "yes", "yes", "yes", by=cast.coordinator)
    services.next_round(decision=asked, text="Shall we, from May on?", by=cast.coordinator)
    ask(cast, asked)
    assert all("\nShall we, from May on?\n" in mail.body for mail in mailoutbox)
    assert len(mailoutbox) == 3


def test_whoever_sends_it_again_is_its_sender(
    cast: Cast, question: Decision, mailoutbox: list[EmailMessage]
) -> None:
    services.copy_link(seat=seat_of(question, "Open"), by=cast.staff)
    ask(cast, question)
    assert {mail.reply_to[0] for mail in mailoutbox} == {"Imogen Tasker <imogen.tasker@larkmoor.example>"}


def test_a_mail_that_waited_while_it_was_asked_once_more_goes_once(
    cast: Cast, question: Decision, tuesday: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    for _press in range(3):
        services.send_links(decision=question, by=cast.coordinator)
        planning.pull()
        tuesday.shift(datetime.timedelta(minutes=5))
    tasks.send()
    assert len(mailoutbox) == 3
    assert states(decision_links.QUESTION) == [(State.SENT, ""), (State.SKIPPED, Reason.MOVED)]


def test_who_may_not_answer_or_stepped_out_gets_no_mail_that_waits(
    cast: Cast, question: Decision, mailoutbox: list[EmailMessage]
) -> None:
    services.send_links(decision=question, by=cast.coordinator)
    planning.pull()
    services.say_by_link(link=link_of(question, "Open"), kind=NoteKind.MAY_NOT)
    services.step_out(
        decision=question, seat=seat_of(question, "Quill"), reason="They bid.", by=cast.coordinator
    )
    tasks.send()
    assert to(mailoutbox) == ["noor@juvenile.example"]


def test_a_colleague_to_whom_it_was_passed_on_gets_the_question(
    cast: Cast, question: Decision, mailoutbox: list[EmailMessage]
) -> None:
    ask(cast, question)
    services.pass_on(link=link_of(question, "Open"), name="Ann Lee", email="ann@open.example", language="en")
    tasks.send()
    assert to(mailoutbox[3:]) == ["ann@open.example"]
    assert mailoutbox[-1].body.startswith("Dear Ann Lee:")


def test_the_two_kinds_that_a_person_asks_for_need_no_switch() -> None:
    assert [(source.reminder, source.needs_switch) for source in decision_links.SOURCES] == [
        (False, False),
        (False, False),
    ]
