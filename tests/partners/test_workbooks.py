"""An Excel workbook is read as a person sees it there; what would never end or fill the memory is refused."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from partners.interchange import xlsx_parts, xlsx_rows
from partners.interchange.numbers import Format
from partners.interchange.problems import Refused
from partners.interchange.sheets import read_sheet, sheet_names
from partners.interchange.tables import Table
from tests.partners.workbooks import Cell, packed, sheet_xml, workbook

SHEET, STRINGS, STYLES = "xl__worksheets__sheet1___xml", "xl__sharedStrings___xml", "xl__styles___xml"


def read(content: bytes, sheet: str = "") -> Table:
    return read_sheet("partners.xlsx", content, sheet)


def rows(*lines: list[Cell], formats: tuple[str, ...] = ()) -> list[list[str]]:
    """The cells of these lines, read from a workbook."""
    content = workbook(("Partners", [["A", "B", "C"], *lines]), formats=formats)
    return [list(row.values.values()) for row in read(content).rows]


def refusal(content: bytes, sheet: str = "") -> str:
    with pytest.raises(Refused) as caught:
        read(content, sheet)
    return str(caught.value)


def test_a_workbook_is_read_with_its_rows_numbers_and_its_sheet() -> None:
    table = read(
        workbook(("Partners", [["Name", "Zip"], ["Niño & Co", "00123"], [], [" ", None], ["Umber"]]))
    )
    assert table.columns == ["Name", "Zip"]
    assert [(row.number, list(row.values.values())) for row in table.rows] == [
        (2, ["Niño & Co", "00123"]),
        (5, ["Umber", ""]),
    ]
    assert (table.dialect.sheet, table.dialect.delimiter, table.problems) == ("Partners", ",", [])


def test_the_first_sheet_that_holds_something_is_read_unless_one_is_chosen() -> None:
    content = workbook(("Cover", []), ("2025", [["Name"], ["A"]]), ("2026", [["Name"], ["B"]]))
    assert sheet_names("p.xlsx", content) == ["Cover", "2025", "2026"]
    assert [row.values["Name"] for row in read(content).rows] == ["A"]
    assert [row.values["Name"] for row in read(content, "2026").rows] == ["B"]
    assert refusal(content, "2027") == "partners.xlsx: the workbook has no sheet called 2027"


def test_sheets_that_a_person_does_not_see_are_not_offered() -> None:
    content = workbook(
        ("Partners", [["Name"], ["A"]]),
        xl__workbook___xml='<w xmlns:r="r"><sheet name="Old" r:id="rId1" state="hidden"/></w>',
    )
    assert sheet_names("p.xlsx", content) == []
    assert refusal(content) == "partners.xlsx: the workbook has no sheet with rows"


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("1.0", "", "1"),
        ("5125550142", "", "5125550142"),
        ("0.30000000000000004", "", "0.3"),
        ("-12.5", "0.00", "-12.5"),
        ("1E+20", "", "1e+20"),
        ("5401", "00000", "05401"),
        ("54011234", r"00000\-0000", "05401-1234"),
        ("10180687", "00-0000000", "01-0180687"),
        ("5125550142", r"[<=9999999]###\-####;\(###\)\ ###\-####", "(512) 555-0142"),
        ("5550142", r"[<=9999999]###\-####;\(###\)\ ###\-####", "555-0142"),
        ("1234567", '#,##0.00 "USD"', "1234567"),
        ("12", '0 "days"', "12"),
        ("0.5", "0%", "50%"),
        ("46085", "m/d/yy", "2026-03-04"),
        ("46085", "[$-409]d. mmmm yyyy;@", "2026-03-04"),
        ("46085", "mmm-yy", "2026-03-04"),
        ("46085.604166666664", "m/d/yy h:mm", "2026-03-04 14:30"),
        ("46085.5", "m/d/yy", "2026-03-04"),
        ("0.37847222222222221", "h:mm AM/PM", "09:05"),
        ("1.1041666666666667", "[h]:mm", "26:30"),
        ("5", "m/d/yy", "1900-01-05"),
        ("61", "m/d/yy", "1900-03-01"),
        ("2958465.9999999", "m/d/yy", "9999-12-31"),
        ("-3", "m/d/yy", "-3"),
        ("99999999", "m/d/yy", "99999999"),
        ("46085", "General", "46085"),
        ("46085", '"due "0', "46085"),
        ("1e999", "", "1e999"),
        ("NaN", "", "NaN"),
    ],
)
def test_a_number_is_as_a_person_sees_it(number: str, code: str, text: str) -> None:
    assert Format.of("164", code).shown(number) == text


def test_days_may_count_from_1904() -> None:
    assert Format.of("14", "").shown("0.5", since_1904=True) == "0.5"
    assert Format.of("14", "").shown("44623", since_1904=True) == "2026-03-04"


def test_styles_lead_to_their_formats() -> None:
    styled = [("s='1'", "<v>5401</v>", ""), ("s='2'", "<v>46085</v>", ""), ("s='9'", "<v>7.0</v>", "")]
    assert rows(styled, formats=("00000", "yyyy-mm-dd")) == [["05401", "2026-03-04", "7"]]


def test_a_formula_is_the_result_that_was_stored_and_never_computed() -> None:
    line: list[Cell] = [
        ("t='str'", "<f>A1&amp;B1</f><v>AB</v>", ""),
        ("", "<f>1+1</f><v>2</v>", ""),
        ("", "<f>WEBSERVICE(A1)</f>", ""),
    ]
    table = read(workbook(("P", [["A", "B", "C"], line])))
    assert list(table.rows[0].values.values()) == ["AB", "2", ""]
    assert [str(note) for note in table.notes] == [
        "partners.xlsx, row 2: formulas without a stored result, read as blank: 1; the first"
    ]


def test_other_kinds_of_cells_are_text() -> None:
    rich = "<is><r><t>Ni</t></r><r><t>ño</t></r><rPh><t>spoken</t></rPh></is>"
    line: list[Cell] = [("t='inlineStr'", rich, ""), True, ("t='e'", "<v>#N/A</v>", "")]
    assert rows(line, [False, "a_x000A_b", "=1+1"]) == [["Niño", "TRUE", "#N/A"], ["FALSE", "a\nb", "=1+1"]]


def test_names_of_elements_may_have_a_prefix() -> None:
    inner = '<x:row r="1"><x:c t="inlineStr"><x:is><x:t>Name</x:t></x:is></x:c></x:row>'
    sheet = f'<x:worksheet xmlns:x="x"><x:sheetData>{inner}</x:sheetData></x:worksheet>'
    assert read(workbook(("P", []), **{SHEET: sheet})).columns == ["Name"]


def one_part(name: str, content: str) -> bytes:
    return workbook(("P", [["Name", "City"], ["A", "B"]]), **{name: content})


def noisy(element: str, times: int) -> str:
    """An element again and again, with white space that keeps it from being packed to nothing."""
    chance = random.Random(4)
    return "".join(element + " " * chance.randrange(8) for _time in range(times // 100)) * 100


LAUGHS = (
    '<!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
)
BOMBS = {
    "packed a thousand times": (lambda: one_part(SHEET, sheet_xml("<row/>" * 3_000_000)), "would be "),
    "larger than all we unpack": (lambda: one_part(SHEET, " " * 110_000_000), "larger than 100 MB"),
    "entities": (lambda: one_part(STRINGS, LAUGHS), "xl/sharedStrings.xml can't be read"),
    "texts": (lambda: one_part(STRINGS, f"<sst>{noisy('<si/>', 2_100_000)}</sst>"), "empty rows or cells"),
    "rows": (lambda: one_part(SHEET, sheet_xml(noisy("<row/>", 1_100_000))), "empty rows or cells"),
    "cells": (
        lambda: one_part(SHEET, sheet_xml(f"<row>{noisy('<c/>', 2_100_000)}</row>")),
        "empty rows or cells",
    ),
    "strangers": (lambda: one_part(SHEET, sheet_xml(noisy("<x/>", 4_000_000))), "can't be read"),
    "deep": (lambda: one_part(SHEET, sheet_xml("<a>" * 1_000_000)), "can't be read"),
    "styles": (
        lambda: one_part(STYLES, f"<s><cellXfs>{noisy('<xf/>', 1_000_000)}</cellXfs></s>"),
        "can't be",
    ),
    "one cell": (
        lambda: one_part(SHEET, sheet_xml(f"<row><c><v>{'1' * 9_000_000}</v></c></row>")),
        "128,000 characters",
    ),
    "columns": (
        lambda: one_part(SHEET, sheet_xml('<row><c r="XFD1"><v>1</v></c></row>')),
        "more than 500 columns",
    ),
    "many files": (lambda: packed({f"{n}.xml": "" for n in range(201)}), "more than 200 files"),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_within_three_seconds(kind: str) -> None:
    make, reason = BOMBS[kind]
    content = make()
    begun = time.process_time()
    assert reason in refusal(content)
    assert time.process_time() - begun < 3


MEASURE = """
import resource, sys
import django; django.setup()
from django.utils import translation; translation.activate("en"); str(translation.gettext("Name"))
from partners.interchange.problems import Refused
from partners.interchange.sheets import read_sheet
content = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_sheet("a.xlsx", content)
except Refused:
    pass
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize("kind", ["texts", "cells", "rows", "deep", "one cell"])
def test_a_bomb_takes_little_memory(kind: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEASURE],
        input=BOMBS[kind][0](),
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
    )
    assert int(done.stdout) < 200


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 and then nothing", "this is not a whole zip file"),
        (packed({"a.txt": "x"}), "this workbook is damaged: _rels/.rels can't be read"),
        (
            packed({"_rels/.rels": "<Relationships/>"}),
            "this is neither an Excel workbook (.xlsx) nor a CSV file",
        ),
        (one_part(SHEET, "<worksheet><sheetData><row>"), "xl/worksheets/sheet1.xml can't be read"),
        (one_part(SHEET, sheet_xml("<row><c t='s'><v>99</v></c></row>")), "sheet1.xml can't be read"),
    ],
)
def test_a_workbook_that_is_damaged_says_where(content: bytes, reason: str) -> None:
    assert reason in refusal(content)


def test_limits_end_the_reading_where_they_are_met(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_parts, "MAX_TAGS", 20)
    assert "can't be read" in refusal(workbook(("P", [["Name"]] * 30)))
    monkeypatch.undo()
    monkeypatch.setattr(xlsx_rows, "MAX_STRANGE", 5)
    runs = "<r><t>a</t></r>" * 9
    assert "can't be read" in refusal(
        one_part(SHEET, sheet_xml(f"<row><c t='inlineStr'><is>{runs}</is></c></row>"))
    )


def test_a_large_sheet_is_read_whole() -> None:
    lines: list[list[Cell]] = [[f"Partner {n}", "Larkmoor", n] for n in range(20_000)]
    table = read(workbook(("P", [["Name", "City", "Number"], *lines])))
    assert (len(table.rows), table.rows[-1].values["Number"]) == (20_000, "19999")
