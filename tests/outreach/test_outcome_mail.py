"""How a question ended goes to each seat once, with the register's code, after staff switched it on."""

import datetime
from typing import Any

import pytest
from django.core.mail import EmailMessage
from time_machine import Traveller

from accounts.urls_in import absolute, url_in
from decisions import services
from decisions.ledger import in_fours
from decisions.models import Decision, DecisionSeat, Event, Group
from decisions.rule import Method
from outreach import planning, tasks
from outreach.enums import Reason, State, SuppressedBecause
from outreach.models import Message
from outreach.services import suppress, switch
from outreach.sources import decision_outcome
from partners.models import Contact
from tests.conftest import Cast, SignIn
from tests.decisions.asked import seat_of, seat_people
from tests.decisions.conftest import answer, make_committee
from tests.outreach.factories import at, switch_on
from tests.outreach.test_decision_mail import go_to, states, to

REACHED = ["noor@juvenile.example", "noor@open.example", "rosalind.oyelaran@larkmoor.example"]


@pytest.fixture
def group(cast: Cast, tuesday: Traveller) -> Group:
    """Quillback's committee on Tuesday, November 24, with somebody in most seats, and this mail on."""
    committee = make_committee(cast, cast.quillback, cast.coordinator)
    seat_people(cast, committee)
    switch_on(cast.staff, decision_outcome.KIND)
    return committee


def ask(cast: Cast, group: Group, **more: Any) -> Decision:
    return services.open_decision(
        group=group,
        question="Shall we open on Saturdays?",
        meaning="From nine to noon.",
        **more,
        by=cast.coordinator,
    )


def close(cast: Cast, decision: Decision, **more: Any) -> Decision:
    """All say yes, and it is closed."""
    answer(decision, *["yes"] * 5, by=cast.coordinator)
    return services.close_decision(decision=decision, version=decision.version, **more, by=cast.coordinator)


def go() -> None:
    """Let the schedule run."""
    tasks.plan()
    tasks.sweep()


def code_of(decision: Decision) -> str:
    """The code of the entry that ended it."""
    event: Event = Event.objects.get(decision_uid=decision.uid, body__contains='"outcome":')
    return event.hash


def test_each_seat_that_mail_reaches_is_told_the_outcome_and_the_code_of_its_close(
    cast: Cast, group: Group, mailoutbox: list[EmailMessage]
) -> None:
    decision = close(
        cast, ask(cast, group), rationale="Families asked for it.", review_on=datetime.date(2027, 11, 24)
    )
    code = code_of(decision)
    ask(cast, group)
    assert Event.objects.latest("seq").hash != code
    go()
    assert to(mailoutbox) == REACHED
    [mail] = [mail for mail in mailoutbox if "noor@open.example" in mail.to[0]]
    assert mail.subject == (
        "Partnership committee, Quillback Middle School has closed a question: Adopted."
        " Shall we open on Saturdays?"
    )
    assert mail.from_email == "Imogen Tasker <portal@district.example>"
    assert mail.reply_to == ["Imogen Tasker <imogen.tasker@larkmoor.example>"]
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"
    assert mail.body.split("\n\n") == [
        "Dear Noor of Open:",
        "You sit in Partnership committee, Quillback Middle School for Open Cupboard Pantry."
        " This question is closed:",
        "Shall we open on Saturdays?",
        "From nine to noon.",
        "Outcome: Adopted\n"
        "5 yes; 5 of 5 seats took part, from 5 sectors, and a quorum takes 3, from 3 sectors: adopted.\n"
        "Why: Families asked for it.\n"
        "We look at it again on November 24, 2027.",
        "Please keep this mail. When the question was closed, our register of decisions ended with this"
        f" code:\n{in_fours(code)}\n"
        "Anybody can see here whether the register still has that entry, and whether all entries fit"
        f" together:\n{absolute(f'/register/{code}/')}",
        "Is something here wrong? Then please reply: Imogen Tasker reads it.",
        "Imogen Tasker\n(555) 555-0110\nPartnership committee, Quillback Middle School",
        f"No more mail of this kind: {mail.extra_headers['List-Unsubscribe'].strip('<>')}\n",
    ]


def test_it_waits_until_district_staff_switch_it_on(
    cast: Cast, group: Group, mailoutbox: list[EmailMessage]
) -> None:
    switch(kind=decision_outcome.KIND, on=False, by=cast.staff)
    close(cast, ask(cast, group))
    go()
    assert (State.WAITING, Reason.KIND_OFF) in states(decision_outcome.KIND)
    assert mailoutbox == []
    switch_on(cast.staff, decision_outcome.KIND)
    go()
    assert to(mailoutbox) == REACHED


def test_each_seat_is_told_once(
    cast: Cast, group: Group, tuesday: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    close(cast, ask(cast, group))
    for _run in range(2):
        go()
    go_to(tuesday, "2026-11-30 16:00")
    assert to(mailoutbox) == REACHED


def test_whom_mail_does_not_reach_is_named_with_the_reason(cast: Cast, group: Group) -> None:
    close(cast, ask(cast, group))
    go()
    assert states(decision_outcome.KIND) == [(State.SENT, ""), (State.SKIPPED, Reason.NO_ADDRESS)]
    skipped = Message.objects.get(state=State.SKIPPED)
    assert skipped.to_name == "Guadalupe Moreno"


def test_a_parent_is_told_in_spanish(cast: Cast, group: Group, mailoutbox: list[EmailMessage]) -> None:
    seat = group.seats.get(people_label__startswith="Parent")
    services.name_holder(
        seat=seat, name="Guadalupe Moreno", reach="lupe@hogar.example", language="es", by=cast.coordinator
    )
    close(cast, ask(cast, group, question_es="¿Abrimos los sábados?", meaning_es="De nueve a doce."))
    go()
    [mail] = [mail for mail in mailoutbox if "lupe@hogar.example" in mail.to[0]]
    assert "¿Abrimos los sábados?\n\nDe nueve a doce.\n" in mail.body
    assert "Aprobada" in mail.subject
    assert "Shall we" not in mail.body


def test_a_deadlines_outcome_goes_in_the_name_of_whoever_asked(
    cast: Cast, group: Group, tuesday: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    decision = ask(cast, group, closes_at=at("2026-11-25 23:00"))
    answer(decision, *["yes"] * 5, by=cast.coordinator)
    tuesday.move_to(at("2026-11-25 23:01"))
    assert services.close_at_deadline(decision=decision)
    go()
    assert mailoutbox == []
    go_to(tuesday, "2026-11-30 15:01")
    assert {mail.reply_to[0] for mail in mailoutbox} == {"Imogen Tasker <imogen.tasker@larkmoor.example>"}
    assert to(mailoutbox) == REACHED


def test_a_question_that_was_taken_back_is_told_to_those_who_had_been_asked(
    cast: Cast, group: Group, mailoutbox: list[EmailMessage]
) -> None:
    decision = ask(cast, group)
    services.copy_link(seat=seat_of(decision, "Open"), by=cast.coordinator)
    services.withdraw(decision=decision, reason="The grant was not given.", by=cast.coordinator)
    services.withdraw(decision=ask(cast, group), reason="Twice.", by=cast.coordinator)
    go()
    [mail] = mailoutbox
    assert to([mail]) == ["noor@open.example"]
    assert "Outcome: Withdrawn\n" in mail.body
    assert "Why: The grant was not given.\n" in mail.body
    entry = Event.objects.get(decision_uid=decision.uid, body__contains='"kind":"withdrawn"')
    assert in_fours(entry.hash) in mail.body


def test_the_option_that_was_chosen_is_named(
    cast: Cast, group: Group, mailoutbox: list[EmailMessage]
) -> None:
    seat = group.seats.get(people_label__startswith="Parent")
    reach = "lupe@hogar.example"
    services.name_holder(seat=seat, name="G. Moreno", reach=reach, language="es", by=cast.coordinator)
    decision = ask(
        cast,
        group,
        method=Method.PLURALITY,
        method_reason="Two days.",
        options=("Mondays", "Fridays"),
        options_es=("Los lunes", "Los viernes"),
    )
    seats = list(decision.seats.filter(standing="votes"))
    given = [services.Given(seat, 1) for seat in seats]
    services.record_answers(decision=decision, given=given, by=cast.coordinator)
    services.close_decision(decision=decision, version=decision.version, by=cast.coordinator)
    go()
    [spanish] = [mail for mail in mailoutbox if reach in mail.to[0]]
    assert ("2. Los viernes\n" in spanish.body, "Fridays" in spanish.body) == (True, False)
    assert ["Chosen: 2. Fridays\n" in mail.body for mail in mailoutbox if mail != spanish] == [True] * 3


def test_who_sits_there_when_it_goes_is_told(
    cast: Cast, group: Group, tuesday: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    tuesday.move_to(at("2026-11-25 02:00"))
    decision = close(cast, ask(cast, group))
    go()
    seat = seat_of(decision, "Open").seat
    services.name_holder(seat=seat, name="New", reach="new@open.example", by=cast.coordinator)
    go_to(tuesday, "2026-11-25 16:00")
    assert to(mailoutbox) == sorted({*REACHED, "new@open.example"} - {"noor@open.example"})


def test_nothing_goes_to_who_left_just_before_it_went(
    cast: Cast, group: Group, mailoutbox: list[EmailMessage]
) -> None:
    close(cast, ask(cast, group))
    planning.plan()
    Contact.objects.filter(name="Noor of Open").update(left_on=datetime.date(2026, 11, 23))
    tasks.sweep()
    assert to(mailoutbox) == [name for name in REACHED if "open" not in name]
    assert (State.SKIPPED, Reason.GONE) in states(decision_outcome.KIND)


def test_who_came_just_before_it_went_is_told_once_the_plan_knows_them(
    cast: Cast, group: Group, tuesday: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    decision = close(cast, ask(cast, group))
    planning.plan()
    seat = seat_of(decision, "Open").seat
    services.name_holder(seat=seat, name="New", reach="new@open.example", by=cast.coordinator)
    tasks.sweep()
    assert (State.QUEUED, Reason.UNCHECKED) in states(decision_outcome.KIND)
    go_to(tuesday, "2026-11-24 16:30")
    assert to(mailoutbox) == sorted({*REACHED, "new@open.example"} - {"noor@open.example"})


def test_what_is_too_old_is_said_to_be_so_whoever_sits_there_now(
    cast: Cast, group: Group, tuesday: Traveller
) -> None:
    switch(kind=decision_outcome.KIND, on=False, by=cast.staff)
    decision = close(cast, ask(cast, group))
    planning.plan()
    seat = seat_of(decision, "Open").seat
    tuesday.move_to(at("2026-12-09 16:00"))
    services.name_holder(seat=seat, name="New", reach="new@open.example", by=cast.coordinator)
    planning.plan()
    assert states(decision_outcome.KIND) == [
        (State.SKIPPED, Reason.NO_ADDRESS),
        (State.SKIPPED, Reason.TOO_OLD),
    ]


def test_an_address_that_wants_no_mail_gets_none(
    cast: Cast, group: Group, mailoutbox: list[EmailMessage]
) -> None:
    suppress(district=cast.larkmoor, address="noor@open.example", because=SuppressedBecause.ASKED)
    close(cast, ask(cast, group))
    go()
    assert to(mailoutbox) == [name for name in REACHED if "open" not in name]


def test_what_was_closed_long_before_it_was_switched_on_is_not_told(
    cast: Cast, group: Group, tuesday: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    close(cast, ask(cast, group))
    go_to(tuesday, "2026-12-09 16:00")
    assert mailoutbox == []


@pytest.mark.parametrize("n", [1, 3])
def test_it_takes_four_queries_however_many_are_told(
    cast: Cast, group: Group, n: int, django_assert_num_queries: Any
) -> None:
    for _ in range(n):
        close(cast, ask(cast, group))
    with django_assert_num_queries(4):
        found = decision_outcome.SOURCE.drafts(cast.larkmoor, planning.window())
    assert len(found) == 4 * n
    assert DecisionSeat.objects.count() == 6 * n


def test_its_page_leads_to_the_decision(cast: Cast, group: Group, sign_in: SignIn) -> None:
    decision = close(cast, ask(cast, group))
    go()
    message = Message.objects.filter(state=State.SENT).first()
    page = sign_in(cast.staff).get(url_in(cast.larkmoor, "outreach:message", uid=message.uid))
    assert url_in(cast.larkmoor, "decisions:page", uid=decision.uid) in page.content.decode()
