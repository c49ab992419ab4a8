"""Today shows what waits for one person, seven things at most, and puts away what they say is done."""

import datetime
from typing import Any

import pytest
import time_machine

from accounts import clock
from accounts.models import Task
from accounts.models.work import TaskKind
from accounts.work import add_task
from letters.enums import Answer, Source, State
from letters.models import Letter
from letters.services import record_reply
from outreach.models import HomeState
from outreach.today import today_page, waiting
from tests.conftest import Cast, SignIn
from tests.outreach.factories import a_letter

pytestmark = pytest.mark.usefixtures("tuesday")
TODAY = "/d/larkmoor/"


def a_task(cast: Cast, days: int, title: str = "Send the minutes") -> Task:
    day = clock.today(cast.larkmoor) + datetime.timedelta(days=days)
    return add_task(
        kind=TaskKind.ACTION_ITEM, title=title, owner=cast.coordinator, due_on=day, by=cast.coordinator
    )


def kinds(member: Any) -> list[str]:
    return [entry.source.kind for entry in waiting(member)]


def headings(member: Any) -> dict[str, list[str]]:
    page = today_page(member)
    return {section.title: [item.what for item in section.items] for section in page.sections}


def test_a_letter_that_nobody_answered_is_for_whoever_stays_in_touch(cast: Cast) -> None:
    a_letter(cast.quillback, cast.principal, cast.coordinator)
    assert headings(cast.coordinator) == {"Late": ["Call Tolland Street Boxing Club"]}
    assert kinds(cast.preparer) == []
    assert kinds(cast.bellwether_coordinator) == []


def test_after_a_week_of_silence_the_whole_school_sees_it(
    cast: Cast, tuesday: time_machine.Traveller
) -> None:
    a_letter(cast.quillback, cast.principal, cast.coordinator)
    tuesday.shift(datetime.timedelta(days=3))
    assert kinds(cast.preparer) == kinds(cast.principal)
    assert len(kinds(cast.preparer)) == 1


def test_an_answer_comes_first_because_somebody_waits(cast: Cast) -> None:
    a_task(cast, -4)
    letter = a_letter(cast.quillback, cast.principal, cast.coordinator)
    record_reply(letter=letter, answer=Answer.TALK, source=Source.PHONE, by=cast.preparer)
    assert headings(cast.coordinator) == {
        "Somebody is waiting": ["Talk to Odile Brandt"],
        "Late": ["Send the minutes"],
    }


def test_letters_before_a_principal_are_one_item(cast: Cast) -> None:
    for number, name in ((1, "Boxing Club"), (2, "Pantry")):
        a_letter(
            cast.quillback,
            cast.principal,
            partner=name,
            number=number,
            state=State.TO_SIGN,
            signed_at=None,
            reference="",
            handed_in_at=clock.now(),
        )
    assert headings(cast.principal) == {"Somebody is waiting": ["Sign 2 letters"]}
    assert kinds(cast.bellwether_principal) == []


def test_what_is_late_says_by_how_much(cast: Cast) -> None:
    a_task(cast, -4)
    [section] = today_page(cast.coordinator).sections
    assert [(item.late, item.when, item.since) for item in section.items] == [
        (True, "4 days late", "since Nov 20")
    ]


def test_seven_things_are_shown_and_the_others_counted(cast: Cast, sign_in: SignIn) -> None:
    for number in range(10):
        a_task(cast, -number - 1, f"Task {number}")
    page = sign_in(cast.coordinator)
    first = page.get(TODAY).content.decode()
    everything = page.get(f"{TODAY}?all=1").content.decode()
    assert first.count('class="pp-late"') == 7
    assert "And 3 more" in first
    assert everything.count('class="pp-late"') == 10


def test_a_task_that_is_done_ends_for_everybody(cast: Cast, sign_in: SignIn) -> None:
    task = a_task(cast, 0)
    [entry] = waiting(cast.coordinator)
    [(uid, day)] = entry.items
    sign_in(cast.coordinator).post(
        f"{TODAY}not-now/", {"kind": entry.source.kind, "act": "done", "item": f"{uid}_{day}"}
    )
    task.refresh_from_db()
    assert task.done_by == cast.coordinator
    assert kinds(cast.coordinator) == []


def test_what_is_put_off_comes_back_on_monday(
    cast: Cast, sign_in: SignIn, tuesday: time_machine.Traveller
) -> None:
    a_letter(cast.quillback, cast.principal, cast.coordinator)
    [entry] = waiting(cast.coordinator)
    [(uid, day)] = entry.items
    sign_in(cast.coordinator).post(
        f"{TODAY}not-now/", {"kind": entry.source.kind, "act": "monday", "item": f"{uid}_{day}"}
    )
    assert HomeState.objects.get().snoozed_until == datetime.date(2026, 11, 30)
    assert kinds(cast.coordinator) == []
    tuesday.shift(datetime.timedelta(days=6))
    assert kinds(cast.coordinator) == [entry.source.kind]


def test_an_item_that_is_not_ours_is_refused(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.coordinator)
    for wrong in (
        {},
        {"kind": "nothing", "act": "done"},
        {"kind": "task", "act": "done", "item": "x"},
    ):
        assert page.post(f"{TODAY}not-now/", wrong).status_code == 400


def test_an_empty_today_says_so(cast: Cast, sign_in: SignIn) -> None:
    assert "Nothing needs you now." in sign_in(cast.coordinator).get(TODAY).content.decode()


def more(cast: Cast, number: int) -> Letter:
    a_task(cast, -number, f"Task {number}")
    letter = a_letter(cast.quillback, cast.principal, cast.coordinator, partner=f"P{number}", number=number)
    answered = a_letter(
        cast.quillback, cast.principal, cast.coordinator, partner=f"A{number}", number=50 + number
    )
    record_reply(letter=answered, answer=Answer.YES, source=Source.PHONE, by=cast.preparer)
    return letter


@pytest.mark.parametrize("rows", [1, 3])
def test_today_asks_as_much_for_one_of_each_as_for_three(
    cast: Cast, sign_in: SignIn, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        more(cast, number + 1)
    page = sign_in(cast.coordinator)
    with django_assert_num_queries(14):
        page.get(TODAY)
