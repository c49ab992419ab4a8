"""One CSV file is read strictly, whoever wrote it."""

import pytest

from partners.interchange.problems import Refused
from partners.interchange.tables import read_table

TEXT = "id,name\n1,Niño Café\n2,Umber\n"


def values(content: bytes) -> list[dict[str, str]]:
    return [row.values for row in read_table("places.csv", content).rows]


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_table("places.csv", content)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_read_in_the_encodings_that_people_save(encoding: str) -> None:
    assert values(TEXT.encode(encoding)) == [{"id": "1", "name": "Niño Café"}, {"id": "2", "name": "Umber"}]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_is_read(end: str) -> None:
    assert [row["id"] for row in values(TEXT.replace("\n", end).encode())] == ["1", "2"]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_delimiter_is_read(mark: str) -> None:
    assert [row["name"] for row in values(TEXT.replace(",", mark).encode())] == ["Niño Café", "Umber"]


def test_a_row_knows_its_place_in_a_spreadsheet_and_in_a_text_editor() -> None:
    rows = read_table("places.csv", b'id,name\n\n1,"two\nlines"\n,\n2,Umber').rows
    assert [(row.number, row.line) for row in rows] == [(3, 3), (5, 6)]


def test_cells_stay_verbatim() -> None:
    assert values(b'id,name\n 1 ,"  <b>=1+1</b> "') == [{"id": " 1 ", "name": "  <b>=1+1</b> "}]


def test_a_column_without_a_name_is_called_by_its_place() -> None:
    assert values(b"id,,name,\n1,a,b,c") == [{"id": "1", "column 2": "a", "name": "b", "column 4": "c"}]


def test_names_of_columns_are_found_whatever_their_case() -> None:
    table = read_table("places.csv", b"ID,Postal Code\n1,00001")
    assert table.column("zip", "postal_code") == "Postal Code"
    assert table.text(table.rows[0], "id") == "1"


def test_a_name_that_is_missing_in_the_head_is_said_once_not_once_a_row() -> None:
    assert refusal(b"id\n1,a\n2,b\n3,c") == (
        "places.csv: each row has 2 cells, the first 1: check the names of the columns"
    )


def test_a_row_with_too_few_or_too_many_cells_is_a_problem_of_its_own() -> None:
    table = read_table("places.csv", b"id,name\n1\n2,a\n3,b,c")
    assert [str(problem) for problem in table.problems] == [
        "places.csv, row 2: cells: 1 here, 2 in the first row",
        "places.csv, row 4: cells: 3 here, 2 in the first row",
    ]
    assert [row.values["id"] for row in table.rows] == ["2"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "places.csv: the file is empty"),
        (b" \n \n", "places.csv: the file is empty"),
        (b"id,ID\n1,2", "places.csv, line 1, column ID: two columns have this name"),
        (b'id,name\n1,"a', "places.csv, row 2: a quotation mark opens here and doesn't close as it must"),
        (b'id,name\n1,"a"b', "places.csv, row 2: a quotation mark opens here and doesn't close as it must"),
        (b"id,name\n1,\xff\x81", "places.csv, line 2: a character here is neither UTF-8 nor Windows-1252"),
        (
            b"id,name\n1," + b"x" * 200_000,
            "places.csv, row 2: a cell here holds more than 128,000 characters",
        ),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_with_its_place(content: bytes, reason: str) -> None:
    assert refusal(content) == reason
