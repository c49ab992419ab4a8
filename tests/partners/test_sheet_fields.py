"""What a column is shows in its name, in English and Spanish, or else in its cells."""

import pytest

from partners.interchange.sheet_fields import guess, header_key, samples
from partners.interchange.sheets import read_sheet
from partners.interchange.tables import Table


def table(text: str) -> Table:
    return read_sheet("partners.csv", text.encode())


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        ("Organization,Contact Name,E-Mail Address", ["name", "contact", "email"]),
        ("Organización,Persona de contacto,Correo electrónico", ["name", "contact", "email"]),
        ("Nombre,Teléfono,Código postal,Escuelas", ["name", "phone", "zip", "schools"]),
        ("Partner,First Name,Last Name,Title", ["name", "first_name", "last_name", "role"]),
        ("Name,Organization", ["", "name"]),
        ("Agency,School(s),Status,Remarks", ["name", "schools", "stage", "notes"]),
        ("Agency,Phone,Telephone", ["name", "phone", ""]),
        ("Agency,Next step,Last contact", ["name", "", ""]),
        ("Agency,Tier,Legal form", ["name", "tiers", "kind"]),
    ],
)
def test_names_of_columns_are_known(head: str, fields: list[str]) -> None:
    width = head.count(",") + 1
    read = table(f"{head}\n{','.join('x' * width)}\n")
    assert list(guess(read).values()) == fields


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (("ana@umber.example", "bo@wexley.example"), "email"),
        (("(555) 555-0142", "555.555.0143 x12"), "phone"),
        (("00501", "00502-1234"), "zip"),
        (("01-2345678", "98-7654321"), "ein"),
        (("www.umber.example", "https://wexley.example/a"), "website"),
        (("TX", "NM"), "state"),
        (("12 Hall St", "7 Ferry Rd"), "street"),
        (("Quillback", "Quillback"), "schools"),
    ],
)
def test_a_column_of_another_name_is_known_by_its_cells(cells: tuple[str, str], field: str) -> None:
    read = table(f"Agency,Q7\nUmber,{cells[0]}\nWexley,{cells[1]}\n")
    assert guess(read, {"quillback"}) == {"Agency": "name", "Q7": field}


def test_a_type_is_a_kind_where_its_cells_say_so_else_a_sector() -> None:
    assert guess(table("Agency,Type\nUmber,501(c)(3)\nWexley,Company\n")) == {
        "Agency": "name",
        "Type": "kind",
    }
    assert guess(table("Agency,Type\nUmber,Youth\nWexley,Media\n")) == {"Agency": "name", "Type": "sectors"}


def test_without_any_name_the_first_column_of_different_words_is_the_name() -> None:
    read = table("A,B\nyes,Umber Club\nyes,Wexley\nyes,Tamarack\n")
    assert guess(read) == {"A": "", "B": "name"}


def test_samples_are_different_cells_that_hold_something_and_are_cut() -> None:
    read = table("Agency,Notes\nUmber,\nUmber,x\nWexley,x\nTamarack," + "y" * 99 + "\nFerry,z\n")
    assert samples(read, "Agency") == ["Umber", "Wexley", "Tamarack"]
    assert samples(read, "Notes") == ["x", "y" * 59 + "…", "z"]


def test_sheets_are_alike_whose_columns_are_spelled_otherwise_or_got_our_reasons() -> None:
    assert header_key(["E-mail", "Phone"]) == header_key(["e mail ", "PHONE", "Why this row was left out"])
