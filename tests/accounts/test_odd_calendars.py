"""Calendar files that are odd, damaged or hostile: what to do is said, and nothing is half taken in."""

import datetime

import pytest
from time_machine import Traveller

from accounts import calendar_file
from accounts.holidays import Days
from accounts.models import Holiday
from tests.accounts.calendars import BASE, calendar, event, take_in, upload, whole_days
from tests.conftest import Cast, SignIn

DECEMBER = "DTSTART;VALUE=DATE:20261201"
FIRST = datetime.date(2026, 12, 1)
DAMAGED = (
    "The file is not a calendar, or it is damaged. Export it again from your calendar program; the file's"
    " name ends in .ics."
)
NOT_UTF_8 = (
    "The file cannot be read as text in UTF-8. Export it again from your calendar program, as a file whose"
    " name ends in .ics."
)
WEB_PAGE = (
    "This is a web page, not a calendar. Look on it for “Export” or “Download”: that gives a file whose name"
    " ends in .ics."
)
NONE = "There is no event in this file. Export the calendar that has the holidays."
TOO_MANY = "There are too many events in this file. Export the holidays alone, or one school year."
TOO_LARGE = "The file is larger than 512 KB. Export the holidays alone, or one school year."
WHOLE = calendar(event(DECEMBER, "SUMMARY:Día"), event(DECEMBER, "SUMMARY:Another"))


@pytest.fixture(autouse=True)
def _in_november(time_machine: Traveller) -> None:
    time_machine.move_to(datetime.datetime(2026, 11, 17, 16, tzinfo=datetime.UTC))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "The file is empty. Export it again from your calendar program.", id="empty"),
        pytest.param(b" \r\n", DAMAGED, id="blank"),
        pytest.param(calendar() + b"x" * 50 * 2**20, TOO_LARGE, id="50 MB"),
        pytest.param(b"x" * (calendar_file.MOST_BYTES + 1), TOO_LARGE, id="a byte too large"),
        pytest.param(b"<!DOCTYPE html><html>BEGIN:VEVENT</html>", WEB_PAGE, id="web page"),
        pytest.param(b"name,day\r\nBreak,1\r\n", DAMAGED, id="table"),
        pytest.param(b"%PDF-1.7\n\xe2\xe3\xcf\xd3", NOT_UTF_8, id="PDF"),
        pytest.param(WHOLE.decode().encode("latin-1"), NOT_UTF_8, id="Latin-1"),
        pytest.param(WHOLE.decode().encode("utf-16"), NOT_UTF_8, id="UTF-16"),
        pytest.param(WHOLE[:-60], DAMAGED, id="cut off"),
        pytest.param(WHOLE.replace(b"\r\n", b"\r"), DAMAGED, id="without line ends"),
        pytest.param(b"END:VEVENT", DAMAGED, id="the end alone"),
        pytest.param(calendar(), NONE, id="no event"),
        pytest.param(calendar("BEGIN:VTODO", "SUMMARY:Paint", "END:VTODO"), NONE, id="tasks"),
        pytest.param(calendar(*[event(DECEMBER, "SUMMARY:A")] * 3_001), TOO_MANY, id="3,001 events"),
        pytest.param(b"begin:vevent\r\n" * 30_000, TOO_MANY, id="nested 30,000 deep"),
        pytest.param(b"BEGIN:X\r\n" * 50_000, TOO_MANY, id="nested 50,000 deep"),
        pytest.param(
            calendar(*[event(DECEMBER, f"SUMMARY:A{n}") for n in range(501)]), TOO_MANY, id="501 new ones"
        ),
    ],
)
def test_a_file_that_cannot_be_taken_says_what_to_do(
    cast: Cast, sign_in: SignIn, content: bytes, reason: str
) -> None:
    answer = upload(sign_in(cast.staff), content)
    assert answer.status_code == 200
    assert answer.context["form"].errors == {"file": [reason]}
    assert Holiday.objects.count() == 0


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        pytest.param(
            [DECEMBER, "RRULE:FREQ=DAILY;COUNT=999999999999"], "repeats: add its days by hand", id="rule"
        ),
        pytest.param([DECEMBER, "RRULE:NONSENSE"], "repeats: add its days by hand", id="rule of nonsense"),
        pytest.param([DECEMBER, "RDATE;VALUE=DATE:20261203"], "repeats: add its days by hand", id="dates"),
        pytest.param([DECEMBER, "STATUS:cancelled"], "called off", id="called off"),
        pytest.param(
            [DECEMBER, "DURATION:P999999999D"], "its last day cannot be read", id="length without end"
        ),
        pytest.param([DECEMBER, "DURATION:-P5D"], "its last day cannot be read", id="length below zero"),
        pytest.param(
            [DECEMBER, "DTEND:20261203T000000"], "its last day cannot be read", id="ends at an hour"
        ),
        pytest.param([DECEMBER, DECEMBER], "its date cannot be read", id="two first days"),
        pytest.param(
            ["DTSTART;VALUE=DATE:00010101", "DTEND;VALUE=DATE:00010101"],
            "its last day cannot be read",
            id="the first day of all",
        ),
        pytest.param(
            ["DTSTART;VALUE=DATE:99991231"], "more than three years ahead", id="the last day of all"
        ),
        pytest.param(
            ["DTSTART;TZID=America/Chicago:20261201T080000", "DTEND;TZID=America/Chicago:20261202T000000"],
            "not a whole day",
            id="from a morning on",
        ),
        pytest.param(
            ["DTSTART:20261201T000000Z", "DTEND:20261202T000000Z"], "not a whole day", id="midnight in London"
        ),
        pytest.param(["DTSTART;TZID=America/Chicago:20261201T000000"], "not a whole day", id="a moment"),
    ],
)
def test_an_event_that_cannot_be_a_holiday_is_left_out_with_its_reason(
    cast: Cast, sign_in: SignIn, lines: list[str], reason: str
) -> None:
    good = whole_days("20261221", "20270102", "Winter break")
    found = upload(sign_in(cast.staff), calendar(event(*lines, "SUMMARY:Odd"), good)).context["found"]
    assert found.left_out == [("Odd", reason)]
    assert [days.name for days in found.new] == ["Winter break"]


@pytest.mark.parametrize("zone", [";TZID=America/Chicago", ";TZID=Nowhere/At all", ""])
def test_days_from_midnight_to_midnight_of_a_place_are_whole_days(
    cast: Cast, sign_in: SignIn, zone: str
) -> None:
    written = event(f"DTSTART{zone}:20261126T000000", f"DTEND{zone}:20261128T000000", "SUMMARY:Thanksgiving")
    found = upload(sign_in(cast.staff), calendar(written)).context["found"]
    assert found.new == [Days(datetime.date(2026, 11, 26), datetime.date(2026, 11, 27), "Thanksgiving")]


def test_the_same_days_twice_in_a_file_are_one_holiday(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.staff)
    twice = [event(DECEMBER, f"UID:{uid}", "SUMMARY:Fair") for uid in (1, 1, 2)]
    take_in(client, upload(client, calendar(*twice)))
    assert [(row.first_day, row.name) for row in Holiday.objects.all()] == [(FIRST, "Fair")]


def test_a_name_is_one_line_of_what_can_be_shown(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.staff)
    names = ["SUMMARY:A\0B\x1b\u202eC\\nD", "SUMMARY:Second"]
    take_in(
        client, upload(client, calendar(event(DECEMBER, *names), event(DECEMBER, "SUMMARY:" + "x" * 400)))
    )
    assert list(Holiday.objects.values_list("name", flat=True)) == ["A B C D", "x" * 120]


def test_as_many_as_a_page_shows_are_taken_in_at_once(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.staff)
    page = upload(client, calendar(*[event(DECEMBER, f"SUMMARY:A{n}") for n in range(500)]))
    assert take_in(client, page).headers["Location"] == BASE
    assert Holiday.objects.count() == 500


def test_one_day_that_is_wrong_keeps_all_others_out(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.staff)
    page = upload(client, WHOLE)
    ticked = [value for value, _holiday in page.context["new"]]
    client.post(f"{BASE}file/take-in/", {"days": [*ticked, ticked[0] + "x"]})
    assert Holiday.objects.count() == 0
