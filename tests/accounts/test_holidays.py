"""Holidays of a district and of a school: whose they are, by hand and from a calendar file."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope
from time_machine import Traveller

from accounts import holidays
from accounts.holidays import Days, add_holiday, is_school_day
from accounts.models import Holiday
from tests.accounts.calendars import BASE, calendar, event, take_in, upload, whole_days
from tests.conftest import Cast, SignIn

THURSDAY, FRIDAY = datetime.date(2026, 11, 26), datetime.date(2026, 11, 27)
TODAY = datetime.date(2026, 11, 17)
THANKSGIVING = Days(THURSDAY, FRIDAY, "Thanksgiving")


@pytest.fixture(autouse=True)
def _in_november(time_machine: Traveller) -> None:
    time_machine.move_to(datetime.datetime(2026, 11, 17, 16, tzinfo=datetime.UTC))


SCHOOL_YEAR = calendar(
    whole_days("20261126", "20261128", "Thanksgiving"),
    whole_days("20261221", "20270102", "Winter break"),
    event("DTSTART;VALUE=DATE:20270118", "SUMMARY:Martin Luther King Jr. Day"),
    event("DTSTART;VALUE=DATE:20270315", "DURATION:P5D", "SUMMARY:Spring break"),
    event("DTSTART:20261201T180000Z", "DTEND:20261201T200000Z", "SUMMARY:Board meeting"),
    event("DTSTART;VALUE=DATE:20261204", "RRULE:FREQ=WEEKLY", "SUMMARY:Spirit day"),
    event("DTSTART;VALUE=DATE:20261207", "STATUS:CANCELLED", "SUMMARY:Training"),
    event("DTSTART;VALUE=DATE:20261208"),
    event("DTSTART:soon", "SUMMARY:Picture day"),
    event("DTSTART;VALUE=DATE:20261209", "DTEND;VALUE=DATE:20261201", "SUMMARY:Backwards"),
    whole_days("20250101", "20250102", "Long ago"),
    whole_days("20400101", "20400102", "Far away"),
    whole_days("20270601", "20280101", "Summer"),
)
BREAKS = [
    THANKSGIVING,
    Days(datetime.date(2026, 12, 21), datetime.date(2027, 1, 1), "Winter break"),
    Days(datetime.date(2027, 1, 18), datetime.date(2027, 1, 18), "Martin Luther King Jr. Day"),
    Days(datetime.date(2027, 3, 15), datetime.date(2027, 3, 19), "Spring break"),
]


def stored() -> list[tuple[str, Days]]:
    return [
        (row.school.code if row.school else "", Days(row.first_day, row.last_day, row.name))
        for row in Holiday.objects.select_related("school")
    ]


def test_a_school_has_its_own_holidays_and_those_of_the_district(cast: Cast) -> None:
    add_holiday(district=cast.larkmoor, school=None, days=THANKSGIVING, by=cast.staff)
    own = Days(TODAY, TODAY, "Founders' day")
    add_holiday(district=cast.larkmoor, school=cast.quillback, days=own, by=cast.coordinator)
    schools = (cast.quillback, cast.bellwether, None)
    assert [is_school_day(TODAY, school) for school in schools] == [False, True, True]
    assert [is_school_day(FRIDAY, school) for school in schools] == [False, False, False]
    assert is_school_day(datetime.date(2026, 11, 25), cast.quillback) is True
    assert is_school_day(datetime.date(2026, 11, 28), cast.quillback) is False


def test_holidays_of_another_district_close_no_school_here(cast: Cast) -> None:
    with scope(district=cast.brightmere):
        add_holiday(district=cast.brightmere, school=None, days=THANKSGIVING, by=cast.brightmere_staff)
    assert is_school_day(THURSDAY, cast.quillback) is True


def test_the_same_days_under_the_same_name_are_kept_once(cast: Cast) -> None:
    add_holiday(district=cast.larkmoor, school=None, days=THANKSGIVING, by=cast.staff)
    with pytest.raises(holidays.KnownAlready):
        add_holiday(district=cast.larkmoor, school=None, days=THANKSGIVING, by=cast.staff)
    add_holiday(district=cast.larkmoor, school=cast.quillback, days=THANKSGIVING, by=cast.staff)
    assert Holiday.objects.count() == 2


def test_the_database_refuses_a_holiday_that_ends_before_it_starts(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Holiday.objects.create(district=cast.larkmoor, first_day=FRIDAY, last_day=THURSDAY, name="Backwards")


def test_many_days_are_asked_for_with_one_query(cast: Cast, django_assert_num_queries: Any) -> None:
    add_holiday(district=cast.larkmoor, school=None, days=THANKSGIVING, by=cast.staff)
    days = holidays.SchoolCalendar(TODAY)
    with django_assert_num_queries(1):
        open_on = [days.is_school_day(TODAY + datetime.timedelta(n), cast.quillback) for n in range(14)]
    assert open_on.count(True) == 8


def test_staff_add_a_holiday_of_the_district_or_of_any_school(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.staff)
    typed = {"name": " Thanksgiving ", "first_day": "2026-11-26", "last_day": "2026-11-27"}
    assert client.post(f"{BASE}add/", typed).headers["Location"] == BASE
    client.post(f"{BASE}add/", {"name": "Fair", "first_day": "2026-12-01", "school": cast.bellwether.uid})
    december = datetime.date(2026, 12, 1)
    assert stored() == [("", THANKSGIVING), ("BHS", Days(december, december, "Fair"))]
    again = client.post(f"{BASE}add/", typed)
    assert again.context["form"].errors == {"name": ["These days are there already under this name."]}


@pytest.mark.parametrize("who", ["coordinator", "principal"])
def test_a_school_adds_its_own_holidays_and_no_other(cast: Cast, sign_in: SignIn, who: str) -> None:
    client = sign_in(getattr(cast, who))
    typed = {"name": "Fair", "first_day": "2026-12-01"}
    for wrong in ("", cast.bellwether.uid, cast.brightmere_school.uid):
        page = client.post(f"{BASE}add/", {**typed, "school": wrong})
        assert list(page.context["form"].errors) == ["school"]
    client.post(f"{BASE}add/", {**typed, "school": cast.quillback.uid})
    assert [place for place, _days in stored()] == ["QMS"]


def test_a_school_cannot_change_a_holiday_of_the_district(cast: Cast, sign_in: SignIn) -> None:
    holiday = add_holiday(district=cast.larkmoor, school=None, days=THANKSGIVING, by=cast.staff)
    client = sign_in(cast.coordinator)
    answers = [client.post(f"{BASE}{holiday.uid}/{page}", {"version": 1}) for page in ("", "take-away/")]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert "Take away" not in client.get(BASE).content.decode()


def test_a_holiday_moves_and_is_taken_away(cast: Cast, sign_in: SignIn) -> None:
    holiday = add_holiday(district=cast.larkmoor, school=None, days=THANKSGIVING, by=cast.staff)
    client, page = sign_in(cast.staff), f"{BASE}{holiday.uid}/"
    typed = {"name": "Thanksgiving", "first_day": "2026-11-25", "last_day": "2026-11-27", "version": 1}
    assert client.post(page, typed).headers["Location"] == BASE
    assert stored() == [("", Days(datetime.date(2026, 11, 25), FRIDAY, "Thanksgiving"))]
    assert client.post(page, typed).status_code == 409
    assert client.post(f"{page}take-away/", {"version": 1}).status_code == 409
    assert client.post(f"{page}take-away/", {"version": 2}).status_code == 302
    assert stored() == []


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"first_day": "2026-12-02", "last_day": "2026-12-01"}, ["The last day is before the first one."]),
        (
            {"first_day": "2026-12-01", "last_day": "2027-12-01"},
            ["That is longer than 120 days. Add the parts one by one."],
        ),
    ],
)
def test_days_that_cannot_be_are_refused(
    cast: Cast, sign_in: SignIn, typed: dict[str, str], wrong: list[str]
) -> None:
    answer = sign_in(cast.staff).post(f"{BASE}add/", {"name": "Fair", **typed})
    assert answer.context["form"].errors == {"last_day": wrong}


def test_a_file_is_shown_before_anything_is_kept(cast: Cast, sign_in: SignIn) -> None:
    page = upload(sign_in(cast.staff), SCHOOL_YEAR)
    found = page.context["found"]
    assert (found.new, found.same, stored()) == (BREAKS, [], [])
    assert found.left_out == [
        ("Board meeting", "not a whole day"),
        ("Spirit day", "repeats: add its days by hand"),
        ("Training", "called off"),
        ("Without a name", "has no name"),
        ("Picture day", "its date cannot be read"),
        ("Backwards", "its last day cannot be read"),
        ("Long ago", "over already"),
        ("Far away", "more than three years ahead"),
        ("Summer", "longer than 120 days"),
    ]


def test_what_is_ticked_is_taken_in_and_a_second_time_changes_nothing(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.staff)
    page = upload(client, SCHOOL_YEAR)
    assert take_in(client, page, "Spring break").headers["Location"] == BASE
    assert stored() == [("", days) for days in BREAKS[:3]]
    take_in(client, page, "Spring break")
    again = upload(client, SCHOOL_YEAR)
    assert (again.context["found"].new, again.context["found"].same) == (BREAKS[3:], BREAKS[:3])
    take_in(client, again, "Spring break")
    assert stored() == [("", days) for days in BREAKS[:3]]


def test_a_school_takes_in_its_own_file_for_itself_alone(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    page = upload(client, SCHOOL_YEAR, cast.quillback)
    ticked = [value for value, _holiday in page.context["new"]]
    for wrong in ("", cast.bellwether.uid):
        assert client.post(f"{BASE}file/take-in/", {"days": ticked, "school": wrong}).status_code == 200
    assert stored() == []
    take_in(client, page)
    assert stored() == [("QMS", days) for days in BREAKS]


def test_taking_in_counts_only_what_is_new(cast: Cast) -> None:
    place: dict[str, Any] = {"district": cast.larkmoor, "school": None, "by": cast.staff}
    taken = [holidays.take_in(days=days, **place) for days in (BREAKS[:2], BREAKS, BREAKS)]
    assert taken == [2, 2, 0]


def test_other_schools_do_not_see_a_schools_own_holidays(cast: Cast, sign_in: SignIn) -> None:
    add_holiday(district=cast.larkmoor, school=None, days=BREAKS[0], by=cast.staff)
    add_holiday(district=cast.larkmoor, school=cast.quillback, days=BREAKS[1], by=cast.staff)
    seen = {
        who: [row.name for row, _may_keep in sign_in(getattr(cast, who)).get(BASE).context["rows"]]
        for who in ("bellwether_coordinator", "preparer")
    }
    assert seen == {
        "bellwether_coordinator": ["Thanksgiving"],
        "preparer": ["Thanksgiving", "Winter break"],
    }


def test_days_that_no_preview_showed_are_not_taken_in(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.staff).post(f"{BASE}file/take-in/", {"days": ["made up"]})
    assert answer.context["old"].errors == {"__all__": ["This page is too old. Choose the file again."]}
    assert stored() == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_holiday_as_for_three(
    cast: Cast, sign_in: SignIn, rows: int, django_assert_num_queries: Any
) -> None:
    for days in BREAKS[:rows]:
        add_holiday(district=cast.larkmoor, school=cast.quillback, days=days, by=cast.staff)
    client = sign_in(cast.principal)
    with django_assert_num_queries(9):
        page = client.get(BASE)
    assert len(page.context["rows"]) == rows
