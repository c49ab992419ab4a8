"""Of a workbook with several sheets a person chooses the one that comes in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from partners.models import Partner
from tests.conftest import Cast, SignIn
from tests.partners.importing import ADDRESS, Importing, run_jobs_at_once, words
from tests.partners.workbooks import workbook

COVER: tuple[str, list[Any]] = ("Read me", [["Our partners, September"]])
CLUBS: tuple[str, list[Any]] = ("Clubs", [["Agency", "Website"], ["Umber Youth Club", "umber.example"]])
CLINICS: tuple[str, list[Any]] = ("Clinics & care", [["Provider", "City"], ["Tamarack", "Ferrywatch"]])
EMPTY: tuple[str, list[Any]] = ("Later", [["Agency", "Website"]])


@pytest.fixture
def staff(
    cast: Cast,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    tmp_path: Path,
) -> Importing:
    run_jobs_at_once(monkeypatch, settings, tmp_path)
    return Importing(sign_in(cast.staff), django_capture_on_commit_callbacks)


def hand_over(staff: Importing, *sheets: tuple[str, list[Any]]) -> str:
    return words(staff.hand_over(workbook(*sheets), "partners.xlsx"))


def choose(staff: Importing, sheet: str) -> str:
    """The page that follows the choice of a sheet."""
    page = staff.client.post(f"{ADDRESS}{staff.batch.uid}/sheet/", {"sheet": sheet}, follow=True)
    return words(page)


def test_the_first_sheet_with_rows_is_proposed_and_the_others_are_offered(staff: Importing) -> None:
    page = hand_over(staff, COVER, CLUBS, CLINICS)
    assert "Sheet of the workbook Read me Clubs Clinics & care Show its columns" in page
    assert list(staff.batch.options["columns"]) == ["Agency", "Website"]


def test_the_chosen_sheet_comes_in(staff: Importing) -> None:
    hand_over(staff, CLUBS, CLINICS)
    assert "Provider Tamarack" in choose(staff, "Clinics & care")
    staff.look()
    staff.post("apply/")
    assert list(Partner.objects.values_list("name", "sites__city")) == [("Tamarack", "Ferrywatch")]


def test_nothing_comes_in_of_a_sheet_that_nobody_looked_at(staff: Importing) -> None:
    hand_over(staff, CLUBS, CLINICS)
    staff.look()
    choose(staff, "Clinics & care")
    assert "Name the columns" in words(staff.post("apply/"))
    assert Partner.objects.count() == 0


def test_a_sheet_without_rows_or_that_is_not_there_is_named_and_the_other_one_stays(
    staff: Importing,
) -> None:
    hand_over(staff, CLUBS, EMPTY)
    assert "there are no rows in the sheet “Later”" in choose(staff, "Later")
    assert "the workbook has no sheet called Moon" in choose(staff, "Moon")
    assert staff.batch.options["sheet"] == "Clubs"


def test_one_sheet_alone_is_not_asked_for(staff: Importing) -> None:
    assert "Sheet of the workbook" not in hand_over(staff, CLUBS)
    assert "Sheet of the workbook" not in words(staff.hand_over(b"Agency\r\nUmber\r\n"))


def test_what_has_come_in_keeps_its_sheet(staff: Importing) -> None:
    hand_over(staff, CLUBS, CLINICS)
    staff.look()
    staff.post("apply/")
    assert "Imported: 1 organization." in choose(staff, "Clinics & care")
    assert staff.batch.options["sheet"] == "Clubs"
