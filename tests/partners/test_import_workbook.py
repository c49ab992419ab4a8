"""Of a workbook with several sheets a person chooses the one that comes in."""

from typing import Any

from partners.models import Partner
from tests.partners.importing import ADDRESS, Importing, words
from tests.partners.workbooks import workbook

COVER: tuple[str, list[Any]] = ("Read me", [["Our partners, September"]])
CLUBS: tuple[str, list[Any]] = ("Clubs", [["Agency", "Website"], ["Umber Youth Club", "umber.example"]])
CLINICS: tuple[str, list[Any]] = ("Clinics & care", [["Provider", "City"], ["Tamarack", "Ferrywatch"]])
EMPTY: tuple[str, list[Any]] = ("Later", [["Agency", "Website"]])


def hand_over(importing: Importing, *sheets: tuple[str, list[Any]]) -> str:
    return words(importing.hand_over(workbook(*sheets), "partners.xlsx"))


def choose(importing: Importing, sheet: str) -> str:
    """The page that follows the choice of a sheet."""
    page = importing.client.post(f"{ADDRESS}{importing.batch.uid}/sheet/", {"sheet": sheet}, follow=True)
    return words(page)


def test_the_first_sheet_with_rows_is_proposed_and_the_others_are_offered(importing: Importing) -> None:
    page = hand_over(importing, COVER, CLUBS, CLINICS)
    assert "Sheet of the workbook Read me Clubs Clinics & care Show its columns" in page
    assert list(importing.batch.options["columns"]) == ["Agency", "Website"]


def test_the_chosen_sheet_comes_in(importing: Importing) -> None:
    hand_over(importing, CLUBS, CLINICS)
    assert "Provider Tamarack" in choose(importing, "Clinics & care")
    importing.look()
    importing.post("apply/")
    assert list(Partner.objects.values_list("name", "sites__city")) == [("Tamarack", "Ferrywatch")]


def test_nothing_comes_in_of_a_sheet_that_nobody_looked_at(importing: Importing) -> None:
    hand_over(importing, CLUBS, CLINICS)
    importing.look()
    choose(importing, "Clinics & care")
    assert "Name the columns" in words(importing.post("apply/"))
    assert Partner.objects.count() == 0


def test_a_sheet_without_rows_or_that_is_not_there_is_named_and_the_other_one_stays(
    importing: Importing,
) -> None:
    hand_over(importing, CLUBS, EMPTY)
    assert "there are no rows in the sheet “Later”" in choose(importing, "Later")
    assert "the workbook has no sheet called Moon" in choose(importing, "Moon")
    assert importing.batch.options["sheet"] == "Clubs"


def test_one_sheet_alone_is_not_asked_for(importing: Importing) -> None:
    assert "Sheet of the workbook" not in hand_over(importing, CLUBS)
    assert "Sheet of the workbook" not in words(importing.hand_over(b"Agency\r\nUmber\r\n"))


def test_what_has_come_in_keeps_its_sheet(importing: Importing) -> None:
    hand_over(importing, CLUBS, CLINICS)
    importing.look()
    importing.post("apply/")
    assert "Imported: 1 organization." in choose(importing, "Clinics & care")
    assert importing.batch.options["sheet"] == "Clubs"
