"""What goes out as a community directory file is valid HSDS 3.0, complete, and nobody else's business."""

import datetime
import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled
from jsonschema import Draft7Validator, FormatChecker

from partners import services
from partners.interchange import listing
from partners.interchange.apply import new_batch, take_in
from partners.interchange.hsds import read
from partners.interchange.listing import directory_file
from partners.interchange.source import from_folder
from partners.models import ExternalId, Need, Partner
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_contact, a_partner, a_partnership, on
from tests.trial import OHANA, TRIAL, trial

SCHEMA = Path(__file__).parents[1] / "vendor" / "hsds-3.0" / "service_with_definitions.json"
OFFICIAL = TRIAL / "hsds-spec" / "hsds-3.0" / "schema" / "compiled" / SCHEMA.name
FILES = {
    "hsds-sample": Path(__file__).parent / "data" / "hsds-sample",
    "ohana": OHANA,
}


def out(cast: Cast) -> dict[str, Any]:
    with scopes_disabled():
        page: dict[str, Any] = json.loads("".join(directory_file(cast.larkmoor)))
    return page


def one(cast: Cast) -> dict[str, Any]:
    [organization] = out(cast)["contents"]
    return dict(organization)


def complaints(page: dict[str, Any]) -> list[str]:
    """What HSDS's schemas say of the file: organizations by their definition, their services by the root."""
    service = json.loads(SCHEMA.read_text())
    organization = service["definitions"]["organization"] | {"definitions": service["definitions"]}
    found = []
    for content in page["contents"]:
        found += Draft7Validator(organization, format_checker=FormatChecker()).iter_errors(content)
        for offered in content.get("services", []):
            found += Draft7Validator(service, format_checker=FormatChecker()).iter_errors(offered)
    return [f"{error.json_path}: {error.message}" for error in found]


def everything(cast: Cast) -> Partner:
    """A partner of which all is known that a directory file has a place for, and much that it has not."""
    by = cast.coordinator
    partner = a_partner(
        by,
        aliases=["TYC", "Tamarack"],
        kind="nonprofit",
        sectors=["mental_health"],
        tags=["inner tag"],
        description="Counsels young people.",
        website="https://tamarack.example",
        ein="55-0142001",
        owner=by,
        extra={"phones.csv": [{"number": "(555) 555-0142"}], "remark": "inner remark"},
        assured_on=on("2026-09-01"),
        assured_by="Inner Person",
    )
    services.add_site(
        partner=partner,
        by=by,
        name="Hall",
        street="1 Reed Street",
        city="Larkmoor",
        state="TX",
        postal_code="01234",
        phone="(650) 780-7525 ext 12",
        is_mailing=True,
    )
    a_contact(partner, by, role="Director", email="odile@tamarack.example", salutation="Inner salutation")
    services.add_service(
        partner=partner,
        by=by,
        name="Calm Hour",
        needs=[Need.objects.get(code="mental_health")],
        schools=[cast.quillback],
        tiers=[2],
        grades="6 to 8",
        languages=["English", "Spanish"],
        since=on("2025-08-01"),
    )
    a_partnership(partner, cast.quillback, by, "paused", because="Inner reason")
    services.log_interaction(partner=partner, by=by, note="Inner note", on=on("2026-01-05"))
    return partner


def test_all_that_we_know_goes_out_where_the_standard_has_its_place(cast: Cast) -> None:
    partner = everything(cast)
    said = one(cast)
    [site], [contact], [service] = said["locations"], said["contacts"], said["services"]
    assert {name: value for name, value in said.items() if isinstance(value, str)} == {
        "id": str(partner.uid),
        "name": "Tamarack Youth Counseling",
        "alternate_name": "TYC",
        "description": "Counsels young people.",
        "website": "https://tamarack.example",
        "tax_id": "55-0142001",
        "legal_status": "Nonprofit",
    }
    assert [phone["number"] for phone in said["phones"]] == ["+15555550142"]
    assert [(it["link_type"], it["value"]) for it in said["attributes"]] == [
        ("Sectors", "mental_health"),
        ("alternate_name", "Tamarack"),
    ]
    assert [(it["identifier_scheme"], it["identifier"]) for it in said["organization_identifiers"]] == [
        ("US-EIN", "55-0142001")
    ]
    assert [(it["address_type"], it["postal_code"]) for it in site["addresses"]] == [
        ("physical", "01234"),
        ("postal", "01234"),
    ]
    assert [(it["number"], it["extension"]) for it in site["phones"]] == [("+16507807525", 12)]
    assert (contact["name"], contact["title"], contact["email"]) == (
        "Odile Brandt",
        "Director",
        "odile@tamarack.example",
    )
    assert (service["name"], service["status"], service["eligibility_description"]) == (
        "Calm Hour",
        "active",
        "Grades: 6 to 8",
    )
    assert [it["name"] for it in service["languages"]] == ["English", "Spanish"]
    assert [it["name"] for it in service["service_areas"]] == ["Quillback Middle School"]
    assert [it["valid_from"] for it in service["schedules"]] == ["2025-08-01"]
    assert [it["taxonomy_term"]["name"] for it in service["attributes"]] == ["Mental health", "For some"]
    assert service["assured_date"] == "2026-09-01"
    assert complaints(out(cast)) == []


def test_nothing_inner_goes_out(cast: Cast) -> None:
    everything(cast)
    text = json.dumps(out(cast))
    assert [word for word in ("inner", "paused", cast.coordinator.user.name) if word in text.lower()] == []


def test_who_left_stays_out(cast: Cast) -> None:
    contact = a_contact(a_partner(cast.coordinator), cast.coordinator)
    services.contact_left(contact=contact, on=on("2026-01-05"), version=1, by=cast.coordinator)
    assert "contacts" not in one(cast)


@pytest.mark.parametrize("gone", ["archived", "merged"])
def test_a_partner_that_is_archived_or_merged_into_another_stays_out(cast: Cast, gone: str) -> None:
    partner, other = a_partner(cast.staff, "A"), a_partner(cast.staff, "B")
    if gone == "archived":
        partner.archived_at = partner.created_at
    else:
        partner.merged_into = other
    partner.save()
    assert one(cast)["name"] == "B"


@pytest.mark.parametrize(
    ("status", "until", "said"),
    [
        ("", None, "active"),
        ("Defunct", None, "defunct"),
        ("on leave", None, "inactive"),
        ("active", datetime.date(2026, 1, 31), "inactive"),
    ],
)
def test_whether_a_service_can_be_had(
    cast: Cast, status: str, until: datetime.date | None, said: str
) -> None:
    partner = a_partner(cast.staff)
    services.add_service(partner=partner, by=cast.staff, name="It", until=until, extra={"status": status})
    [service] = one(cast)["services"]
    assert service["status"] == said


def test_what_another_directory_calls_a_record_is_given_back(cast: Cast) -> None:
    take_in(directory=read(from_folder(FILES["hsds-sample"])), batch=new_batch(district=cast.larkmoor))
    organizations = out(cast)["contents"]
    given = {
        "organization": [
            (it["identifier_type"], it["identifier"])
            for one in organizations
            for it in one["organization_identifiers"]
            if it["identifier_type"] != "EIN"
        ],
        "location": [
            (it["external_identifier_type"], it["external_identifier"])
            for one in organizations
            for it in one["locations"]
        ],
    }
    for entity, part in (("service", "services"), ("contact", "contacts")):
        given[entity] = [
            (named["taxonomy_term"]["name"], named["value"])
            for one in organizations
            for it in one.get(part, [])
            for named in it["attributes"]
            if named["link_type"] == "external_identifier"
        ]
    known = ExternalId.objects.values_list("entity", "source", "external_id")
    assert sorted((entity, *name) for entity, names in given.items() for name in names) == sorted(known)


def test_an_id_that_the_standard_takes_is_the_id_again(cast: Cast) -> None:
    theirs = uuid.uuid4()
    batch = new_batch(district=cast.larkmoor)
    batch.save()
    for external in ("12", str(theirs)):
        ExternalId.objects.create(
            district=cast.larkmoor,
            source="A directory",
            entity="organization",
            external_id=external,
            object_id=a_partner(cast.staff).pk if external == "12" else Partner.objects.get().pk,
            batch=batch,
        )
    assert one(cast)["id"] == str(theirs)


def test_the_same_records_make_the_same_file(cast: Cast) -> None:
    everything(cast)
    assert out(cast) == out(cast)


@pytest.mark.parametrize("name", FILES)
def test_a_directory_that_came_in_goes_out_valid_and_whole(cast: Cast, name: str) -> None:
    directory = read(from_folder(trial(FILES[name])))
    take_in(directory=directory, batch=new_batch(district=cast.larkmoor), leave_out=True)
    page = out(cast)
    assert complaints(page) == []
    went = dict.fromkeys(("locations", "services", "contacts"), 0)
    for content in page["contents"]:
        for part in went:
            went[part] += len(content.get(part, []))
    came = [record.entity for record in directory.records]
    assert (page["total_items"], went) == (
        came.count("organization"),
        {part: came.count(part.removesuffix("s")) for part in went},
    )


def test_our_copy_of_the_schema_is_the_official_one() -> None:
    assert SCHEMA.read_bytes() == trial(OFFICIAL).read_bytes()


def test_a_district_without_partners_gives_an_empty_page(cast: Cast) -> None:
    assert out(cast) == {
        "total_items": 0,
        "total_pages": 1,
        "page_number": 1,
        "size": 0,
        "first_page": True,
        "last_page": True,
        "empty": True,
        "contents": [],
    }


@pytest.mark.parametrize("partners", [1, 3])
def test_it_takes_as_many_queries_for_one_partner_as_for_three(cast: Cast, partners: int) -> None:
    for _ in range(partners):
        everything(cast)
    with CaptureQueriesContext(connection) as queries:
        assert len(out(cast)["contents"]) == partners
    assert len(queries) == 8


def test_a_large_district_is_read_piece_by_piece(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["A", "B", "C", "D", "E"]
    for name in reversed(names):
        a_partner(cast.staff, name)
    monkeypatch.setattr(listing, "CHUNK", 2)
    pieces = list(directory_file(cast.larkmoor))
    assert len(pieces) == 5
    assert [it["name"] for it in json.loads("".join(pieces))["contents"]] == names


def test_a_coordinator_downloads_it_in_english_whatever_they_read(cast: Cast, sign_in: SignIn) -> None:
    everything(cast)
    a_partner_elsewhere(cast)
    client = sign_in(cast.coordinator)
    client.post("/i18n/setlang/", {"language": "es"})
    answer = client.get("/d/larkmoor/partners/export/directory.json")
    page = json.loads(answer.getvalue())
    assert (answer["Content-Type"], page) == ("application/json", out(cast))
    assert answer["Content-Disposition"].startswith('attachment; filename="larkmoor-')


def a_partner_elsewhere(cast: Cast) -> None:
    with scope(district=cast.brightmere):
        a_partner(cast.brightmere_staff, "Elsewhere")
