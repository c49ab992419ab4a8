"""Who serves what: the findings, the grid, a cell, the sheet, and how a school rates its needs."""

import csv
import datetime
import io
import re
from typing import Any

import pytest
from django.test import Client

from accounts import clock
from accounts.models import School
from partners import services
from partners.coverage_queries import coverage, offers_of
from partners.findings import FindingKind, findings
from partners.models import Merge, Need, NeedRating, OverlapSettlement, Partner
from partners.services import rate_needs
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_partner, a_partnership

PAGE = "/d/larkmoor/coverage/"


def need(code: str = "attendance") -> Need:
    found: Need = Need.objects.get(code=code)
    return found


def serving(cast: Cast, name: str, school: School | None, code: str = "attendance", **values: Any) -> Partner:
    """An active partner with a service for a need."""
    partner = a_partner(cast.coordinator, name)
    a_partnership(partner, school, cast.staff, stage="active")
    values = {"tiers": [2], "grades": "7", "schools": [], **values}
    services.add_service(partner=partner, by=cast.staff, name=f"Help by {name}", needs=[need(code)], **values)
    return partner


def rate(cast: Cast, value: int = 3, school: School | None = None, code: str = "attendance") -> None:
    rate_needs(
        school=school or cast.quillback,
        ratings={need(code): value},
        source="Attendance report",
        on=datetime.date(2026, 5, 3),
        by=cast.principal,
    )


def found(cast: Cast, kind: FindingKind) -> list[str]:
    rows = findings(coverage(cast.staff, [cast.quillback, cast.bellwether]))
    return [row.sentence for row in rows if row.kind == kind]


def said(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_need_rated_high_with_nobody_is_found(cast: Cast) -> None:
    rate(cast)
    assert found(cast, FindingKind.GAP) == [
        "Attendance is rated high at Quillback Middle School, and no active partner works on it."
    ]
    serving(cast, "Tamarack", cast.quillback)
    assert found(cast, FindingKind.GAP) == []


def test_a_gap_names_who_does_it_elsewhere(cast: Cast) -> None:
    rate(cast)
    serving(cast, "Tamarack", cast.bellwether)
    gap = findings(coverage(cast.staff, [cast.quillback]))[0]
    assert gap.because == (
        "Rated high on May 3, 2026: Attendance report. Active for it at other schools: Tamarack."
    )


def test_three_partners_for_the_same_students_are_found_until_it_is_decided(cast: Cast) -> None:
    for name in ("Alder", "Birch", "Cedar"):
        serving(cast, name, cast.quillback)
    assert found(cast, FindingKind.OVERLAP) == [
        "Attendance at Quillback Middle School: 3 partners for the same students (for some, grade 7)."
    ]
    OverlapSettlement.objects.create(
        district=cast.larkmoor,
        school=cast.quillback,
        need=need(),
        tier=2,
        text="Alder takes grade 7.",
        on=clock.today(cast.larkmoor),
        source_uid=cast.staff.uid,
    )
    assert found(cast, FindingKind.OVERLAP) == []


def test_needs_that_nobody_rated_are_counted(cast: Cast) -> None:
    rate(cast)
    rate(cast, 1, code="safety")
    assert found(cast, FindingKind.UNRATED) == [
        "Quillback Middle School has not rated 11 needs yet.",
        "Bellwether High School has not rated its needs yet.",
    ]


@pytest.mark.parametrize(
    ("stage", "counts"), [("active", True), ("renewal_due", True), ("exploring", False), ("ended", False)]
)
def test_only_active_partners_serve(cast: Cast, stage: str, counts: bool) -> None:
    partner = a_partner(cast.coordinator)
    because = "They moved." if stage == "ended" else ""
    a_partnership(partner, cast.quillback, cast.staff, stage=stage, because=because)
    services.add_service(partner=partner, by=cast.staff, name="Rides", needs=[need()])
    assert [offer.schools for offer in offers_of(cast.larkmoor)] == ([{cast.quillback.pk}] if counts else [])


def test_a_service_reaches_the_schools_it_names_of_those_where_its_partner_is_active(cast: Cast) -> None:
    serving(cast, "Alder", None)
    serving(cast, "Birch", None, schools=[cast.bellwether])
    serving(cast, "Cedar", cast.quillback, schools=[cast.bellwether])
    assert {offer.partner_name: offer.schools for offer in offers_of(cast.larkmoor)} == {
        "Alder": {cast.quillback.pk, cast.bellwether.pk},
        "Birch": {cast.bellwether.pk},
        "Cedar": set(),
    }


def test_what_is_over_or_has_not_begun_does_not_count(cast: Cast) -> None:
    today = clock.today(cast.larkmoor)
    day = datetime.timedelta(days=1)
    serving(cast, "Alder", cast.quillback, until=today - day)
    serving(cast, "Birch", cast.quillback, since=today + day)
    serving(cast, "Cedar", cast.quillback, since=today, until=today)
    assert [offer.partner_name for offer in offers_of(cast.larkmoor)] == ["Cedar"]


def test_services_of_a_merged_partner_are_the_winners(cast: Cast) -> None:
    winner, loser = serving(cast, "Alder", cast.quillback), serving(cast, "Alder again", cast.quillback)
    Partner.objects.filter(pk=loser.pk).update(merged_into=winner)
    assert [offer.partner_name for offer in offers_of(cast.larkmoor)] == ["Alder", "Alder"]
    assert Merge.objects.count() == 0


def test_the_page_says_what_to_do(cast: Cast, sign_in: SignIn) -> None:
    rate(cast)
    page = sign_in(cast.coordinator).get(PAGE)
    assert [group.kind for group in page.context["groups"]] == ["gap", "unrated"]
    assert "/d/larkmoor/partners/?need=attendance" in page.content.decode()
    assert "Bellwether" not in said(page).split("Show")[1]
    everywhere = sign_in(cast.coordinator).get(PAGE + "?school=all")
    assert "Bellwether High School has not rated its needs yet." in said(everywhere)


def test_only_those_of_a_school_are_asked_to_rate_it(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.coordinator).get(PAGE + "?school=all").context["rateable"] == [cast.quillback.pk]
    assert sign_in(cast.viewer).get(PAGE).context["rateable"] == []


def test_the_grid_shows_every_school_and_one_alone_as_a_list(cast: Cast, sign_in: SignIn) -> None:
    rate(cast)
    serving(cast, "Alder", cast.bellwether)
    client = sign_in(cast.staff)
    grid = client.get(PAGE + "grid/")
    assert grid.content.decode().count('class="pp-cell') == 26
    assert grid.content.decode().count("pp-cell-gap") == 1
    alone = client.get(PAGE + "grid/?school=bellwether")
    assert "Attendance not rated Served 0 1 0 Alder" in said(alone)


@pytest.mark.parametrize("schools", [1, 3])
def test_queries_of_the_three_pages(
    cast: Cast, sign_in: SignIn, schools: int, django_assert_num_queries: Any
) -> None:
    from tests.conftest import make_school

    for number in range(schools):
        school = make_school(cast.larkmoor, f"School {number}", f"school-{number}", f"S{number}")
        rate(cast, school=school)
        for name in ("Alder", "Birch", "Cedar"):
            serving(cast, f"{name} {number}", school)
    client = sign_in(cast.staff)
    for address, count in (("", 14), ("grid/", 14), ("table/", 14)):
        client.get(PAGE + address)
        with django_assert_num_queries(count):
            client.get(PAGE + address)


def test_a_cell_shows_who_serves_it(cast: Cast, sign_in: SignIn) -> None:
    rate(cast)
    partner = serving(cast, "Alder", cast.quillback)
    page = sign_in(cast.principal).get(f"{PAGE}{cast.quillback.uid}/needs/attendance/")
    assert "Rated high on May 3, 2026: Attendance report." in said(page)
    assert "Alder Help by Alder For some grade 7" in said(page)
    assert f"/d/larkmoor/partners/{partner.uid}/" in page.content.decode()


def test_an_empty_cell_leads_to_the_directory(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.principal).get(f"{PAGE}{cast.quillback.uid}/needs/attendance/")
    assert "/d/larkmoor/partners/?need=attendance" in page.content.decode()


def test_a_need_that_is_none_is_not_found(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.staff).get(f"{PAGE}{cast.quillback.uid}/needs/nothing/").status_code == 404


def test_the_sheet_has_a_row_for_each_school_and_need(cast: Cast, sign_in: SignIn) -> None:
    rate(cast)
    serving(cast, "=Alder", cast.bellwether)
    answer = sign_in(cast.staff).get(PAGE + "grid.csv")
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    wanted = ("School", "Rated", "Services", "Services for some", "Partners", "Finding")
    assert [[row[name] for name in wanted] for row in rows if row["Need"] == "Attendance"] == [
        ["Bellwether High School", "", "1", "1", "'=Alder", ""],
        ["Quillback Middle School", "high", "0", "0", "", "Gap"],
    ]
    assert len(rows) == 26


@pytest.fixture
def principal(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.principal)


def typed(**ratings: str) -> dict[str, str]:
    chosen = {f"need_{need(code).pk}": value for code, value in ratings.items()}
    return {**chosen, "source": "Survey, spring 2026", "on": "2026-05-03"}


def test_a_principal_rates_the_needs(cast: Cast, principal: Client) -> None:
    answer = principal.post(f"{PAGE}{cast.quillback.uid}/rate/", typed(attendance="3", safety="1"))
    assert answer["Location"] == PAGE
    assert {
        (row.need.code, row.rating, row.source, str(row.on), row.by) for row in NeedRating.objects.all()
    } == {
        ("attendance", 3, "Survey, spring 2026", "2026-05-03", cast.principal),
        ("safety", 1, "Survey, spring 2026", "2026-05-03", cast.principal),
    }


def test_what_is_left_as_it_was_is_not_written_again(cast: Cast, principal: Client) -> None:
    rate(cast)
    principal.post(f"{PAGE}{cast.quillback.uid}/rate/", typed(attendance="3", safety="2"))
    assert [(row.need.code, row.rating) for row in NeedRating.objects.order_by("pk")] == [
        ("attendance", 3),
        ("safety", 2),
    ]
    principal.post(f"{PAGE}{cast.quillback.uid}/rate/", typed(attendance="2", safety="2"))
    assert NeedRating.objects.filter(need=need()).count() == 2


def test_a_day_to_come_is_refused_and_nothing_is_lost(cast: Cast, principal: Client) -> None:
    page = principal.post(
        f"{PAGE}{cast.quillback.uid}/rate/", typed(attendance="3") | {"on": "2999-01-01", "source": ""}
    )
    assert page.context["form"].errors == {
        "on": ["This day is still to come. Choose today or an earlier day."],
        "source": ["Fill this in."],
    }
    assert NeedRating.objects.count() == 0
    assert page.context["form"][f"need_{need().pk}"].value() == "3"


def test_a_retired_need_is_neither_shown_nor_asked(cast: Cast, principal: Client) -> None:
    Need.objects.filter(code="safety").update(retired_on=clock.today(cast.larkmoor))
    page = principal.get(f"{PAGE}{cast.quillback.uid}/rate/")
    assert f"need_{need('safety').pk}" not in page.context["form"].fields
