"""What was typed for a question is erased from the mail about it, too; and what does not go holds no text."""

import dataclasses

import pytest
from django.core.mail import EmailMessage
from time_machine import Traveller

from accounts.urls_in import url_in
from decisions import services
from decisions.enums import AskedBy
from decisions.models import Decision, Group
from decisions.rule import Answer
from outreach import outbox, planning, registry, tasks
from outreach.enums import Reason, State
from outreach.models import Message
from outreach.registry import MailSource
from outreach.services import cancel
from outreach.sources import decision_due, decision_links, decision_outcome
from partners.models import Contact
from tests.conftest import Cast, SignIn
from tests.decisions.asked import asked_by_mail, seat_people
from tests.decisions.conftest import make_committee
from tests.decisions.test_erasing import places_of, said
from tests.outreach.factories import a_message, at, switch_on
from tests.outreach.test_decision_mail import go_to, states, to
from tests.outreach.test_outcome_mail import REACHED, close, go

WHY = "Noor Castellane was hired for it."
QUESTION = "Shall Noor Castellane stay?"


@pytest.fixture
def group(cast: Cast, tuesday: Traveller) -> Group:
    """Quillback's committee on Tuesday, November 24, with somebody in most seats; its mail is off."""
    committee = make_committee(cast, cast.quillback, cast.coordinator)
    seat_people(cast, committee)
    return committee


def ask(cast: Cast, group: Group, question: str = "Shall we?", until: str = "2026-12-03 23:00") -> Decision:
    return services.open_decision(group=group, question=question, closes_at=at(until), by=cast.coordinator)


def erase(cast: Cast, text: str) -> None:
    services.erase(text=said(text), asked_by=AskedBy.PERSON, because="Wish.", by=cast.staff)


def of_kind(kind: str, **state: str) -> list[tuple[str, str]]:
    """Subject and text of the messages of a kind."""
    return list(Message.objects.filter(kind=kind, **state).values_list("subject", "body"))


def test_why_is_erased_from_mail_that_was_never_switched_on_weeks_later(
    cast: Cast, group: Group, tuesday: Traveller
) -> None:
    close(cast, ask(cast, group), rationale=WHY)
    go()
    go_to(tuesday, "2026-12-21 16:00")
    assert set(of_kind(decision_outcome.KIND, state="skipped")) != {("", "")}
    erase(cast, WHY)
    assert places_of("Noor Castellane") == []
    assert set(of_kind(decision_outcome.KIND)) == {("", "")}


def test_a_question_is_erased_from_all_mail_about_it_and_from_no_other(
    cast: Cast, group: Group, tuesday: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    for kind in (decision_due.KIND, decision_outcome.KIND):
        switch_on(cast.staff, kind)
    question = ask(cast, group, QUESTION)
    link = asked_by_mail(cast, question)
    services.answer_by_link(link=link, answer=Answer.YES, round_n=1)
    go_to(tuesday, "2026-12-02 16:00")
    question.refresh_from_db()
    close(cast, question)
    close(cast, ask(cast, group, until="2026-12-30 23:00"))
    go()
    go_to(tuesday, "2026-12-03 16:00")
    go_to(tuesday, "2026-12-04 16:00")
    assert {message.kind for message in Message.objects.filter(body__contains=QUESTION)} == {
        decision_links.QUESTION,
        decision_links.RECEIPT,
        decision_due.KIND,
        decision_outcome.KIND,
    }
    erase(cast, QUESTION)
    assert places_of("Noor Castellane") == []
    kept = Message.objects.filter(state=State.SENT).exclude(body="")
    assert set(kept.values_list("kind", flat=True)) == {decision_outcome.KIND}
    assert ["Shall we?" in message.body for message in kept] == [True] * 3


def test_an_outcome_that_waits_is_written_anew_without_what_was_erased(
    cast: Cast, group: Group, tuesday: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    switch_on(cast.staff, decision_outcome.KIND)
    close(cast, ask(cast, group), rationale=WHY)
    planning.plan()
    erase(cast, WHY)
    tasks.sweep()
    assert mailoutbox == []
    assert (State.QUEUED, Reason.UNCHECKED) in states(decision_outcome.KIND)
    go_to(tuesday, "2026-11-24 18:00")
    assert to(mailoutbox) == REACHED
    assert [WHY in mail.body for mail in mailoutbox] == [False] * 3


def test_a_question_by_link_that_was_about_to_go_is_written_anew(
    cast: Cast, group: Group, mailoutbox: list[EmailMessage]
) -> None:
    asked_by_mail(cast, ask(cast, group, QUESTION))
    planning.pull()
    assert states(decision_links.QUESTION) == [(State.QUEUED, "")]
    erase(cast, QUESTION)
    tasks.send()
    assert to(mailoutbox) == REACHED
    assert ["Erased · Borrada" in mail.body for mail in mailoutbox] == [True] * 3


def test_a_question_that_is_erased_after_mail_was_taken_up_goes_in_the_next_turn(
    cast: Cast, group: Group, tuesday: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    asked_by_mail(cast, ask(cast, group, QUESTION))
    planning.pull()
    erase(cast, QUESTION)
    outbox.drain()
    assert (states(decision_links.QUESTION), mailoutbox) == ([(State.QUEUED, Reason.UNCHECKED)], [])
    go_to(tuesday, "2026-11-24 16:03")
    assert to(mailoutbox) == REACHED


def test_what_is_erased_while_a_batch_is_sent_does_not_go_in_it(
    cast: Cast, tuesday: Traveller, notices: MailSource, mailoutbox: list[EmailMessage]
) -> None:
    """Here the first message erases the second, once it has gone."""
    first, second = a_message(cast.larkmoor, 1), a_message(cast.larkmoor, 2)
    others = Message.objects.exclude(pk=first.pk)
    erasing = dataclasses.replace(notices, sent=lambda message: others.update(subject="", body=""))
    registry.add_mail(erasing)
    outbox.drain()
    second.refresh_from_db()
    assert (second.state, second.reason) == (State.QUEUED, Reason.UNCHECKED)
    assert len(mailoutbox) == 1


def test_a_message_without_words_that_nobody_writes_anew_does_not_go(
    cast: Cast, group: Group, tuesday: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    link = asked_by_mail(cast, ask(cast, group, QUESTION))
    tasks.send()
    services.answer_by_link(link=link, answer=Answer.YES, round_n=1)
    planning.pull()
    erase(cast, QUESTION)
    Contact.objects.filter(name="Noor of Open").update(left_on="2026-11-20")
    tasks.send()
    assert states(decision_links.RECEIPT) == [(State.QUEUED, Reason.UNCHECKED)]
    go_to(tuesday, "2026-11-24 16:03")
    assert to(mailoutbox) == REACHED
    assert states(decision_links.RECEIPT) == [(State.SKIPPED, Reason.GONE)]


def test_where_there_is_no_address_no_text_is_kept_until_there_is_one(
    cast: Cast, group: Group, mailoutbox: list[EmailMessage]
) -> None:
    switch_on(cast.staff, decision_outcome.KIND)
    close(cast, ask(cast, group), rationale=WHY)
    go()
    [(subject, body)] = of_kind(decision_outcome.KIND, reason=Reason.NO_ADDRESS)
    assert (subject.endswith("Aprobada. Shall we?"), body) == (True, "")
    seat = group.seats.get(people_label__startswith="Parent")
    services.name_holder(seat=seat, name="G. Moreno", reach="lupe@hogar.example", by=cast.coordinator)
    go()
    [mail] = [mail for mail in mailoutbox if "lupe@hogar.example" in mail.to[0]]
    assert WHY in mail.body


def test_what_is_dropped_keeps_its_subject_and_the_reason_but_no_text(
    cast: Cast, group: Group, tuesday: Traveller
) -> None:
    close(cast, ask(cast, group), rationale=WHY)
    go()
    go_to(tuesday, "2026-12-21 16:00")
    dropped = Message.objects.filter(reason=Reason.TOO_OLD)
    assert [(message.body, "Shall we?" in message.subject) for message in dropped] == [("", True)] * 3


def test_what_one_of_us_took_back_keeps_its_text(cast: Cast, group: Group) -> None:
    close(cast, ask(cast, group), rationale=WHY)
    go()
    message = Message.objects.filter(state=State.WAITING).first()
    cancel(message=message, by=cast.coordinator)
    message.refresh_from_db()
    assert (message.state, WHY in message.body) == (State.CANCELLED, True)


def test_its_page_and_the_list_name_what_it_was_about(cast: Cast, group: Group, sign_in: SignIn) -> None:
    decision = close(cast, ask(cast, group), rationale=WHY)
    go()
    erase(cast, WHY)
    about = f"{decision.reference}: Open Cupboard Pantry"
    message = Message.objects.get(about=about)
    staff = sign_in(cast.staff)
    page = staff.get(url_in(cast.larkmoor, "outreach:message", uid=message.uid)).content.decode()
    assert f"<h1>{about}</h1>" in page
    assert "Its text is not kept." in page
    url = url_in(cast.larkmoor, "outreach:message", uid=message.uid)
    listed = staff.get(url_in(cast.larkmoor, "outreach:mail")).content.decode()
    assert f'<a href="{url}">{about}</a>' in listed
