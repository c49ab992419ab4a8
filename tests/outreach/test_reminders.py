"""No reply to a letter: planned ahead, in the school's mornings, never twice, never after an answer."""

import dataclasses
import datetime
from collections import Counter

import pytest
from django.core.mail import EmailMessage
from django_scopes import scope
from time_machine import Traveller

from accounts import clock
from accounts.holidays import Days, SchoolCalendar, add_holiday
from letters.enums import Answer, Source
from letters.enums import State as LetterState
from letters.models import Letter, Reply
from outreach import hours, kind_queries, outbox, planning, registry, tasks
from outreach.enums import Reason, State
from outreach.models import Message, Reminder
from partners.enums import Channel, Direction
from partners.models import Contact, Interaction
from tests.conftest import Cast
from tests.outreach.factories import a_letter, at, switch_on

MONDAY_MORNING = at("2026-11-23 15:00")


@pytest.fixture
def friday(tuesday: Traveller) -> Traveller:
    """Friday, November 20, 2026, 10:00 in Larkmoor: the day by which the letter asks for an answer."""
    tuesday.move_to(at("2026-11-20 16:00"))
    return tuesday


@pytest.fixture
def letter(cast: Cast, friday: Traveller) -> Letter:
    return a_letter(cast.quillback, cast.principal, cast.coordinator)


def states() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("state", "reason"))


def go_to(traveller: Traveller, moment: str) -> None:
    """Travel, and let the schedule run there."""
    traveller.move_to(at(moment))
    tasks.plan()
    tasks.sweep()


def test_it_waits_ready_to_send_until_its_kind_is_switched_on(
    cast: Cast, letter: Letter, friday: Traveller, mailoutbox: list[EmailMessage]
):
    go_to(friday, "2026-11-20 16:05")
    go_to(friday, "2026-11-23 16:00")
    assert states() == [(State.WAITING, Reason.KIND_OFF)]
    assert mailoutbox == []
    switch_on(cast.staff)
    go_to(friday, "2026-11-23 16:05")
    assert states() == [(State.SENT, "")]
    assert len(mailoutbox) == 1


def test_it_says_who_asks_for_what_and_how_long_it_takes(
    cast: Cast, letter: Letter, friday: Traveller, mailoutbox: list[EmailMessage]
):
    switch_on(cast.staff)
    go_to(friday, "2026-11-23 16:00")
    [mail] = mailoutbox
    assert mail.subject == (
        "Quillback Middle School asks for your answer to its letter of November 10, 2026 (1 minute)"
    )
    assert mail.from_email == '"Dr. Rosalind Oyelaran, Quillback Middle School" <portal@district.example>'
    assert mail.reply_to == ["Imogen Tasker <imogen.tasker@larkmoor.example>"]
    assert mail.to == ["Odile Brandt <desk@tolland.example>"]
    assert mail.body.startswith("Dear Ms. Brandt,\n\nOn November 10, 2026 we wrote to you from Quillback")
    assert "&#" not in mail.body


def test_it_goes_on_the_next_weekday_at_nine_where_the_school_is(cast: Cast, letter: Letter):
    with scope(district=cast.brightmere):
        a_letter(cast.brightmere_school, cast.brightmere_principal)
    planning.plan()
    with scope(district=cast.brightmere):
        assert Message.objects.get().not_before == at("2026-11-23 16:00")
    assert Message.objects.get().not_before == at("2026-11-23 15:00")


def test_nothing_goes_at_night_even_when_it_is_late(
    cast: Cast, letter: Letter, friday: Traveller, mailoutbox: list[EmailMessage]
):
    switch_on(cast.staff)
    tasks.plan()
    go_to(friday, "2026-11-24 02:00")
    assert states() == [(State.QUEUED, Reason.RESTING)]
    assert Message.objects.get().not_before == at("2026-11-24 15:00")
    go_to(friday, "2026-11-24 14:59")
    assert mailoutbox == []
    go_to(friday, "2026-11-24 15:00")
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-20 16:00", "2026-11-20 16:00"),
        ("2026-11-20 14:59", "2026-11-20 15:00"),
        ("2026-11-20 23:00", "2026-11-23 15:00"),
        ("2026-11-22 16:00", "2026-11-23 15:00"),
        ("2026-03-07 16:00", "2026-03-09 14:00"),
    ],
)
def test_civil_hours_are_local_and_follow_summer_time(cast: Cast, moment: str, opens: str):
    days = SchoolCalendar(datetime.date(2026, 1, 1))
    assert hours.civil(at(moment), cast.larkmoor.tz, cast.quillback, days) == at(opens)


def test_on_a_holiday_of_the_school_it_waits_for_the_next_school_day(
    cast: Cast, letter: Letter, friday: Traveller, mailoutbox: list[EmailMessage]
):
    switch_on(cast.staff)
    for school, day in ((cast.quillback, 23), (None, 24), (cast.bellwether, 25)):
        closed = datetime.date(2026, 11, day)
        days = Days(closed, closed, "Closed")
        add_holiday(district=cast.larkmoor, school=school, days=days, by=cast.staff)
    go_to(friday, "2026-11-20 16:05")
    source = registry.mail_source("letter_no_reply")
    page = kind_queries.kind_page(source, cast.staff)
    assert [at_ for _draft, at_ in page.lines] == [at("2026-11-25 15:00")]
    go_to(friday, "2026-11-23 16:00")
    assert (states(), mailoutbox) == ([(State.QUEUED, Reason.RESTING)], [])
    assert Message.objects.get().not_before == at("2026-11-25 15:00")
    go_to(friday, "2026-11-24 16:00")
    assert mailoutbox == []
    go_to(friday, "2026-11-25 15:00")
    assert (states(), len(mailoutbox)) == ([(State.SENT, "")], 1)


def test_it_is_never_written_or_sent_twice(
    cast: Cast, letter: Letter, friday: Traveller, mailoutbox: list[EmailMessage]
):
    switch_on(cast.staff)
    for minute in range(5):
        go_to(friday, f"2026-11-23 16:{minute:02d}")
    assert (Message.objects.count(), Reminder.objects.count(), len(mailoutbox)) == (1, 1, 1)


def test_an_answer_stops_it_before_it_is_due(cast: Cast, letter: Letter, friday: Traveller):
    switch_on(cast.staff)
    tasks.plan()
    a_reply(letter)
    go_to(friday, "2026-11-20 17:00")
    assert states() == [(State.SKIPPED, Reason.ANSWERED)]


def test_an_answer_stops_it_at_the_last_moment(
    cast: Cast, letter: Letter, friday: Traveller, mailoutbox: list[EmailMessage]
):
    switch_on(cast.staff)
    tasks.plan()
    friday.move_to(MONDAY_MORNING)
    [claimed] = outbox.claim(cast.larkmoor)
    a_reply(letter)
    with outbox.connected() as connected:
        assert outbox.deliver(cast.larkmoor, [claimed], connected) == Counter(skipped=1)
    assert states() == [(State.SKIPPED, Reason.ANSWERED)]
    assert mailoutbox == []


def a_reply(letter: Letter) -> None:
    Reply.objects.create(
        district_id=letter.district_id,
        letter=letter,
        answer=Answer.TALK,
        source=Source.PHONE,
        at=clock.now(),
        by=letter.signer,
    )


def talk(letter: Letter, direction: str) -> None:
    Interaction.objects.create(
        district_id=letter.district_id,
        partner=letter.contact.partner,
        school=letter.school,
        channel=Channel.CALL,
        direction=direction,
        on=clock.today(letter.school),
        note="They called.",
        by=letter.signer,
        created_at=clock.now(),
    )


def test_a_call_of_theirs_stops_it_and_a_call_of_ours_does_not(cast: Cast, letter: Letter, friday: Traveller):
    tasks.plan()
    talk(letter, Direction.OUT)
    tasks.plan()
    assert states() == [(State.WAITING, Reason.KIND_OFF)]
    talk(letter, Direction.BOTH)
    tasks.plan()
    assert states() == [(State.SKIPPED, Reason.TALKED)]


def test_a_letter_that_was_withdrawn_and_a_person_who_left_get_none(cast: Cast, letter: Letter):
    other = a_letter(cast.quillback, cast.principal, partner="Saltbox Hill Public Library", number=15)
    tasks.plan()
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.WITHDRAWN)
    Contact.objects.filter(pk=other.contact_id).update(left_on=datetime.date(2026, 11, 19))
    tasks.plan()
    assert set(states()) == {(State.SKIPPED, Reason.WITHDRAWN), (State.SKIPPED, Reason.LEFT)}


def test_a_date_that_moves_is_a_new_occurrence(
    cast: Cast, letter: Letter, friday: Traveller, mailoutbox: list[EmailMessage]
):
    switch_on(cast.staff)
    tasks.plan()
    Letter.objects.update(reply_by=datetime.date(2026, 12, 1))
    tasks.plan()
    assert states() == [(State.SKIPPED, Reason.MOVED), (State.QUEUED, "")]
    assert list(Reminder.objects.order_by("pk").values_list("occurrence", flat=True)) == [
        "2026-11-20",
        "2026-12-01",
    ]
    go_to(friday, "2026-11-30 16:00")
    assert mailoutbox == []
    go_to(friday, "2026-12-02 16:00")
    assert len(mailoutbox) == 1


def test_a_changed_address_is_followed_until_it_has_gone(cast: Cast, letter: Letter):
    tasks.plan()
    Contact.objects.update(email="new@tolland.example")
    tasks.plan()
    assert Message.objects.get().to == "new@tolland.example"


def test_without_an_address_it_says_so_and_goes_once_there_is_one(cast: Cast, letter: Letter):
    Contact.objects.update(email="")
    tasks.plan()
    tasks.plan()
    assert states() == [(State.SKIPPED, Reason.NO_ADDRESS)]
    Contact.objects.update(email="new@tolland.example")
    tasks.plan()
    assert states() == [(State.WAITING, Reason.KIND_OFF)]


def test_what_waited_for_more_than_fourteen_days_is_dropped(
    cast: Cast, letter: Letter, friday: Traveller, mailoutbox: list[EmailMessage]
):
    tasks.plan()
    go_to(friday, "2026-12-07 16:00")
    assert states() == [(State.SKIPPED, Reason.TOO_OLD)]
    switch_on(cast.staff)
    go_to(friday, "2026-12-07 16:05")
    assert mailoutbox == []


def test_what_rested_over_night_and_then_waited_too_long_is_too_old_since_nothing_took_its_place(
    cast: Cast, letter: Letter, friday: Traveller
):
    switch_on(cast.staff)
    tasks.plan()
    go_to(friday, "2026-11-24 02:00")
    assert states() == [(State.QUEUED, Reason.RESTING)]
    friday.move_to(at("2026-12-07 16:00"))
    tasks.plan()
    assert states() == [(State.SKIPPED, Reason.TOO_OLD)]


def test_a_reminder_that_gave_way_to_another_date_says_so_even_where_its_kind_does_not(
    cast: Cast, letter: Letter
):
    source = planning.registry.mail_source("letter_no_reply")
    assert source
    silent = dataclasses.replace(source, moot=lambda messages: {})
    planning.plan_district(cast.larkmoor, [silent])
    Letter.objects.update(reply_by=datetime.date(2026, 12, 1))
    planning.plan_district(cast.larkmoor, [silent])
    assert states() == [(State.SKIPPED, Reason.MOVED), (State.WAITING, Reason.KIND_OFF)]


def test_a_letter_of_long_ago_gets_none(cast: Cast, letter: Letter):
    Letter.objects.update(reply_by=datetime.date(2026, 11, 1))
    assert planning.plan() == 0


@pytest.mark.parametrize(("signed", "planned"), [("2026-11-21 02:00", 1), ("2026-11-21 15:00", 0)])
def test_a_letter_signed_on_its_last_evening_gets_one_and_one_signed_after_it_gets_none(
    cast: Cast, letter: Letter, signed: str, planned: int
):
    Letter.objects.update(signed_at=at(signed))  # Friday, 8 in the evening in Larkmoor, and Saturday
    assert planning.plan() == planned


def test_it_is_planned_fourteen_days_ahead(cast: Cast, letter: Letter):
    Letter.objects.update(reply_by=datetime.date(2026, 12, 4))
    assert planning.plan() == 0
    Letter.objects.update(reply_by=datetime.date(2026, 12, 3))
    assert planning.plan() == 1


def test_it_speaks_the_persons_language(cast: Cast, friday: Traveller):
    a_letter(cast.quillback, cast.principal, language="es")
    planning.plan()
    assert Message.objects.get().language == "es"


def test_two_plans_at_once_write_one_row(cast: Cast, letter: Letter):
    source = planning.registry.mail_source("letter_no_reply")
    assert source
    drafts = {draft.key(source.kind): draft for draft in source.drafts(cast.larkmoor, planning.window())}
    planning._write(source, cast.larkmoor, drafts)
    planning._write(source, cast.larkmoor, drafts)
    message = Message.objects.get()
    assert [event.state for event in message.events.all()] == [State.WAITING]
    assert Reminder.objects.count() == 1


def test_planning_costs_the_same_at_one_and_at_three(
    cast: Cast, letter: Letter, django_assert_num_queries: object
):
    with django_assert_num_queries(37):
        planning.plan_district(cast.larkmoor)
    for number in (15, 16):
        a_letter(cast.quillback, cast.principal, partner=f"Partner {number}", number=number)
    with django_assert_num_queries(37):
        planning.plan_district(cast.larkmoor)
