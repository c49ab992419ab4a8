"""A person's own sheet is read however it was saved; what is left out goes back in the sheet's own format."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.interchange import tables
from partners.interchange.cells import plain_cell, safe_cell
from partners.interchange.dialect import Dialect
from partners.interchange.problems import Refused
from partners.interchange.sheets import read_sheet, sheet_names, write_rows
from partners.interchange.tables import Table

TEXT = "Name,City\nNiño Café,Larkmoor\nUmber,Ferrywatch\n"


def values(content: bytes) -> list[list[str]]:
    table = read_sheet("partners.csv", content)
    return [list(row.values.values()) for row in table.rows]


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_sheet("partners.csv", content)
    return str(caught.value)


def told(table: Table) -> list[str]:
    return [str(note) for note in table.notes]


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16-le"),
    ],
)
def test_the_encoding_is_found_and_said(codec: str, encoding: str) -> None:
    table = read_sheet("partners.csv", TEXT.encode(codec))
    assert (table.rows[0].values["Name"], table.dialect.encoding) == ("Niño Café", encoding)
    assert told(table) == []


def test_utf_16_the_other_way_round_is_read() -> None:
    table = read_sheet("partners.csv", b"\xfe\xff" + TEXT.encode("utf-16-be"))
    assert (table.rows[0].values["Name"], table.dialect.encoding) == ("Niño Café", "utf-16-be")


def test_lines_in_two_encodings_are_each_read_in_their_own_and_told() -> None:
    table = read_sheet("p.csv", "Name,City\r\nNiño,A\r\n".encode() + "Peña,B\r\nCafé,C\r\n".encode("cp1252"))
    assert [row.values["Name"] for row in table.rows] == ["Niño", "Peña", "Café"]
    assert table.dialect.encoding == "mixed"
    assert told(table) == [
        "p.csv, line 3: lines read as Windows-1252, since they are not UTF-8 like the others: 2; the first"
    ]


def test_a_character_of_no_encoding_is_named_with_its_line() -> None:
    assert refusal(b"Name,City\rA,B\r\xff\x81,C") == (
        "partners.csv, line 3: a character here is neither UTF-8 nor Windows-1252"
    )
    assert refusal(b"\xff\xfeN\x00\n\x00\x00\xd8") == (
        "partners.csv, line 2: a character here is neither UTF-8 nor Windows-1252"
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_end_is_found_though_cells_hold_others(end: str) -> None:
    table = read_sheet("p.csv", f'Name,Notes{end}A,"one\ntwo\nthree\r\nfour"{end}B,x{end}'.encode())
    assert [row.values["Notes"] for row in table.rows] == ["one\ntwo\nthree\r\nfour", "x"]
    assert table.dialect.line_end == end


def test_mixed_line_ends_are_read_and_the_most_frequent_is_kept() -> None:
    table = read_sheet("p.csv", b"Name,City\rA,B\rC,D\nE,F\r\nG,H\r")
    assert [row.values["Name"] for row in table.rows] == ["A", "C", "E", "G"]
    assert table.dialect.line_end == "\r"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(mark: str) -> None:
    table = read_sheet("p.csv", f"Name{mark}City{mark}Phone\nA{mark}B{mark}1\n".encode())
    assert (table.columns, table.dialect.delimiter) == (["Name", "City", "Phone"], mark)


def test_the_delimiter_is_the_one_by_which_the_rows_are_equally_wide() -> None:
    table = read_sheet("p.csv", b"Our partners, spring, 2026\nName;Street;Notes\nA;Main, 5;a, b, c\nB;x;y\n")
    assert (table.columns, table.dialect.delimiter) == (["Name", "Street", "Notes"], ";")


def test_a_sheet_of_one_column_is_read() -> None:
    assert values(b"Name\nUmber\nTamarack\n") == [["Umber"], ["Tamarack"]]


def test_lines_above_the_names_are_passed_over_and_rows_keep_their_numbers() -> None:
    table = read_sheet("p.csv", b"Community partners,,\n\nas of May,,\nName,City,Phone\nA,B,1\n,,\nC,D,2")
    assert table.columns == ["Name", "City", "Phone"]
    assert [(row.number, row.values["Name"]) for row in table.rows] == [(5, "A"), (7, "C")]


def test_names_of_columns_become_one_line_each_once() -> None:
    table = read_sheet("p.csv", b'"Contact\nname",Phone,phone,,Phone,\nA,1,2,3,4,\n')
    assert table.columns == ["Contact name", "Phone", "phone (2)", "column 4", "Phone (3)"]


def test_short_rows_are_filled_up_and_long_ones_are_named_whole() -> None:
    table = read_sheet("p.csv", b"Name,City\nA\nB,C,,\nD,E,F\n")
    assert [list(row.values.values()) for row in table.rows] == [["A", ""], ["B", "C"]]
    [problem] = table.problems
    assert str(problem) == "p.csv, row 4: cells: 3 here, 2 in the first row"
    assert problem.raw == {"Name": "D", "City": "E", "column 3": "F"}


def test_names_that_come_again_further_down_are_passed_over_and_told() -> None:
    table = read_sheet("p.csv", b"Name,City,Phone\nA,B,1\nName,City,\nC,D,2\n")
    assert [row.values["Name"] for row in table.rows] == ["A", "C"]
    assert told(table) == ["p.csv, row 3: rows that repeat the first row, passed over: 1"]


def test_a_character_that_is_not_text_is_named() -> None:
    table = read_sheet("p.csv", b"Name,City\nA\x00,B\n")
    assert [str(problem) for problem in table.problems] == [
        "p.csv, row 2: a cell holds a character that is not text"
    ]
    assert refusal(b"Na\x00me,City\nA,B") == (
        "partners.csv, line 1: the name of a column holds a character that is not text"
    )


def test_what_looks_like_a_script_stays_text() -> None:
    cells = [
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "%s %(x)s",
        "';DROP TABLE x;--",
        "${jndi:x}",
        "  =1+1 ",
    ]
    stream = io.StringIO()
    csv.writer(stream).writerows([["a", "b", "c", "d", "e", "f"], cells])
    assert values(stream.getvalue().encode()) == [cells]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "partners.csv: the file is empty"),
        (b"\n , \n", "partners.csv: the file is empty"),
        (b'Name\n"A', "partners.csv, row 2: a quotation mark opens here and doesn't close as it must"),
        (b"Name\n" + b"x" * 200_000, "partners.csv, row 2: a cell here holds more than 128,000 characters"),
        (b"%PDF-1.7", "partners.csv: this is neither an Excel workbook (.xlsx) nor a CSV file"),
        (
            b"\xd0\xcf\x11\xe0",
            "partners.csv: this is a workbook of the old kind (.xls) or one with a password; save it as .xlsx"
            " without",
        ),
        (b"x" * (20 * 1024 * 1024 + 1), "partners.csv: the files are larger than 20 MB together"),
        (b"N\n" + b"x\n" * 50_001, "partners.csv: there are more than 50000 rows together"),
        (b"," * 500 + b"x", "partners.csv: there are more than 500 columns"),
        (b"\n" * 1_100_001, "partners.csv: there are more than 1100000 lines"),
        ((b"x" + b"," * 499 + b"\n") * 4001, "partners.csv: there are more than 2000000 cells"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(content: bytes, reason: str) -> None:
    assert refusal(content) == reason


def test_too_many_characters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_CHARACTERS", 20)
    assert refusal(TEXT.encode()) == "partners.csv: there are more than 20 characters"


def test_fifty_thousand_rows_are_read() -> None:
    assert len(values(b"Name,City\n" + b"x,y\n" * 50_000)) == 50_000


def test_a_csv_file_has_no_sheets_to_choose_from() -> None:
    assert sheet_names("p.csv", TEXT.encode()) == []


@given(st.text())
def test_a_cell_made_safe_is_itself_again(text: str) -> None:
    assert plain_cell(safe_cell(text)) == text


@given(st.text(alphabet="'=+-@ \t\r\n0\u00a0＝a"))
def test_a_cell_of_the_signs_that_matter_is_itself_again_and_never_a_formula(text: str) -> None:
    safe = safe_cell(text)
    assert plain_cell(safe) == text
    assert not safe.lstrip().startswith(tuple("=+-@＝＋－＠"))
    assert not safe.startswith(("\t", "\r", "\n"))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("  @x", "'  @x"),
        ("+15125550142", "'+15125550142"),
        ("'=x", "''=x"),
        ("'011", "''011"),
        ("O'Neill", "O'Neill"),
        ("'90s night", "'90s night"),
        ("00123", "00123"),
    ],
)
def test_what_is_made_safe(text: str, safe: str) -> None:
    assert safe_cell(text) == safe


def test_a_number_that_a_spreadsheet_marked_as_text_is_read_without_its_mark() -> None:
    assert values(b"District,Name\n'011901,'tis\n") == [["011901", "'tis"]]


DIALECTS = [
    ("utf-8", "\n", ","),
    ("utf-8-sig", "\r\n", ";"),
    ("cp1252", "\r\n", "\t"),
    ("cp1252", "\r", "|"),
    ("utf-16-le", "\r\n", "\t"),
    ("utf-16-be", "\n", ","),
]


@pytest.mark.parametrize(("encoding", "end", "mark"), DIALECTS)
def test_rows_that_are_left_out_go_back_in_the_format_in_which_they_came(
    encoding: str, end: str, mark: str
) -> None:
    text = f'Náme{mark}Notes{end}A{mark}\'=1+1{end}B{mark}"x{mark}y"{end}'
    before = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    table = read_sheet("p.csv", before + text.encode(encoding))
    back = write_rows(table.columns, [(row.values, "No name") for row in table.rows], table.dialect, "Reason")
    assert back == before + (
        f'Náme{mark}Notes{mark}Reason{end}A{mark}\'=1+1{mark}No name{end}B{mark}"x{mark}y"{mark}No name{end}'
    ).encode(encoding)
    again = read_sheet("p.csv", back)
    assert again.dialect == table.dialect
    assert [row.values["Notes"] for row in again.rows] == ["=1+1", f"x{mark}y"]


def test_what_the_encoding_lacks_makes_it_utf_8() -> None:
    rows = [({"Name": "Hoa"}, "не так")]
    assert write_rows(["Name"], rows, Dialect("cp1252", "\n"), "Reason") == (
        "\ufeffName,Reason\nHoa,не так\n".encode()
    )
    assert write_rows(["Name"], rows, Dialect("mixed", "\n"), "Reason")[:3] == b"\xef\xbb\xbf"


def test_cells_beyond_the_columns_go_back_too() -> None:
    rows = [({"Name": "A", "column 10": "z", "column 2": "x"}, "Too wide"), ({"Name": "B"}, "No")]
    assert write_rows(["Name"], rows, Dialect("utf-8", "\n"), "Reason") == (
        b"Name,column 2,column 10,Reason\nA,x,z,Too wide\nB,,,No\n"
    )


def test_a_dialect_survives_being_stored() -> None:
    dialect = Dialect("cp1252", "\r", "|", "Partners")
    assert Dialect.from_json(dialect.as_json()) == dialect
