"""The list goes out as a sheet: exactly what it holds as filtered, safe to open, and readable again."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import clock
from partners import services
from partners.interchange.list_out import COLUMNS
from partners.interchange.sheets import read_sheet
from partners.interchange.sheets_out import csv_file, workbook_file
from partners.interchange.tables import Table
from partners.models import Need, Partner
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_contact, a_partner, a_partnership

OUT = "/d/larkmoor/partners/export/list."
ODD = [
    "=1+1",
    "'=1+1",
    "-5",
    "@here",
    "\tx",
    "a\nb",
    " ",
    "_x0041_",
    "<&>\"'",
    "Niño",
    "011901",
    "+1 555 0100",
]
both = pytest.mark.parametrize("kind", ["csv", "xlsx"])


@pytest.fixture
def client(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.coordinator)


def taken_out(client: Client, kind: str, url: str = "") -> Table:
    response = client.get(f"{OUT}{kind}{url}")
    assert response.status_code == 200
    return read_sheet(f"list.{kind}", response.getvalue())


def names(table: Table) -> list[str]:
    return [row.values["Name"] for row in table.rows]


def in_full(cast: Cast) -> Partner:
    partner = a_partner(
        cast.staff,
        "=Umber Clinic",
        aliases=["UC", "Old Umber"],
        sectors=["health_care", "youth"],
        tags=["summer", "grant"],
        website="https://umber.example",
        ein="01-1901000",
        owner=cast.staff,
    )
    a_partnership(partner, cast.quillback, cast.coordinator, "active", owner=cast.coordinator)
    a_partnership(partner, cast.bellwether, cast.staff, "exploring")
    services.add_site(partner=partner, by=cast.staff, name="Hall", city="Ferrywatch")
    for name, need, tiers in (("Calm Hour", "trauma", [1, 2]), ("Visit", "attendance", [])):
        needs = [Need.objects.get(code=need)]
        services.add_service(partner=partner, by=cast.staff, name=name, needs=needs, tiers=tiers)
    a_contact(partner, cast.staff, "Zora Quill", email="zora@umber.example")
    a_contact(partner, cast.staff, "Odile Brandt", email="odile@umber.example", phone="+15555550142")
    today = clock.today(cast.larkmoor)
    services.log_interaction(
        partner=partner, by=cast.coordinator, note="Hi.", on=today, school=cast.quillback
    )
    return partner


@both
def test_a_row_says_all_that_a_coordinator_expects(cast: Cast, client: Client, kind: str) -> None:
    partner = in_full(cast)
    [row] = taken_out(client, kind).rows
    assert row.values == {
        "Name": "=Umber Clinic",
        "Other names": "UC; Old Umber",
        "Kind": "",
        "Sectors": "Health care; Youth",
        "What they do": "",
        "Street": "",
        "City": "Ferrywatch",
        "State": "",
        "ZIP code": "",
        "Stage": "Quillback Middle School: Active; Bellwether High School: Talking",
        "Looked after by": "The district: Ana Whitcombe; Quillback Middle School: Imogen Tasker",
        "Next step": "",
        "Agreement until": "",
        "Last contact": clock.today(cast.larkmoor).isoformat(),
        "Contact": "Odile Brandt",
        "Role": "",
        "E-mail": "odile@umber.example",
        "Phone": "(555) 555-0142",
        "Services": "Calm Hour; Visit",
        "Needs": "Calm Hour: Trauma and toxic stress; Visit: Attendance",
        "For how many students": "Calm Hour: For all; Calm Hour: For some",
        "Tags": "summer; grant",
        "EIN": "01-1901000",
        "Website": "https://umber.example",
        "ID": str(partner.uid),
    }


def test_at_one_school_the_stage_there_alone_is_told(cast: Cast, client: Client) -> None:
    in_full(cast)
    [row] = taken_out(client, "csv", "?school=quillback").rows
    assert row.values["Stage"] == "Quillback Middle School: Active"


def test_of_one_service_its_needs_stand_without_its_name(cast: Cast, client: Client) -> None:
    partner = a_partner(cast.staff, "Umber Clinic")
    services.add_service(partner=partner, by=cast.staff, name="Calm Hour", tiers=[1, 3])
    [row] = taken_out(client, "csv").rows
    assert row.values["For how many students"] == "For all; For a few"


@both
def test_all_rows_go_out_in_the_order_of_the_list_not_only_its_page(
    cast: Cast, client: Client, kind: str
) -> None:
    for n in range(30):
        a_partner(cast.staff, f"Partner {n:03}", sectors=["youth"] if n % 2 else [])
    last_first = [f"Partner {n:03}" for n in reversed(range(30))]
    assert names(taken_out(client, kind, "?sort=changed")) == last_first
    assert names(taken_out(client, kind, "?sort=changed&sector=youth")) == last_first[::2]
    begun = Partner.objects.get(name="Partner 020")
    assert len(names(taken_out(client, kind, f"?from={begun.uid}"))) == 30


def test_a_search_goes_out_with_all_that_it_finds_and_its_typing_errors_forgiven(
    cast: Cast, client: Client
) -> None:
    for n in range(101):
        a_partner(cast.staff, f"Community {n:03}")
    a_partner(cast.staff, "Sable Rink")
    assert len(names(taken_out(client, "csv", "?q=community"))) == 101
    assert len(names(taken_out(client, "csv", "?q=comunitty"))) == 101


@both
def test_whatever_stands_in_a_cell_is_read_again_as_it_was(kind: str) -> None:
    lines = [["Name", *"bcdefghijkl"], ODD]
    content = csv_file(lines) if kind == "csv" else workbook_file(lines, title="A/B")
    [row] = read_sheet(f"odd.{kind}", b"".join(content)).rows
    assert list(row.values.values()) == ODD


def test_a_spreadsheet_runs_nothing_of_it() -> None:
    text = b"".join(csv_file([["=1+1", "safe"]])).decode("utf-8-sig")
    assert text == "'=1+1,safe\r\n"


def test_what_a_workbook_cannot_hold_is_shown_as_a_sign() -> None:
    [row] = read_sheet("x.xlsx", b"".join(workbook_file([["Name"], ["a\x00\x1fb"]], title="x"))).rows
    assert row.values == {"Name": "a\ufffd\ufffdb"}


def test_an_empty_list_goes_out_as_its_columns(client: Client, cast: Cast) -> None:
    text = client.get(f"{OUT}csv").getvalue().decode("utf-8-sig")
    assert text.strip() == ",".join(str(name) for name, _cell in COLUMNS)


def test_a_sheet_takes_as_many_queries_for_one_row_as_for_three(cast: Cast, client: Client) -> None:
    counts = []
    for name in ("One", "Two", "Three"):
        partner = a_partner(cast.staff, name, owner=cast.staff)
        a_partnership(partner, cast.quillback, cast.coordinator, "active", owner=cast.coordinator)
        a_contact(partner, cast.staff)
        services.add_service(partner=partner, by=cast.staff, name="Visit", needs=Need.objects.all()[:2])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            taken_out(client, "csv")
        counts.append(len(queries))
    assert counts[1:] == [counts[0]] * 2


def test_the_page_offers_the_list_as_it_stands_to_those_who_may_take_it_out(
    cast: Cast, client: Client, sign_in: SignIn
) -> None:
    a_partner(cast.staff, sectors=["youth"])
    url = "/d/larkmoor/partners/?sector=youth"
    assert "export/list.xlsx?sector=youth" in client.get(url).content.decode()
    assert "export/list" not in sign_in(cast.viewer).get(url).content.decode()
