"""A community directory file becomes linked records of our shape; what is wrong is named with its place."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from partners.interchange import hsds
from partners.interchange.columns import ADDRESSES, SHEETS
from partners.interchange.problems import Problem, Refused
from partners.interchange.source import Files, from_folder
from partners.interchange.staging import MODELS
from partners.models import Site
from tests.trial import OHANA, trial

SAMPLE = Path(__file__).parent / "data" / "hsds-sample"


def sample(**changes: tuple[str, str]) -> Files:
    """The sample's files; each change replaces one text by another in the file of that name."""
    files = from_folder(SAMPLE)
    for name, (old, new) in changes.items():
        text = files[f"{name}.csv"].decode()
        assert text.count(old) == 1, f"{name}.csv holds {old!r} {text.count(old)} times"
        files[f"{name}.csv"] = text.replace(old, new).encode()
    return files


def record(directory: hsds.Directory, entity: str, external_id: str) -> hsds.Record:
    [found] = [r for r in directory.records if (r.entity, r.external_id) == (entity, external_id)]
    return found


def refusal(files: Files) -> list[str]:
    with pytest.raises(Refused) as caught:
        hsds.read(files)
    return [str(problem) for problem in caught.value.problems]


def left_out(directory: hsds.Directory) -> list[str]:
    return [str(problem) for problem in directory.problems if problem.weight != "note"]


def test_the_sample_is_read_whole() -> None:
    directory = hsds.read(sample())
    assert directory.counts == {"organization": 3, "location": 4, "service": 4, "contact": 4}
    assert Counter(r.entity for r in directory.records) == directory.counts
    assert left_out(directory) == []


def test_the_public_sample_is_read_whole() -> None:
    directory = hsds.read(from_folder(trial(OHANA)))
    assert directory.counts == {"organization": 8, "location": 22, "service": 23, "contact": 31}
    assert len(directory.records) == 84
    assert directory.problems == []


def test_an_organization_becomes_a_partner() -> None:
    pantry = record(hsds.read(sample()), "organization", "2")
    assert pantry.fields == {
        "name": "Open Cupboard Pantry",
        "aliases": ["The Cupboard, Larkmoor"],
        "description": "A food pantry that\nopens on Tuesdays and Saturdays.",
        "website": "http://cupboard.example",
        "ein": "",
    }


def test_a_location_becomes_a_site_with_its_address_and_the_telephone_that_a_person_answers() -> None:
    house = record(hsds.read(sample()), "location", "1")
    assert house.fields == {
        "name": "Tamarack House",
        "street": "18 Quarry Lane",
        "street2": "",
        "city": "Larkmoor",
        "state": "TX",
        "postal_code": "00001",
        "phone": "+15125550142;ext=12",
    }


def test_a_location_without_a_street_takes_its_mail_address() -> None:
    assert record(hsds.read(sample()), "location", "4").fields["street"] == "5 Mill Street"


def test_a_service_keeps_its_languages_as_a_list() -> None:
    service = record(hsds.read(sample()), "service", "1")
    assert service.fields == {
        "name": "Counselor at school",
        "description": "One hour a week, at school or here.",
        "languages": ["English", "Spanish"],
    }


def test_a_contact_belongs_to_the_organization_of_its_location_its_service_or_its_own() -> None:
    directory = hsds.read(sample())
    owners = {r.external_id: r.organization_id for r in directory.records if r.entity == "contact"}
    assert owners == {"1": "1", "2": "1", "3": "2", "4": "3"}


@pytest.mark.parametrize(
    ("contact", "phone"), [("1", "+15125550143"), ("2", ""), ("3", "+442079460018"), ("4", "")]
)
def test_a_contact_has_its_own_telephone(contact: str, phone: str) -> None:
    assert record(hsds.read(sample()), "contact", contact).fields["phone"] == phone


def test_a_telephone_that_cannot_be_read_stays_as_it_is() -> None:
    assert record(hsds.read(sample()), "location", "2").fields["phone"] == "call the office"


def test_what_we_do_not_use_is_kept_verbatim() -> None:
    pantry = record(hsds.read(sample()), "location", "2")
    assert pantry.extra == {
        "organization_id": "2",
        "short_desc": "Pantry",
        "virtual": "false",
        "addresses.csv": [
            {
                "id": "2",
                "location_id": "2",
                "address_1": "20 Quarry Lane",
                "address_2": "Back door",
                "city": "Larkmoor",
                "state_province": "TX",
                "postal_code": "00001-0001",
                "country": "US",
            }
        ],
        "phones.csv": [
            {
                "id": "5",
                "contact_id": "",
                "location_id": "2",
                "organization_id": "",
                "service_id": "",
                "country_prefix": "",
                "department": "",
                "extension": "",
                "number": "call the office",
                "number_type": "voice",
                "vanity_number": "",
            }
        ],
        "regular_schedules.csv": [
            {
                "id": "1",
                "location_id": "2",
                "service_id": "",
                "weekday": "Tuesday",
                "opens_at": "9am",
                "closes_at": "03:00",
            }
        ],
    }


def test_rows_that_point_to_nothing_are_kept_with_the_directory() -> None:
    loose = hsds.read(sample()).loose
    assert {file: len(rows) for file, rows in loose.items()} == {"taxonomy.csv": 2}


def test_values_that_are_none_are_kept_aside_with_a_note() -> None:
    directory = hsds.read(sample())
    assert [str(problem) for problem in directory.problems] == [
        "contacts.csv, row 3, column email: samir at tamarack is not an e-mail address; it is kept aside",
        "organizations.csv, row 4, line 5, column website: "
        "ask at the desk is not a web address; it is kept aside",
        "organizations.csv, row 4, line 5, column tax_id: "
        "not yet is not a tax number of nine digits; it is kept aside",
    ]
    reading_room = record(directory, "organization", "3")
    assert (reading_room.fields["website"], reading_room.extra["website"]) == ("", "ask at the desk")


def test_a_link_that_is_no_web_address_never_becomes_one() -> None:
    directory = hsds.read(sample(organizations=("ask at the desk", "javascript:alert(1)")))
    assert record(directory, "organization", "3").fields["website"] == ""


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            {"locations": ("4,3,", "4,99,")},
            "locations.csv, row 5, column organization_id: "
            "organizations.csv has no usable row with the id 99",
        ),
        (
            {"phones": ("5,,2,", "5,,77,")},
            "phones.csv, row 6, column location_id: locations.csv has no usable row with the id 77",
        ),
        (
            {"contacts": ("3,,2,,", "3,,,,")},
            "contacts.csv, row 4: the row doesn't say which organization it belongs to",
        ),
    ],
)
def test_a_row_that_points_nowhere_is_named_and_left_out(change: dict[str, Any], reason: str) -> None:
    directory = hsds.read(sample(**change))
    assert left_out(directory).count(reason) == 1
    assert directory.unusable == []


def test_a_column_of_links_that_is_missing_is_said_once_not_once_a_row() -> None:
    files = sample() | {"contacts.csv": b"id,name\n1,Ada Brandt\n2,Odile Brandt\n3,Sol Brandt"}
    directory = hsds.read(files)
    assert [said for said in left_out(directory) if said.startswith("contacts.csv")] == [
        "contacts.csv, column organization_id: this column is missing, "
        "so 3 rows don't say which organization they belong to",
    ]
    assert directory.unusable == []


def test_what_hangs_on_a_row_that_is_left_out_is_left_out_too() -> None:
    directory = hsds.read(sample(locations=("4,3,", "4,99,")))
    assert left_out(directory) == [
        "contacts.csv, row 5, column location_id: locations.csv has no usable row with the id 4",
        "locations.csv, row 5, column organization_id: organizations.csv has no usable row with the id 99",
        "mail_addresses.csv, row 3, column location_id: locations.csv has no usable row with the id 4",
        "services.csv, row 5, column location_id: locations.csv has no usable row with the id 4",
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            {"services": ("Calm Hour", "")},
            "services.csv, row 3, column name: this cell is blank, and it is needed",
        ),
        ({"contacts": ("2,,,1", "1,,,1")}, "contacts.csv, row 3, column id: row 2 has the same id, 1"),
        (
            {"services": ("Calm Hour", "Calm, Hour")},
            "services.csv, row 3: cells: 15 here, 14 in the first row",
        ),
        (
            {"services": ("Calm Hour", "Calm\x00")},
            "services.csv, row 3: a cell holds a character that is not text",
        ),
        (
            {"contacts": ("Odile Brandt", "O" * 121)},
            "contacts.csv, row 2, column name: this cell is longer than 120 characters",
        ),
    ],
)
def test_a_row_that_cannot_be_used_is_named(change: dict[str, Any], reason: str) -> None:
    assert [str(problem) for problem in hsds.read(sample(**change)).unusable] == [reason]


def test_a_missing_column_is_named() -> None:
    assert refusal(sample(services=("languages,name,status", "languages,called,status"))) == [
        "services.csv, column name: this column is missing"
    ]


def test_a_file_without_organizations_is_refused() -> None:
    files = sample()
    del files["organizations.csv"]
    assert refusal(files) == ["organizations.csv: this file is missing; a directory needs it"]


def test_every_file_that_cannot_be_read_is_named_at_once() -> None:
    broken = sample(contacts=('"Nguyễn', '"Ngu"yễn'), services=('"One hour', '"One hour"'))
    assert refusal(broken) == [
        "contacts.csv, row 5: a quotation mark opens here and doesn't close as it must",
        "services.csv, row 2: a quotation mark opens here and doesn't close as it must",
    ]


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hsds, "MAX_ROWS", 10)
    assert refusal(sample()) == ["there are more than 10 rows together"]


def test_version_1_1_names_and_places_are_understood() -> None:
    directory = hsds.read(
        {
            "organizations.csv": b"id,name,description,url,tax_id\no1,Umber Valley Clinic,Care,https://umber.example,",
            "locations.csv": b"id,organization_id,name\nl1,,Clinic",
            "services.csv": b"id,organization_id,name,status\ns1,o1,Check-ups,active",
            "services_at_location.csv": b"id,service_id,location_id\nsl1,s1,l1",
            "physical_addresses.csv": b"id,location_id,address_1,city,state_province,postal_code,country\n"
            b"a1,l1,9 Mill Street,Larkmoor,TX,00001,US",
            "languages.csv": b"id,service_id,language\n1,s1,Spanish",
            "phones.csv": b"id,location_id,number,type\np1,l1,512-555-0177,voice",
            "contacts.csv": b"id,service_at_location_id,name,title\nc1,sl1,Ada Umber,Nurse",
        }
    )
    assert [(r.entity, r.organization_id) for r in directory.records] == [
        ("organization", "o1"),
        ("location", "o1"),
        ("service", "o1"),
        ("contact", "o1"),
    ]
    assert record(directory, "location", "l1").fields["phone"] == "+15125550177"
    assert record(directory, "service", "s1").fields["languages"] == ["Spanish"]
    assert directory.problems == []


def test_two_rows_that_point_at_each_other_are_left_out() -> None:
    directory = hsds.read(
        {
            "organizations.csv": b"id,name\no1,Umber Valley Clinic",
            "locations.csv": b"id,service_id\nl1,s1",
            "services.csv": b"id,location_id,name\ns1,l1,Check-ups",
        }
    )
    assert [r.entity for r in directory.records] == ["organization"]


def test_a_problem_survives_being_stored() -> None:
    [problem] = hsds.read(sample(services=("Calm Hour", ""))).unusable
    assert Problem.from_json(problem.as_json()) == problem


def test_no_column_takes_more_than_our_table_holds() -> None:
    held = {
        (entity, ours): MODELS[entity]._meta.get_field(ours).max_length
        for entity, sheet in SHEETS.items()
        for ours in sheet.longest
        if ours not in ("id", "aliases")
    }
    assert held == {(entity, ours): SHEETS[entity].longest[ours] for entity, ours in held}
    assert ADDRESSES.longest == {ours: Site._meta.get_field(ours).max_length for ours in ADDRESSES.longest}


def test_a_language_that_our_table_does_not_hold_is_kept_verbatim_alone() -> None:
    directory = hsds.read(sample(services=('"English, Spanish"', f'"English, {"x" * 61}"')))
    service = record(directory, "service", "1")
    assert (service.fields["languages"], service.extra["languages"]) == (["English"], "English, " + "x" * 61)
