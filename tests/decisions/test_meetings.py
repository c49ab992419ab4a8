"""Meetings: planned by a rhythm, who is there, what is taken there, and what of it the register keeps."""

import datetime
import json
from zoneinfo import ZoneInfo

import page as pdf_rules
import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from time_machine import Traveller

from accounts import clock
from accounts.models import Holiday
from accounts.urls_in import url_in
from accounts.versions import ChangedMeanwhile
from decisions.enums import Source
from decisions.meeting_paper import agenda_pdf
from decisions.models import Attendance, Decision, Event, Group, Meeting
from decisions.next_meeting import next_start
from decisions.pages.meetings import seats_at, to_report
from decisions.queries import count
from decisions.register import verify_register
from decisions.rule import Answer, Base, Method, Outcome, Quorum, Rule
from decisions.services import (
    AlreadyClosed,
    AttendanceTaken,
    CalledOff,
    EndsBeforeMeeting,
    Given,
    NotOfThisMeeting,
    NotYet,
    OnlyInMeetings,
    SameMeeting,
    answer_first_questions,
    call_off_meeting,
    change_meeting,
    close_at_deadline,
    close_decision,
    create_group,
    end_seat,
    next_round,
    open_decision,
    plan_meeting,
    put_on_agenda,
    record_answers,
    record_attendance,
)
from tests.conftest import Cast
from tests.decisions.conftest import adopt, answer, decided, queries_of, voting
from tests.pdf import text_of
from tests.press.running import RunningPress

DAY = datetime.timedelta(days=1)


def meet(cast: Cast, group: Group, *, days: int = 0, **said: object) -> Meeting:
    starts_at = (clock.now() + days * DAY).replace(microsecond=0)
    return plan_meeting(group=group, starts_at=starts_at, by=cast.coordinator, **said)


def come(cast: Cast, meeting: Meeting, *labels: str) -> None:
    """These seats, by how their names begin, are at the meeting; all others are not."""
    seats = list(meeting.group.seats.select_related("partner", "school"))
    here = [seat for seat in seats if seat.label.startswith(labels)]
    record_attendance(meeting=meeting, seats=seats, here=here, by=cast.coordinator)


def path(cast: Cast, name: str, thing: Group | Meeting | Decision) -> str:
    return reverse(f"decisions:{name}", kwargs={"district": cast.larkmoor.slug, "uid": thing.uid})


def test_a_seat_that_is_here_counts_to_the_quorum_before_it_answers(cast: Cast, by_majority: Group) -> None:
    meeting = meet(cast, by_majority)
    decision = open_decision(
        group=by_majority, question="Shall we meet on Mondays?", meeting=meeting, by=cast.coordinator
    )
    answer(decision, "yes", by=cast.coordinator)
    assert count(decision).result.outcome is Outcome.NO_QUORUM
    come(cast, meeting, "Juvenile", "Larkmoor", "Open Cupboard")
    counted = count(decision).result
    assert (counted.outcome, counted.figures["present"], counted.figures["silent"]) == (
        Outcome.ADOPTED,
        3,
        4,
    )


def test_a_share_of_those_present_counts_who_is_here(cast: Cast, committee: Group) -> None:
    adopt(committee, by=cast.coordinator, other=Rule(Method.MAJORITY, Quorum(sectors=1), Base.PRESENT))
    meeting = meet(cast, committee)
    decision = open_decision(group=committee, question="Shall we?", meeting=meeting, by=cast.coordinator)
    answer(decision, "yes", "yes", by=cast.coordinator)
    come(cast, meeting, "Juvenile", "Larkmoor", "Open Cupboard", "Quillback")
    assert count(decision).result.outcome is Outcome.NOT_ADOPTED
    come(cast, meeting, "Juvenile", "Larkmoor", "Open Cupboard")
    assert count(decision).result.outcome is Outcome.ADOPTED


def test_the_register_keeps_who_was_here_and_counts_it_once_more(cast: Cast, by_majority: Group) -> None:
    meeting = meet(cast, by_majority)
    decision = open_decision(group=by_majority, question="Shall we?", meeting=meeting, by=cast.coordinator)
    answer(decision, "yes", by=cast.coordinator)
    come(cast, meeting, "Juvenile", "Larkmoor", "Open Cupboard")
    decision.refresh_from_db()
    close_decision(decision=decision, version=decision.version, by=cast.coordinator)
    entry = json.loads(Event.objects.filter(decision_uid=decision.uid).latest("seq").body)
    here = decision.seats.filter(label__regex="^(Juvenile|Larkmoor|Open Cupboard)")
    assert entry["present"] == sorted(str(seat.uid) for seat in here)
    assert entry["meeting"] == str(meeting.uid)
    come(cast, meeting, "Juvenile")
    assert verify_register(district=cast.larkmoor).problem is None
    other = meet(cast, by_majority, days=9)
    Decision.objects.filter(pk=decision.pk).update(meeting=other)
    problem = verify_register(district=cast.larkmoor).problem
    assert problem is not None
    assert problem.what == "decision"


def test_the_register_says_when_a_question_is_moved_to_another_meeting(
    cast: Cast, by_majority: Group
) -> None:
    first, second = meet(cast, by_majority), meet(cast, by_majority, days=9)
    decision = open_decision(group=by_majority, question="Shall we?", meeting=first, by=cast.coordinator)
    put_on_agenda(decision=decision, meeting=second, by=cast.coordinator)
    call_off_meeting(meeting=second, version=second.version, by=cast.coordinator)
    entries = [json.loads(event.body) for event in Event.objects.filter(decision_uid=decision.uid)]
    assert [(entry["kind"], entry["meeting"]) for entry in entries] == [
        ("opened", str(first.uid)),
        ("agenda", str(second.uid)),
        ("agenda", None),
    ]
    assert verify_register(district=cast.larkmoor).problem is None


def test_a_close_that_did_not_see_who_left_is_told(cast: Cast, by_majority: Group) -> None:
    meeting = meet(cast, by_majority)
    decision = open_decision(group=by_majority, question="Shall we?", meeting=meeting, by=cast.coordinator)
    answer(decision, "yes", by=cast.coordinator)
    seen = decision.version
    come(cast, meeting, "Juvenile")
    with pytest.raises(ChangedMeanwhile):
        close_decision(decision=decision, version=seen, by=cast.coordinator)


def test_a_question_is_taken_at_a_meeting_of_its_own_group(cast: Cast, by_majority: Group) -> None:
    other = create_group(name="Garden", school=cast.quillback, by=cast.coordinator)
    decision = open_decision(group=by_majority, question="Shall we?", by=cast.coordinator)
    with pytest.raises(NotOfThisMeeting):
        put_on_agenda(decision=decision, meeting=meet(cast, other), by=cast.coordinator)
    with pytest.raises(NotOfThisMeeting):
        open_decision(group=by_majority, question="Or?", meeting=meet(cast, other), by=cast.coordinator)
    closed = decided(by_majority, "yes", "yes", "yes", by=cast.coordinator)
    with pytest.raises(AlreadyClosed):
        put_on_agenda(decision=closed, meeting=meet(cast, by_majority), by=cast.coordinator)


def test_a_meeting_that_is_called_off_lets_its_questions_go(cast: Cast, by_majority: Group) -> None:
    meeting = meet(cast, by_majority)
    decision = open_decision(group=by_majority, question="Shall we?", meeting=meeting, by=cast.coordinator)
    call_off_meeting(meeting=meeting, version=meeting.version, by=cast.coordinator)
    decision.refresh_from_db()
    assert decision.meeting is None
    with pytest.raises(CalledOff):
        come(cast, meeting, "Juvenile")
    with pytest.raises(CalledOff):
        change_meeting(meeting=meeting, version=meeting.version, place="Hall", by=cast.coordinator)
    held = meet(cast, by_majority)
    come(cast, held, "Juvenile")
    with pytest.raises(AttendanceTaken):
        call_off_meeting(meeting=held, version=held.version, by=cast.coordinator)


NEW_YORK = "America/New_York"


@pytest.mark.parametrize(
    ("before", "closed", "proposed"),
    [
        (None, (), "2026-03-31"),
        ("2026-02-17", (), "2026-03-17"),
        ("2025-06-03", (), "2026-03-31"),
        (None, ("2026-03-31",), "2026-04-07"),
    ],
    ids=["four weeks", "the rhythm of two weeks", "a summer is no rhythm", "a holiday moves it a week"],
)
def test_the_next_meeting_is_proposed_at_the_same_hour(
    before: str | None, closed: tuple[str, ...], proposed: str
) -> None:
    zone = ZoneInfo(NEW_YORK)

    def at(day: str) -> datetime.datetime:
        return datetime.datetime.fromisoformat(f"{day}T16:30").replace(tzinfo=zone)

    found = next_start(
        at("2026-03-03"),
        at(before) if before else None,
        not_before=at("2026-03-04"),
        zone=zone,
        works=lambda day: day.isoformat() not in closed,
    )
    assert found == at(proposed)


def test_a_meeting_is_planned_with_what_the_last_one_had(
    cast: Cast, by_majority: Group, coordinator: Client
) -> None:
    meet(cast, by_majority, days=-10, place="Library", interpreter="Spanish, by Ms. Ruiz")
    decision = open_decision(group=by_majority, question="Shall we?", by=cast.coordinator)
    form = coordinator.get(path(cast, "new_meeting", by_majority)).context["form"]
    assert form["place"].value() == "Library"
    assert form["questions"].value() == [decision.uid]
    Holiday.objects.create(
        district=cast.larkmoor, first_day=form["day"].value(), last_day=form["day"].value(), name="Fair day"
    )
    again = coordinator.get(path(cast, "new_meeting", by_majority)).context["form"]
    assert again["day"].value() == form["day"].value() + 7 * DAY
    data = {
        **{name: again[name].value() for name in ("day", "hour", "minutes_long", "place", "interpreter")},
        "questions": [str(decision.uid)],
    }
    response = coordinator.post(path(cast, "new_meeting", by_majority), data)
    planned = Meeting.objects.latest("pk")
    assert response.url == path(cast, "meeting", planned)
    decision.refresh_from_db()
    assert (decision.meeting, planned.place) == (planned, "Library")


def test_the_roll_is_taken_on_the_day_and_can_be_emptied(
    cast: Cast, by_majority: Group, coordinator: Client
) -> None:
    later = meet(cast, by_majority, days=2)
    with pytest.raises(NotYet):
        come(cast, later, "Juvenile")
    assert (
        path(cast, "attendance", later) not in coordinator.get(path(cast, "meeting", later)).content.decode()
    )
    meeting = meet(cast, by_majority)
    come(cast, meeting, "Juvenile")
    come(cast, meeting, "Nobody")
    assert meeting.attended_at is None
    call_off_meeting(meeting=meeting, version=meeting.version, by=cast.coordinator)


def test_a_question_that_ends_before_a_meeting_is_not_taken_there(cast: Cast, by_majority: Group) -> None:
    meeting, until = meet(cast, by_majority, days=3), clock.now() + DAY
    with pytest.raises(EndsBeforeMeeting):
        open_decision(
            group=by_majority, question="Or?", closes_at=until, meeting=meeting, by=cast.coordinator
        )
    decision = open_decision(group=by_majority, question="Or?", closes_at=until, by=cast.coordinator)
    with pytest.raises(EndsBeforeMeeting):
        put_on_agenda(decision=decision, meeting=meeting, by=cast.coordinator)
    assert Event.objects.filter(decision_uid=decision.uid).count() == 1


def test_that_is_said_where_the_question_is_put(cast: Cast, by_majority: Group, coordinator: Client) -> None:
    meeting = meet(cast, by_majority, days=9)
    data = {
        "group": by_majority.uid,
        "question": "Or?",
        "kind": "everyday",
        "last_day": clock.today(cast.larkmoor) + 3 * DAY,
        "meeting": meeting.uid,
    }
    address = reverse("decisions:new", kwargs={"district": cast.larkmoor.slug})
    form = coordinator.post(address, data).context["form"]
    assert form.errors == {"meeting": [str(EndsBeforeMeeting.words)]}


def test_the_clock_leaves_what_is_taken_at_a_meeting_to_come(cast: Cast, by_majority: Group) -> None:
    meeting, until = meet(cast, by_majority, days=1), clock.now() + 2 * DAY
    decision = open_decision(
        group=by_majority, question="Or?", closes_at=until, meeting=meeting, by=cast.coordinator
    )
    change_meeting(
        meeting=meeting, version=meeting.version, starts_at=clock.now() + 3 * DAY, by=cast.coordinator
    )
    with clock.shifted(2 * DAY + datetime.timedelta(hours=1)):
        decision.refresh_from_db()
        assert close_at_deadline(decision=decision) is False
    with clock.shifted(4 * DAY):
        assert close_at_deadline(decision=decision) is True


def test_a_seat_whose_term_ended_stays_on_the_roll_for_what_it_was_asked(
    cast: Cast, by_majority: Group
) -> None:
    meeting = meet(cast, by_majority, days=2)
    open_decision(group=by_majority, question="Or?", meeting=meeting, by=cast.coordinator)
    seat = by_majority.seats.get(people_label="Parent, Quillback Middle School")
    end_seat(seat=seat, last_day=clock.today(cast.larkmoor), version=seat.version, by=cast.coordinator)
    assert seat.label in [line.seat.label for line in seats_at(meeting)]


def test_where_a_group_decides_only_in_meetings_no_answer_comes_by_phone(
    cast: Cast, opened: Decision, coordinator: Client
) -> None:
    group = opened.group
    group.refresh_from_db()
    answer_first_questions(
        group=group, open_meetings="yes", between_meetings=False, version=group.version, by=cast.staff
    )
    opened.group.refresh_from_db()
    given = [Given(voting(opened)[0], Answer.YES, source=Source.PHONE)]
    with pytest.raises(OnlyInMeetings):
        record_answers(decision=opened, given=given, by=cast.coordinator)
    form = coordinator.get(path(cast, "answers", opened)).context["form"]
    assert [code for code, _words in form.fields["source"].choices] == ["meeting"]


def test_everyone_is_here_but_two(cast: Cast, by_majority: Group, coordinator: Client) -> None:
    meeting = meet(cast, by_majority)
    address = path(cast, "attendance", meeting)
    assert coordinator.post(address, {"everyone": "yes"}).url == address
    page = coordinator.get(address)
    lines = page.context["seats"]
    assert [line.here for line in lines] == [True] * 6
    here = [str(line.seat.uid) for line in lines if line.n not in (2, 6)]
    said = coordinator.post(address, {"here": here}, follow=True)
    assert [str(message) for message in said.context["messages"]] == [
        "4 of 5 seats that vote are here. 3 must answer or be here."
    ]
    assert Attendance.objects.filter(meeting=meeting, here=False).count() == 2


def test_all_who_are_here_say_yes_except_one(cast: Cast, by_majority: Group, coordinator: Client) -> None:
    meeting = meet(cast, by_majority)
    decision = open_decision(group=by_majority, question="Shall we?", meeting=meeting, by=cast.coordinator)
    come(cast, meeting, "Juvenile", "Larkmoor", "Open Cupboard")
    address = path(cast, "answers", decision)
    form = coordinator.get(address, {"all": "yes"}).context["form"]
    assert [line.proposed for line in form.lines] == ["yes", "yes", "yes"]
    assert [line.proposed for line in form.lines_elsewhere] == ["", ""]
    assert decision.rounds.get().positions.count() == 0
    answers = {line.choice.html_name: "yes" for line in form.lines} | {
        form.lines[1].choice.html_name: "no",
        "source": "meeting",
    }
    assert coordinator.post(address, answers).url == path(cast, "close", decision)
    decision.refresh_from_db()
    closed = coordinator.post(path(cast, "close", decision), {"version": decision.version})
    assert closed.url == path(cast, "meeting", meeting)
    decision.refresh_from_db()
    assert decision.sentence == (
        "2 yes, 1 no; of 3 votes cast, 2 must be yes; "
        "3 of 5 seats took part, from 3 sectors, and a quorum takes 3, from 3 sectors: adopted"
    )


def test_minutes_about_a_student_are_warned_of_once(
    cast: Cast, by_majority: Group, coordinator: Client
) -> None:
    meeting = meet(cast, by_majority)
    data = {"version": meeting.version, "minutes": "Talked about student 4417203."}
    warned = coordinator.post(path(cast, "minutes", meeting), data)
    assert "This looks like a student" in warned.content.decode()
    kept = coordinator.post(path(cast, "minutes", meeting), data | {"warned": "minutes:id_number"})
    assert kept.status_code == 302
    meeting.refresh_from_db()
    assert meeting.minutes == "Talked about student 4417203."


def test_a_calendar_program_gets_the_meeting_and_that_it_is_called_off(
    cast: Cast, by_majority: Group, coordinator: Client
) -> None:
    meeting = meet(cast, by_majority, place="Library, upper floor", agenda="Welcome\n\nNumbers of the fall")
    open_decision(group=by_majority, question="Shall we?", meeting=meeting, by=cast.coordinator)

    def event() -> dict[str, object]:
        file = b"".join(coordinator.get(path(cast, "meeting_ics", meeting)).streaming_content)
        [found] = Calendar.from_ical(file.decode()).walk("VEVENT")
        return found

    first = event()
    assert (first["DTSTART"].dt, first["DTEND"].dt) == (meeting.starts_at, meeting.ends_at)
    assert first["LOCATION"] == "Library, upper floor"
    assert first["DESCRIPTION"] == "Welcome\nNumbers of the fall\nShall we?"
    call_off_meeting(meeting=meeting, version=meeting.version, by=cast.coordinator)
    again = event()
    assert again["STATUS"] == "CANCELLED"
    assert again["UID"] == first["UID"]
    assert again["SEQUENCE"] > first["SEQUENCE"]


@pytest.fixture
def _a_school_day(time_machine: Traveller) -> None:
    """Of a weekend it is known without a query that nobody works."""
    time_machine.move_to(datetime.datetime(2026, 11, 24, 16, tzinfo=datetime.UTC))


@pytest.mark.usefixtures("_a_school_day")
@pytest.mark.parametrize("n", [1, 3])
def test_pages_take_as_many_queries_however_many_rows(
    cast: Cast, by_majority: Group, coordinator: Client, n: int
) -> None:
    weekday = min(0, 4 - clock.today(cast.larkmoor).weekday())  # on another day no holiday is asked for
    for _ in range(n):
        held = meet(cast, by_majority, days=-9)
        open_decision(group=by_majority, question="Shall we?", meeting=held, by=cast.coordinator)
        meeting = meet(cast, by_majority, days=weekday)
    for _ in range(n):
        open_decision(group=by_majority, question="Shall we?", meeting=meeting, by=cast.coordinator)
        decided(by_majority, *["yes"] * 5, kind="urgent", by=cast.coordinator)
    Decision.objects.filter(kind="urgent").update(closed_at=clock.now() - 5 * DAY)
    come(cast, meeting, *("Juvenile", "Larkmoor", "Open Cupboard")[:n])
    pages = {
        path(cast, "meetings", by_majority): 12,
        path(cast, "new_meeting", by_majority): 14,
        path(cast, "meeting", meeting): 22,
        path(cast, "attendance", meeting): 14,
    }
    assert queries_of(coordinator, pages) == pages
    assert len(to_report(meeting)) == n


def test_the_agenda_on_paper_says_when_where_and_what_for(
    cast: Cast, by_majority: Group, press: RunningPress
) -> None:
    meeting = meet(
        cast,
        by_majority,
        place="Library",
        agenda="Welcome\nNumbers of the fall",
        notes="Childcare in room 4\nSupper at five",
        interpreter="Spanish, by Ms. Ruiz",
    )
    open_decision(
        group=by_majority,
        question="Shall we open on Saturdays?",
        meaning="From nine to noon.",
        question_es="¿Abrimos los sábados?",
        meeting=meeting,
        by=cast.coordinator,
    )
    content = agenda_pdf(meeting)
    text = " ".join(text_of(content).split())
    for told in (
        "Meeting of Partnership committee, Quillback Middle School",
        "Library",
        "Numbers of the fall",
        "Childcare in room 4",
        "Spanish, by Ms. Ruiz",
        "Shall we open on Saturdays? From nine to noon. ¿Abrimos los sábados?",
    ):
        assert told in text, told
    assert list(pdf_rules.validate_pdf_bytes(content, profile="ua1").failures) == []


def put_off_at(cast: Cast, group: Group, meeting: Meeting) -> Decision:
    """A question that one seat blocked at this meeting."""
    decision = open_decision(group=group, question="Shall we?", meeting=meeting, by=cast.coordinator)
    answer(decision, "yes", "yes", "yes", "yes", "block", by=cast.coordinator)
    return decision


def test_a_further_round_is_not_at_the_meeting_of_the_round_before(cast: Cast, committee: Group):
    meeting, later = meet(cast, committee), meet(cast, committee, days=10)
    decision = put_off_at(cast, committee, meeting)
    record_attendance(
        meeting=meeting, seats=committee.seats.all(), here=committee.seats.all(), by=cast.coordinator
    )
    with pytest.raises(SameMeeting):
        next_round(decision=decision, meeting=meeting, by=cast.coordinator)
    assert decision.rounds.count() == 1
    assert next_round(decision=decision, meeting=later, by=cast.coordinator).n == 2
    assert Decision.objects.get(pk=decision.pk).meeting == later


def test_the_form_for_a_further_round_offers_the_other_meetings_to_come(
    cast: Cast, committee: Group, coordinator: Client
):
    meeting, later = meet(cast, committee), meet(cast, committee, days=10)
    decision = put_off_at(cast, committee, meeting)
    close = coordinator.get(url_in(cast.larkmoor, "decisions:close", uid=decision.uid))
    assert list(close.context["round_form"].fields["meeting"].queryset) == [later]


def test_a_roll_that_changed_after_the_preview_stops_the_close_and_is_not_called_an_answer(
    cast: Cast, by_majority: Group, coordinator: Client
):
    meeting = meet(cast, by_majority)
    decision = open_decision(group=by_majority, question="Shall we?", meeting=meeting, by=cast.coordinator)
    answer(decision, "yes", "yes", "yes", by=cast.coordinator)
    seen, seats = decision.version, by_majority.seats.all()
    record_attendance(meeting=meeting, seats=seats, here=seats, by=cast.coordinator)
    close = url_in(cast.larkmoor, "decisions:close", uid=decision.uid)
    page = coordinator.post(close, {"version": seen}).content.decode()
    assert "Something changed meanwhile. Look at the count below, then close again." in page
