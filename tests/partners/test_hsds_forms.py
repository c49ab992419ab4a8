"""Each form of a community directory file is known: prefixed columns, 3.0 as CSV and as JSON, our own."""

import json
from pathlib import Path
from typing import Any

import pytest
from django_scopes import scope

from partners import services
from partners.interchange.apply import new_batch, take_in
from partners.interchange.hsds import Directory, read
from partners.interchange.listing import directory_file
from partners.interchange.problems import Refused
from partners.interchange.source import from_folder
from partners.models import Contact, Partner, Service, Site
from tests.conftest import Cast
from tests.trial import TRIAL, trial

EXAMPLES = TRIAL / "hsds-spec" / "hsds-3.0" / "examples"
ORGANIZATION = {
    "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610",
    "name": "Umber Youth Club",
    "website": "http://umber.example",
    "locations": [
        {
            "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5",
            "name": "Hall",
            "addresses": [{"id": "a", "address_1": "7 Mill St", "city": "Larkmoor", "postal_code": "00501"}],
        }
    ],
    "contacts": [
        {
            "id": "c",
            "name": "Ana Ruiz",
            "title": "Director",
            "phones": [{"id": "p", "number": "555-555-0142"}],
        }
    ],
    "services": [
        {"id": "s", "name": "Calm Hour", "languages": [{"id": "l", "name": "English"}], "status": "active"}
    ],
}
COUNTS = {"organization": 1, "location": 1, "service": 1, "contact": 1}


def in_json(said: Any) -> Directory:
    return read({"directory.json": json.dumps(said).encode()})


def said_of(directory: Directory) -> list[tuple[str, str]]:
    return [(record.entity, str(record.fields["name"])) for record in directory.records]


@pytest.mark.parametrize(
    "said",
    [
        ORGANIZATION,
        [ORGANIZATION],
        {"total_items": 1, "contents": [ORGANIZATION]},
        {"contents": [ORGANIZATION, ORGANIZATION]},
        {"id": "s", "name": "Calm Hour", "status": "active", "organization": ORGANIZATION},
    ],
)
def test_json_is_known_by_its_shape(said: Any) -> None:
    directory = in_json(said)
    assert (directory.counts, directory.problems) == (COUNTS, [])
    fields = {record.entity: record.fields for record in directory.records}
    assert fields["location"]["street"] == "7 Mill St"
    assert fields["contact"]["phone"] == "+15555550142"
    assert fields["service"]["languages"] == ["English"]


def test_a_service_at_a_location_belongs_to_its_organization() -> None:
    location = {"id": "l", "name": "Hall", "location_type": "physical"}
    service = {"id": "s", "name": "Calm Hour", "organization": {"id": "o", "name": "Umber"}}
    directory = in_json({"id": "x", "location": location, "service": service})
    assert said_of(directory) == [("organization", "Umber"), ("location", "Hall"), ("service", "Calm Hour")]


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read({"directory.json": content})
    assert caught.value.problems[0].code == "not_json"


def test_json_of_something_else_lacks_its_organizations() -> None:
    with pytest.raises(Refused) as caught:
        in_json({"resources": [{"name": "x"}]})
    assert caught.value.problems[0].code == "no_table"


def test_columns_with_the_name_of_their_table_are_known() -> None:
    files = {
        "organizations.csv": b"organization_uuid,organization_name\no1,Umber\n",
        "locations.csv": b"organization_uuid,location_name,location_uuid\no1,Hall,l1\n",
        "services.csv": b"service_uuid,organization_uuid,service_name\ns1,o1,Calm Hour\n",
    }
    directory = read(files)
    assert said_of(directory) == [("organization", "Umber"), ("location", "Hall"), ("service", "Calm Hour")]
    assert directory.problems == []


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        (TRIAL / "hsds-data" / "florida-legal-aid", (20, 378, 135, 0)),
        (TRIAL / "hsds-data" / "ohana-sample-csv", (8, 22, 23, 31)),
        (TRIAL / "hsds-data" / "uk-oruk-3.0-default", (10, 1, 1, 1)),
        (EXAMPLES / "csv", (1, 1, 1, 1)),
        (EXAMPLES / "tabular.json", (1, 1, 1, 1)),
        (EXAMPLES / "organization_full.json", (1, 1, 1, 1)),
        (EXAMPLES / "organization_list.json", (1, 0, 0, 0)),
        (EXAMPLES / "service_full.json", (1, 1, 1, 1)),
        (EXAMPLES / "service_list.json", (1, 0, 1, 0)),
        (EXAMPLES / "service_at_location_full.json", (1, 1, 1, 1)),
        (EXAMPLES / "service_at_location_list.json", (1, 1, 1, 0)),
    ],
    ids=lambda it: it.name if isinstance(it, Path) else "",
)
def test_public_directories_come_in_whole(path: Path, counts: tuple[int, ...]) -> None:
    trial(path)
    directory = read(from_folder(path) if path.is_dir() else {path.name: path.read_bytes()})
    assert (tuple(directory.counts.values()), len(directory.records)) == (counts, sum(counts))


def test_our_own_file_makes_the_same_records_in_another_district(cast: Cast) -> None:
    by = cast.coordinator
    ours = services.create_partner(
        by=by,
        name="Umber Youth Club",
        aliases=["UYC"],
        ein="01-2345678",
        description="Boxing",
        website="http://umber.example",
    )
    services.add_site(
        partner=ours,
        by=by,
        name="Hall",
        street="7 Mill St",
        city="Larkmoor",
        state="TX",
        postal_code="00501",
        phone="555-555-0142",
    )
    services.add_contact(
        partner=ours,
        by=by,
        name="Ana Ruiz",
        role="Director",
        email="ana@umber.example",
        phone="555-555-0143 x12",
    )
    services.add_service(
        partner=ours, by=by, name="Calm Hour", description="Quiet", languages=["English", "Spanish"]
    )
    before = records()
    content = "".join(directory_file(cast.larkmoor)).encode()
    with scope(district=cast.brightmere):
        take_in(
            directory=read({"directory.json": content}),
            batch=new_batch(district=cast.brightmere, source="Larkmoor"),
        )
        assert records() == before


def records() -> list[Any]:
    """What the directory in scope says, without keys."""
    return [
        list(Partner.objects.values_list("name", "aliases", "ein", "description", "website")),
        list(Site.objects.values_list("name", "street", "city", "state", "postal_code", "phone")),
        list(Contact.objects.values_list("name", "role", "email", "phone")),
        list(Service.objects.values_list("name", "description", "languages")),
    ]
