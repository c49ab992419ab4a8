"""Two questions come first: are meetings open by law, and may the group decide between them?"""

import datetime
from importlib import import_module

import pytest
from django.db import connection
from django.test import Client

from accounts import clock
from accounts.versions import ChangedMeanwhile
from decisions import services
from decisions.models import AnswerLink, Decision, Group
from decisions.services import OnlyInMeetings
from tests.conftest import Cast, SignIn
from tests.decisions.asked import seat_of, seat_people
from tests.decisions.conftest import let_decide_between
from tests.decisions.test_pages import at, words

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def only_in_meetings(cast: Cast, committee: Group) -> Group:
    """The committee, which may not decide between its meetings, with people in its seats."""
    let_decide_between(committee, by=cast.staff, may=False)
    seat_people(cast, committee)
    return committee


def test_a_new_group_decides_only_in_its_meetings_until_district_staff_answer(cast: Cast) -> None:
    group = services.create_group(name="Team", school=cast.quillback, by=cast.coordinator)
    assert (group.open_meetings, group.between_meetings) == ("", False)


def test_between_meetings_nobody_is_asked_where_it_is_off(cast: Cast, only_in_meetings: Group) -> None:
    asked = {"group": only_in_meetings, "question": "Shall we?", "by": cast.coordinator}
    with pytest.raises(OnlyInMeetings):
        services.open_decision(**asked, closes_at=clock.now() + HOUR)
    decision = services.open_decision(**asked)
    with pytest.raises(OnlyInMeetings):
        services.send_links(decision=decision, by=cast.coordinator)
    with pytest.raises(OnlyInMeetings):
        services.copy_link(seat=seat_of(decision, "Open"), by=cast.coordinator)
    assert (Decision.objects.count(), AnswerLink.objects.count()) == (1, 0)


def test_the_pages_say_so_and_whom_to_ask(cast: Cast, only_in_meetings: Group, coordinator: Client) -> None:
    tomorrow = clock.today(cast.larkmoor) + datetime.timedelta(days=1)
    form = {"group": only_in_meetings.uid, "question": "Shall we?", "kind": "everyday"}
    answered = coordinator.post(at(cast, "new"), form | {"last_day": tomorrow.isoformat()})
    [refused] = answered.context["form"].errors["last_day"]
    assert refused == str(OnlyInMeetings.words)
    coordinator.post(at(cast, "new"), form)
    uid = Decision.objects.get().uid
    assert "Ask by personal link" not in words(coordinator, at(cast, "page", uid=uid))
    page = words(coordinator, at(cast, "ask", uid=uid))
    assert "This group decides only in its meetings." in page
    assert "Copy the link" not in page
    assert "Send the question" not in page


def test_district_staff_answer_both_and_the_page_says_who_did(
    cast: Cast, coordinator: Client, sign_in: SignIn
) -> None:
    group = services.create_group(name="Team", school=cast.quillback, by=cast.coordinator)
    how = at(cast, "how", uid=group.uid)
    before = words(coordinator, how)
    assert "Not answered yet" in before
    assert "No, until district staff answer both questions" in before
    assert "Answer them" not in before
    staff, form = sign_in(cast.staff), at(cast, "first", uid=group.uid)
    assert form in words(staff, how)
    staff.post(form, {"version": group.version, "open_meetings": "no", "between_meetings": "yes"})
    group.refresh_from_db()
    assert (group.open_meetings, group.between_meetings, group.first_answered_by) == ("no", True, cast.staff)
    assert f"Answered by {cast.staff.user.name} on" in words(coordinator, how)


def test_one_answer_alone_is_not_kept(cast: Cast, committee: Group, sign_in: SignIn) -> None:
    url = at(cast, "first", uid=committee.uid)
    answered = sign_in(cast.staff).post(url, {"version": committee.version, "between_meetings": "no"})
    assert list(answered.context["form"].errors) == ["open_meetings"]


def test_of_two_who_answer_at_once_the_second_is_told(cast: Cast, committee: Group) -> None:
    with pytest.raises(ChangedMeanwhile):
        services.answer_first_questions(
            group=committee,
            open_meetings="yes",
            between_meetings=False,
            version=committee.version - 1,
            by=cast.staff,
        )


def test_a_group_that_asked_before_the_questions_were_put_goes_on(
    cast: Cast, committee: Group, coordinator: Client
) -> None:
    silent = services.create_group(name="Team", school=cast.quillback, by=cast.coordinator)
    services.open_decision(
        group=committee, question="Shall we?", closes_at=clock.now() + HOUR, by=cast.coordinator
    )
    Group.objects.update(
        open_meetings="", between_meetings=False, first_answered_by=None, first_answered_at=None
    )
    migration = import_module("decisions.migrations.0010_charter_questions")
    with connection.cursor() as cursor:
        cursor.execute(migration.ASKED_BETWEEN)
    assert list(Group.objects.filter(between_meetings=True)) == [committee]
    page = words(coordinator, at(cast, "how", uid=committee.uid))
    assert "Yes, as before, until district staff answer both questions" in page
    assert "No, until district staff" in words(coordinator, at(cast, "how", uid=silent.uid))
