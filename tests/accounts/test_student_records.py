"""What looks like a student's record is warned of, once; what only resembles one is not."""

import pytest
from django.test import Client

from accounts.student_records import Reason, looks_like_student_record
from partners.models import Interaction
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_partner

ID, BIRTH = [Reason.ID_NUMBER], [Reason.BIRTH_DATE]


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("Student ID 4417203 starts on Monday.", ID),
        ("Asked about student 4417203.", ID),
        ("ID: 4417203 needs a ride", ID),
        ("id no. 991203", ID),
        ("SSID 1234567890", ID),
        ("her social is 412-55-0142", ID),
        ("Matrícula 4417203", ID),
        ("El alumno número 4417203 viene el lunes.", ID),
        ("Maria Lopez, 3/14/2014, will join.", BIRTH),
        ("Maria T. Lopez (2014-03-14) will join.", BIRTH),
        ("He was born on March 14, 2014.", BIRTH),
        ("DOB 03/14/14", BIRTH),
        ("D.O.B.: 03-14-2014", BIRTH),
        ("Nacida el 14 de marzo de 2014", BIRTH),
        ("Maria Lopez, 3/14/2014, student 4417203", [Reason.ID_NUMBER, Reason.BIRTH_DATE]),
    ],
)
def test_what_looks_like_a_record(text: str, reasons: list[Reason]) -> None:
    assert looks_like_student_record(text, 2026) == reasons


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Call Ms. Alvarez at (555) 555-0142 or 555-555-0142, ext. 12.",
        "Call 6507807525 about 40 students.",
        "They serve 612 students at 3 schools.",
        "Met Odile Brandt, 11/3/2026, 3:30 in the library.",
        "Next meeting with Odile Brandt: December 4, 2026.",
        "Odile Brandt 2026-11-03: wants two dates.",
        "Grant S184F220019 ends 9/30/2027.",
        "Grant ID 84184220 and award 2200190.",
        "Tax ID 550142001, EIN 55-0142001.",
        "Zoom meeting ID 8451234567, passcode 123456.",
        "NCES ID 480894000291; campus ID 227901002.",
        "Invoice 2026-0417 for 1,200 dollars.",
        "The organization was born in 1987.",
        "Founded 3/14/2014 by two mothers.",
        "Students 12345 Main Street",
        "Austin, TX 78741-2455",
        "The idea 12345 times over",
    ],
)
def test_what_only_resembles_one(text: str) -> None:
    assert looks_like_student_record(text, 2026) == []


RECORD = "Talked about student 4417203."
WARNING = "This looks like a student&#x27;s ID number."


@pytest.fixture
def address(cast: Cast) -> str:
    return f"/d/larkmoor/partners/{a_partner(cast.coordinator).uid}"


@pytest.fixture
def client(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.coordinator)


def call(cast: Cast, note: str, **more: str) -> dict[str, str]:
    return {
        "note": note,
        "channel": "call",
        "direction": "out",
        "on": "2026-01-05",
        "school": str(cast.quillback.pk),
        **more,
    }


def test_a_note_is_warned_of_once_and_saved_by_the_second_press(
    cast: Cast, client: Client, address: str
) -> None:
    answer = client.post(f"{address}/call/", call(cast, RECORD))
    page = answer.content.decode()
    assert (Interaction.objects.count(), page.count(WARNING) > 0, "Save anyway" in page) == (0, True, True)
    assert '<input type="hidden" name="warned" value="note:id_number"' in page
    answer = client.post(f"{address}/call/", call(cast, RECORD, warned="note:id_number"))
    assert (answer.status_code, Interaction.objects.get().note) == (302, RECORD)


def test_what_is_added_after_a_warning_is_warned_of_too(cast: Cast, client: Client, address: str) -> None:
    both = f"{RECORD} Born 3/14/2024."
    page = client.post(f"{address}/call/", call(cast, both, warned="note:id_number")).content.decode()
    assert (Interaction.objects.count(), WARNING in page) == (0, False)
    assert "This looks like a child&#x27;s birth date." in page


def test_an_ordinary_note_is_kept_at_once(cast: Cast, client: Client, address: str) -> None:
    assert client.post(f"{address}/call/", call(cast, "They come on Tuesdays.")).status_code == 302


def test_the_button_keeps_its_words_where_something_else_is_wrong(
    cast: Cast, client: Client, address: str
) -> None:
    page = client.post(f"{address}/call/", call(cast, RECORD, channel="")).content.decode()
    assert (WARNING in page, "Save anyway" in page, "Keep this" in page) == (True, False, True)


@pytest.mark.parametrize(
    ("page", "field", "typed"),
    [
        ("edit", "description", {"name": "Tamarack", "kind": "unknown", "version": "1"}),
        ("contacts/add", "role", {"name": "Odile Brandt", "language": "en"}),
        ("services/add", "description", {"name": "Calm Hour"}),
        ("start", "because", {"school": "1", "stage": "paused"}),
    ],
)
def test_other_free_text_is_watched(
    cast: Cast, client: Client, address: str, page: str, field: str, typed: dict[str, str]
) -> None:
    typed = {**typed, "school": str(cast.quillback.pk), field: RECORD}
    assert WARNING in client.post(f"{address}/{page}/", typed).content.decode()
    again = client.post(f"{address}/{page}/", {**typed, "warned": f"{field}:id_number"})
    assert again.status_code == 302
