"""Terms: of seats and of those who sit in them, through their last day; and deputies."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import formats

from accounts import clock
from accounts.urls_in import url_in
from accounts.versions import ChangedMeanwhile
from decisions import services
from decisions.enums import Ended
from decisions.models import AnswerLink, Decision, Group, Seat, SeatHolder
from decisions.pages.groups import ending_soon, seats_today
from decisions.queries import sitting_in
from tests.conftest import Cast, SignIn
from tests.decisions.asked import seat_of
from tests.decisions.conftest import voting

PARENT = "Parent, Quillback Middle School"


@pytest.fixture
def today(cast: Cast) -> datetime.date:
    return clock.today(cast.larkmoor)


@pytest.fixture
def parent(committee: Group) -> Seat:
    """The parents' seat."""
    seat: Seat = committee.seats.get(people_label=PARENT)
    return seat


def after(day: datetime.date, days: int) -> datetime.date:
    return day + datetime.timedelta(days=days)


def in_words(day: datetime.date) -> str:
    return str(formats.date_format(day, "DATE_FORMAT"))


def at(cast: Cast, name: str, thing: Any) -> str:
    return url_in(cast.larkmoor, f"decisions:{name}", uid=thing.uid)


def name(cast: Cast, seat: Seat, who: str, **more: Any) -> SeatHolder:
    reach = f"{who.split()[0].lower()}@people.example"
    return services.name_holder(seat=seat, name=who, reach=reach, by=cast.coordinator, **more)


def sits(decision: Decision, starts: str, day: datetime.date) -> str:
    seat = seat_of(decision, starts)
    holder = sitting_in([seat], day).get(seat.pk)
    return str(holder or "")


def test_a_deputy_is_named_beside_the_representative_and_both_are_shown(
    cast: Cast, committee: Group, parent: Seat, coordinator: Client
) -> None:
    name(cast, parent, "Rosa Villareal")
    form = {"name": "Amina Diallo", "language": "en", "deputy": "deputy"}
    page = coordinator.post(at(cast, "holder", parent), form, follow=True).content.decode()
    assert f"From today Amina Diallo is the deputy in the seat of {PARENT}." in page
    assert "Rosa Villareal; Amina Diallo (deputy)" in " ".join(page.split())


def test_a_deputy_is_asked_where_no_representative_sits(
    cast: Cast, by_majority: Group, parent: Seat, today: datetime.date, opened: Decision
) -> None:
    name(cast, parent, "Amina Diallo", deputy=True)
    assert sits(opened, "Parent", today) == "Amina Diallo"
    name(cast, parent, "Rosa Villareal", until=after(today, 3))
    assert [sits(opened, "Parent", after(today, days)) for days in (0, 3, 4)] == [
        "Rosa Villareal",
        "Rosa Villareal",
        "Amina Diallo",
    ]


def test_a_new_deputy_takes_the_place_of_the_deputy_alone(cast: Cast, parent: Seat, committee: Group) -> None:
    for who, deputy in (("Rosa Villareal", False), ("Amina Diallo", True), ("Iris Boone", True)):
        name(cast, parent, who, deputy=deputy)
    [seat] = [seat for seat in seats_today(committee, clock.today(cast.larkmoor)) if seat == parent]
    assert [str(holder) for holder in seat.sitting] == ["Rosa Villareal", "Iris Boone"]


def test_whoever_sits_there_sits_through_their_last_day(
    cast: Cast, parent: Seat, committee: Group, today: datetime.date
) -> None:
    holder = name(cast, parent, "Rosa Villareal", until=after(today, 2))

    def shown(day: datetime.date) -> list[str]:
        return [str(one) for seat in seats_today(committee, day) if seat == parent for one in seat.sitting]

    assert [shown(after(today, days)) for days in (0, 2, 3)] == [["Rosa Villareal"]] * 2 + [[]]
    assert [holder.has_left(after(today, days)) for days in (0, 2, 3)] == [False, False, True]


def test_whoever_is_named_twice_on_one_day_sits_there_once(
    cast: Cast, parent: Seat, opened: Decision, today: datetime.date
) -> None:
    wrong = name(cast, parent, "Rosa Villarreal")
    name(cast, parent, "Rosa Villareal")
    wrong.refresh_from_db()
    assert (wrong.until, SeatHolder.objects.filter(seat=parent).on(today).count()) == (after(today, -1), 1)
    assert sits(opened, "Parent", today) == "Rosa Villareal"


def test_a_link_opens_through_the_last_day_of_whom_it_is_for(
    cast: Cast, parent: Seat, opened: Decision, today: datetime.date
) -> None:
    name(cast, parent, "Rosa Villareal", until=after(today, 2))
    link = services.copy_link(seat=seat_of(opened, "Parent"), by=cast.coordinator)
    noon = [clock.at_local(after(today, days), 12, cast.larkmoor.tz) for days in (2, 3)]
    whole = AnswerLink.objects.with_person().get(pk=link.pk)
    assert [whole.ended(moment) for moment in noon] == [None, Ended.LEFT]


def test_the_link_of_whoever_sat_there_before_ends_at_once(
    cast: Cast, parent: Seat, opened: Decision
) -> None:
    name(cast, parent, "Rosa Villareal")
    link = services.copy_link(seat=seat_of(opened, "Parent"), by=cast.coordinator)
    name(cast, parent, "Amina Diallo")
    whole = AnswerLink.objects.with_person().get(pk=link.pk)
    assert whole.ended(clock.now()) == Ended.LEFT


def test_a_seat_has_its_last_day_from_the_start(
    cast: Cast, committee: Group, coordinator: Client, today: datetime.date
) -> None:
    until = after(today, 200)
    form = {"people_label": "Residents", "sector": "other", "standing": "votes", "until": until.isoformat()}
    page = coordinator.post(at(cast, "new_seat", committee), form, follow=True).content.decode()
    assert f"until {in_words(until)}" in page
    assert [
        Seat.objects.filter(people_label="Residents").on(after(until, days)).count() for days in (0, 1)
    ] == [1, 0]


def test_a_term_is_changed_later_and_taken_back(
    cast: Cast, parent: Seat, coordinator: Client, today: datetime.date
) -> None:
    for until, version in ((after(today, 100).isoformat(), 1), ("", 2)):
        form = {"until": until, "version": version}
        page = coordinator.post(at(cast, "term", parent), form, follow=True).content.decode()
        assert f"The term of {PARENT} is changed." in page
        parent.refresh_from_db()
        assert (parent.until.isoformat() if parent.until else "") == until


def test_the_second_of_two_people_is_told(
    cast: Cast, parent: Seat, coordinator: Client, today: datetime.date
) -> None:
    stale = Seat.objects.get(pk=parent.pk)
    services.set_term(seat=parent, until=after(today, 9), version=parent.version, by=cast.coordinator)
    with pytest.raises(ChangedMeanwhile):
        services.set_term(seat=stale, until=None, version=stale.version, by=cast.coordinator)
    page = coordinator.post(at(cast, "term", parent), {"until": "", "version": stale.version}, follow=True)
    assert "Somebody changed this seat just now. Look again." in page.content.decode()
    assert Seat.objects.get(pk=parent.pk).until == after(today, 9)


def test_a_day_that_is_over_is_refused_everywhere(
    cast: Cast, committee: Group, parent: Seat, coordinator: Client, today: datetime.date
) -> None:
    yesterday = after(today, -1).isoformat()
    for url, form in (
        (at(cast, "term", parent), {"version": parent.version}),
        (at(cast, "holder", parent), {"name": "Rosa Villareal", "language": "en"}),
        (at(cast, "new_seat", committee), {"people_label": "All", "sector": "other", "standing": "votes"}),
    ):
        page = coordinator.post(url, {**form, "until": yesterday})
        assert (page.status_code, list(page.context["form"].errors)) == (200, ["until"])
    assert (SeatHolder.objects.count(), Seat.objects.filter(people_label="All").count()) == (0, 0)


def test_today_is_a_last_day_that_can_be(cast: Cast, parent: Seat, today: datetime.date) -> None:
    services.set_term(seat=parent, until=today, version=parent.version, by=cast.coordinator)
    assert [Seat.objects.filter(pk=parent.pk).on(after(today, days)).exists() for days in (0, 1)] == [
        True,
        False,
    ]


def test_one_seat_one_voice_on_every_day(cast: Cast, committee: Group, today: datetime.date) -> None:
    pantry = committee.seats.get(partner__name="Open Cupboard Pantry")
    again = {"group": committee, "partner": pantry.partner, "sector": "basic_needs", "by": cast.coordinator}
    services.set_term(seat=pantry, until=after(today, 9), version=pantry.version, by=cast.coordinator)
    with pytest.raises(services.SeatTaken):
        services.add_seat(**again, since=after(today, 9))
    services.add_seat(**again, since=after(today, 10))
    with pytest.raises(services.SeatTaken):
        services.set_term(seat=pantry, until=after(today, 10), version=pantry.version, by=cast.coordinator)
    with pytest.raises(services.SeatTaken):
        services.set_term(seat=pantry, until=None, version=pantry.version, by=cast.coordinator)
    services.set_term(seat=pantry, until=after(today, 8), version=pantry.version, by=cast.coordinator)


def test_people_have_as_many_seats_as_they_are_given(cast: Cast, committee: Group, parent: Seat) -> None:
    services.add_seat(group=committee, people_label=PARENT, sector="parents", by=cast.coordinator)
    assert committee.seats.filter(people_label=PARENT).count() == 2


def test_a_question_keeps_the_seats_of_its_day(cast: Cast, opened: Decision, today: datetime.date) -> None:
    for seat in opened.group.seats.filter(people_label=PARENT):
        services.set_term(seat=seat, until=today, version=seat.version, by=cast.coordinator)
    assert PARENT in [seat.label for seat in voting(opened)]


def test_the_page_says_which_terms_end_in_the_next_60_days(
    cast: Cast, committee: Group, parent: Seat, sign_in: SignIn, today: datetime.date
) -> None:
    services.set_term(seat=parent, until=after(today, 60), version=parent.version, by=cast.coordinator)
    name(cast, parent, "Rosa Villareal", until=after(today, 30))
    name(cast, parent, "Amina Diallo", until=after(today, 61), deputy=True)
    page = " ".join(sign_in(cast.viewer).get(at(cast, "group", committee)).content.decode().split())
    assert (
        "Terms that end in the next 60 days:</b> "
        f"{PARENT}: who sits there, on {in_words(after(today, 30))}; "
        f"{PARENT}: the seat, on {in_words(after(today, 60))}<" in page
    )
    assert ("Rosa Villareal" in page, "Amina Diallo" in page) == (False, False)


def test_where_no_term_ends_soon_nothing_is_said(cast: Cast, committee: Group, today: datetime.date) -> None:
    assert ending_soon(seats_today(committee, today), today) == []
