"""Seats are asked by personal link: by mail or by hand, never one that has answered."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts import clock
from accounts.models import Membership
from decisions import services
from decisions.enums import Ended, NoteKind
from decisions.models import AnswerLink, Decision, Group, LinkNote
from decisions.register import events_of, verify_register
from decisions.rule import Answer
from decisions.services import Given, record_answers, step_out
from partners.models import Contact
from tests.conftest import Cast
from tests.decisions.asked import asked_by_mail, link_of, seat_of, seat_people
from tests.decisions.conftest import answer

DAY = datetime.timedelta(days=1)


@pytest.fixture
def question(cast: Cast, committee: Group, opened: Decision) -> Decision:
    """An open question to seats in which people sit."""
    seat_people(cast, committee)
    return opened


def mailed(decision: Decision) -> list[str]:
    """The seats to which the question was to go by mail."""
    rows = AnswerLink.objects.filter(decision_seat__decision=decision, mail_wanted_at__isnull=False)
    return sorted(link.decision_seat.label for link in rows)


def page_of(decision: Decision, name: str = "ask") -> str:
    return reverse(f"decisions:{name}", kwargs={"district": "larkmoor", "uid": decision.uid})


def test_the_question_goes_to_each_seat_that_mail_reaches(cast: Cast, question: Decision) -> None:
    sent = services.send_links(decision=question, by=cast.coordinator)
    assert sorted(link.decision_seat.label for link in sent) == mailed(question)
    assert mailed(question) == [
        "Juvenile Services of Wexley County",
        "Open Cupboard Pantry",
        "Quillback Middle School",
    ]


def test_a_seat_that_has_answered_or_stepped_out_is_not_asked(cast: Cast, question: Decision) -> None:
    pantry, school = seat_of(question, "Open"), seat_of(question, "Quillback")
    record_answers(decision=question, given=[Given(pantry, Answer.YES)], by=cast.coordinator)
    step_out(decision=question, seat=school, reason="They bid for it.", by=cast.coordinator)
    services.send_links(decision=question, by=cast.coordinator)
    assert mailed(question) == ["Juvenile Services of Wexley County"]


def test_a_second_sending_uses_the_same_link(cast: Cast, question: Decision) -> None:
    first = asked_by_mail(cast, question)
    assert asked_by_mail(cast, question) == first
    assert AnswerLink.objects.filter(decision_seat=first.decision_seat).count() == 1


def test_one_of_us_copies_a_link_for_whom_mail_does_not_reach(cast: Cast, question: Decision) -> None:
    link = services.copy_link(seat=seat_of(question, "Parent"), by=cast.coordinator)
    assert (link.to_name, link.to_email, link.to_language) == ("Guadalupe Moreno", "", "es")
    assert link_of(question, "Parent").copied_by == cast.coordinator


def test_no_link_is_made_for_a_seat_in_which_nobody_sits(cast: Cast, question: Decision) -> None:
    with pytest.raises(services.NobodySits):
        services.copy_link(seat=seat_of(question, "Larkmoor Police"), by=cast.coordinator)
    assert AnswerLink.objects.count() == 0


def test_a_link_that_is_taken_back_ends_and_the_next_sending_makes_a_new_one(
    cast: Cast, question: Decision
) -> None:
    first = asked_by_mail(cast, question)
    services.take_link_back(link=first, by=cast.coordinator)
    first.refresh_from_db()
    assert first.ended(clock.now()) == Ended.TAKEN_BACK
    assert asked_by_mail(cast, question) != first


def test_who_sits_there_no_more_answers_no_more(cast: Cast, question: Decision) -> None:
    first = asked_by_mail(cast, question)
    Contact.objects.filter(name="Noor of Open").update(left_on=clock.today(cast.larkmoor))
    assert AnswerLink.objects.with_person().get(pk=first.pk).ended(clock.now()) == Ended.LEFT
    with pytest.raises(services.LinkEnded):
        services.answer_by_link(link=first, answer=Answer.YES, round_n=1)


def test_the_deputy_is_asked_where_nobody_else_sits(cast: Cast, question: Decision) -> None:
    police = seat_of(question, "Larkmoor Police")
    services.name_holder(
        seat=police.seat, name="Sgt. Ida Wren", reach="wren@police.example", deputy=True, by=cast.coordinator
    )
    assert services.copy_link(seat=police, by=cast.coordinator).to_email == "wren@police.example"


def test_a_deputys_link_gives_way_to_whoever_sits_there_later(cast: Cast, question: Decision) -> None:
    police = seat_of(question, "Larkmoor Police")
    services.name_holder(
        seat=police.seat, name="Sgt. Ida Wren", reach="wren@police.example", deputy=True, by=cast.coordinator
    )
    services.copy_link(seat=police, by=cast.coordinator)
    services.name_holder(
        seat=police.seat, name="Lt. Omar Reyes", reach="reyes@police.example", by=cast.coordinator
    )
    assert services.copy_link(seat=police, by=cast.coordinator).to_email == "reyes@police.example"


def test_one_of_us_whose_membership_ended_answers_no_more(cast: Cast, question: Decision) -> None:
    services.send_links(decision=question, by=cast.coordinator)
    link = link_of(question, "Quillback")
    yesterday = clock.today(cast.larkmoor) - datetime.timedelta(days=1)
    Membership.objects.filter(pk=cast.principal.pk).update(until=yesterday)
    assert AnswerLink.objects.with_person().get(pk=link.pk).ended(clock.now()) == Ended.LEFT
    with pytest.raises(services.NobodySits):
        services.copy_link(seat=link.decision_seat, by=cast.coordinator)


def test_a_colleagues_link_ends_when_somebody_else_sits_there(cast: Cast, question: Decision) -> None:
    first = asked_by_mail(cast, question)
    theirs = services.pass_on(link=first, name="Ann Lee", email="ann@open.example", language="en")
    seat = first.decision_seat.seat
    services.name_holder(seat=seat, name="New", reach="new@open.example", by=cast.coordinator)
    assert AnswerLink.objects.with_person().get(pk=theirs.pk).ended(clock.now()) == Ended.LEFT
    assert asked_by_mail(cast, question).to_email == "new@open.example"


def test_an_answered_seat_is_neither_passed_on_nor_taken_back(cast: Cast, question: Decision) -> None:
    link = asked_by_mail(cast, question)
    services.answer_by_link(link=link, answer=Answer.YES, round_n=1)
    with pytest.raises(services.HasAnswered):
        services.pass_on(link=link, name="Ann Lee", email="ann@open.example", language="en")
    with pytest.raises(services.HasAnswered):
        services.say_by_link(link=link, kind=NoteKind.MAY_NOT)
    assert AnswerLink.objects.filter(decision_seat=link.decision_seat).count() == 1


def test_a_youth_seats_link_is_not_passed_on(cast: Cast, by_majority: Group) -> None:
    seat = services.add_seat(
        group=by_majority, people_label="Students of grade 8", sector="youth", by=cast.coordinator
    )
    services.name_holder(seat=seat, membership=cast.principal, by=cast.coordinator)
    asked = services.open_decision(group=by_majority, question="Shall we?", by=cast.coordinator)
    link = services.copy_link(seat=seat_of(asked, "Students"), by=cast.coordinator)
    with pytest.raises(services.YouthHasNoName):
        services.pass_on(link=link, name="Kim", email="kim@home.example", language="en")
    assert AnswerLink.objects.get() == link


def test_a_seat_without_a_vote_has_no_link(cast: Cast, question: Decision) -> None:
    observer = question.seats.get(label="Front desk")
    with pytest.raises(services.NoVote):
        services.copy_link(seat=observer, by=cast.coordinator)


def test_nobody_is_asked_once_the_time_to_answer_is_over(
    cast: Cast, question: Decision, coordinator: Client
) -> None:
    Decision.objects.update(closes_at=clock.now() - datetime.timedelta(hours=1))
    question.refresh_from_db()
    with pytest.raises(services.AnswersEnded):
        services.send_links(decision=question, by=cast.coordinator)
    assert "Send the question to" not in coordinator.get(page_of(question)).content.decode()


def test_whoever_may_not_answer_is_not_asked_again(cast: Cast, question: Decision) -> None:
    link = asked_by_mail(cast, question)
    services.say_by_link(link=link, kind=NoteKind.MAY_NOT)
    assert link not in services.send_links(decision=question, by=cast.coordinator)


def test_nobody_is_asked_once_it_is_closed(cast: Cast, question: Decision) -> None:
    services.close_decision(decision=question, version=question.version, by=cast.coordinator)
    with pytest.raises(services.AlreadyClosed):
        services.send_links(decision=question, by=cast.coordinator)
    with pytest.raises(services.AlreadyClosed):
        services.copy_link(seat=seat_of(question, "Open"), by=cast.coordinator)
    assert AnswerLink.objects.count() == 0


@pytest.mark.parametrize(("lasted", "lasts"), [(60, 160), (200, 200), (0, 0)], ids=["on", "as long", "gone"])
def test_a_link_that_works_lives_on_until_the_last_day_of_a_further_round(
    cast: Cast, committee: Group, lasted: int, lasts: int
) -> None:
    seat_people(cast, committee)
    question = services.open_decision(group=committee, question="Shall we?", by=cast.coordinator)
    link, now = asked_by_mail(cast, question), clock.now()
    AnswerLink.objects.filter(pk=link.pk).update(expires_at=now + lasted * DAY)
    answer(question, *["yes"] * 4, "block", by=cast.coordinator)
    services.next_round(decision=question, closes_at=now + 100 * DAY, by=cast.coordinator)
    link.refresh_from_db()
    assert link.expires_at == now + lasts * DAY


def test_a_colleague_gets_a_link_of_their_own_and_the_first_one_ends(cast: Cast, question: Decision) -> None:
    first = asked_by_mail(cast, question)
    theirs = services.pass_on(link=first, name="Ann Lee", email="ann@open.example", language="en")
    assert (theirs.to_name, theirs.to_email, theirs.mail_wanted_at) == (
        "Ann Lee",
        "ann@open.example",
        theirs.created_at,
    )
    assert AnswerLink.objects.with_person().get(pk=first.pk).ended(clock.now()) == Ended.PASSED_ON
    assert asked_by_mail(cast, question) == theirs


def test_a_seats_link_is_passed_on_three_times_at_most(cast: Cast, question: Decision) -> None:
    link = asked_by_mail(cast, question)
    for n in range(3):
        link = services.pass_on(link=link, name=f"No. {n}", email=f"{n}@open.example", language="en")
    with pytest.raises(services.PassedOnOften):
        services.pass_on(link=link, name="No. 4", email="4@open.example", language="en")
    assert AnswerLink.objects.filter(decision_seat=link.decision_seat).count() == 4


def test_a_question_waits_for_one_of_us_and_is_no_answer(cast: Cast, question: Decision) -> None:
    link = asked_by_mail(cast, question)
    for _tap in range(2):
        services.say_by_link(link=link, kind=NoteKind.ASKS, text=" Who pays the bus? ")
    note = LinkNote.objects.get()
    assert (note.kind, note.text, note.settled_at) == (NoteKind.ASKS, "Who pays the bus?", None)
    assert link.decision_seat.positions.count() == 0
    services.settle_note(note=note, by=cast.coordinator)
    note.refresh_from_db()
    assert note.settled_by == cast.coordinator


def test_a_link_carries_ten_notes_at_most(cast: Cast, question: Decision) -> None:
    link = asked_by_mail(cast, question)
    for n in range(10):
        services.say_by_link(link=link, kind=NoteKind.ASKS, text=f"And {n}?")
    with pytest.raises(services.AskedOften):
        services.say_by_link(link=link, kind=NoteKind.ASKS, text="And 11?")
    assert LinkNote.objects.count() == 10


def test_what_comes_by_links_stands_in_the_register_without_names(cast: Cast, question: Decision) -> None:
    link = asked_by_mail(cast, question)
    services.say_by_link(link=link, kind=NoteKind.ASKS, text="Who pays the bus?")
    theirs = services.pass_on(link=link, name="Ann Lee", email="ann@open.example", language="en")
    services.answer_by_link(link=theirs, answer=Answer.YES, reason="We are open then.", round_n=1)
    services.add_spanish(decision=question, question_es="¿Abrimos los sábados?", by=cast.coordinator)
    bodies = " ".join(event.body for event in events_of(question.uid))
    for said in ("Noor", "Ann Lee", "bus", "open then", "sábados"):
        assert said not in bodies
    assert verify_register(district=cast.larkmoor).problem is None


def test_an_erased_colleague_is_named_nowhere_and_their_link_ends(cast: Cast, question: Decision) -> None:
    link = asked_by_mail(cast, question)
    services.pass_on(link=link, name="Ann Lee", email="ann@open.example", language="en")
    note = LinkNote.objects.select_related("sealed").get()
    services.erase(text=note.sealed, asked_by="person", because="She asked.", by=cast.staff)
    theirs = AnswerLink.objects.get(passed_on=link)
    assert (theirs.name, theirs.email) == ("…", "")
    assert theirs.revoked_at is not None
    assert LinkNote.objects.select_related("sealed").get().text == ""
    assert verify_register(district=cast.larkmoor).problem is None


def test_a_question_is_written_in_spanish_once(cast: Cast, question: Decision) -> None:
    services.add_spanish(decision=question, question_es=" ¿Abrimos los sábados? ", by=cast.coordinator)
    with pytest.raises(services.InSpanishAlready):
        services.add_spanish(decision=question, question_es="¿Otra cosa?", by=cast.coordinator)
    question.refresh_from_db()
    assert question.question_es == "¿Abrimos los sábados?"
    Decision.objects.update(question_es="¿Cerramos los sábados?")
    problem = verify_register(district=cast.larkmoor).problem
    assert problem is not None
    assert problem.what == "decision"


def test_a_question_may_be_asked_in_both_languages_from_the_start(cast: Cast, by_majority: Group) -> None:
    asked = services.open_decision(
        group=by_majority,
        question="Shall we meet on Mondays?",
        question_es="¿Nos reunimos los lunes?",
        meaning_es="A las cuatro.",
        by=cast.coordinator,
    )
    asked.refresh_from_db()
    assert (asked.question_es, asked.meaning_es) == ("¿Nos reunimos los lunes?", "A las cuatro.")
    assert verify_register(district=cast.larkmoor).problem is None


def test_the_page_says_who_is_asked_and_how(question: Decision, coordinator: Client) -> None:
    page = coordinator.get(page_of(question)).content.decode()
    for told in (
        "3 seats have not answered and can be reached by mail.",
        "Send the question to 3 seats",
        "Nobody is named who sits in this seat",
        "1 of them reads Spanish, and the question is in English only.",
        "Copy their link into a text message, or ask them in person.",
    ):
        assert told in " ".join(page.split())


def test_its_button_sends_and_the_page_says_so(question: Decision, coordinator: Client) -> None:
    page = coordinator.post(page_of(question), follow=True).content.decode()
    assert "The question goes to 3 seats by mail now." in page
    assert "Asked by mail on" in page


def test_where_mail_reaches_nobody_the_page_says_so(
    by_majority: Group, opened: Decision, coordinator: Client
) -> None:
    page = coordinator.post(page_of(opened), follow=True).content.decode()
    assert "Nothing was sent: mail reaches no seat that has not answered." in page


def test_a_copied_link_is_shown_once_with_its_address(question: Decision, coordinator: Client) -> None:
    seat = seat_of(question, "Parent")
    url = reverse("decisions:copy_link", kwargs={"district": "larkmoor", "uid": seat.uid})
    page = coordinator.post(url)
    assert link_of(question, "Parent").token in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"


def test_what_came_by_a_link_is_seen_to_on_the_page(
    cast: Cast, question: Decision, coordinator: Client
) -> None:
    link = asked_by_mail(cast, question)
    services.say_by_link(link=link, kind=NoteKind.ASKS, text="Who pays the bus?")
    assert "Who pays the bus?" in coordinator.get(page_of(question)).content.decode()
    note = LinkNote.objects.get()
    url = reverse("decisions:settle_note", kwargs={"district": "larkmoor", "uid": note.uid})
    page = coordinator.post(url, follow=True).content.decode()
    assert "Who pays the bus?" not in page
    assert "Done. It stays in the history." in page


def test_spanish_is_added_on_a_page_of_its_own(question: Decision, coordinator: Client) -> None:
    page = coordinator.post(
        page_of(question, "in_spanish"), {"question_es": "¿Abrimos los sábados?"}, follow=True
    ).content.decode()
    assert "The question is written in Spanish, too." in page
    assert "the question is in English only" not in page


@pytest.mark.parametrize("seats", [1, 3])
def test_the_page_asks_as_often_with_one_link_as_with_three(
    cast: Cast, question: Decision, coordinator: Client, django_assert_num_queries: object, seats: int
) -> None:
    for starts in ("Open", "Juvenile", "Quillback")[:seats]:
        link = services.copy_link(seat=seat_of(question, starts), by=cast.coordinator)
        services.say_by_link(link=link, kind=NoteKind.ASKS, text="Why?")
    coordinator.get(page_of(question))
    with django_assert_num_queries(17):  # type: ignore[operator]
        coordinator.get(page_of(question))
