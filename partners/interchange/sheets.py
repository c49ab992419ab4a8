"""Reads a sheet that people keep for themselves, CSV or workbook, into a table with the names of its columns.

    table = read_sheet("partners.xlsx", content)

More is forgiven than in a community directory file, whose columns are known: lines above the names, two
columns of one name, rows without their last cells, the names once more further down.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

from . import xlsx
from .cells import plain_cell, safe_cell
from .dialect import MARKS, MIXED, UTF8_MARK, Dialect, decode
from .problems import Problem, Refused
from .source import MAX_UPLOAD, MEGABYTE
from .tables import NUL, NUL_SIGN, Row, Table, csv_lines, odd_lines

Lines = Iterator[tuple[int, int, list[str]]]
LOOKED_AT = 30  # rows among which the names of the columns are looked for
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
NOT_SHEETS = (b"%pdf", b"<html", b"<!doctype", b"<?xml", b"<table", b"{\\rtf", b"\x89png", b"\xff\xd8\xff")


def read_sheet(file: str, content: bytes, sheet: str = "") -> Table:
    """The table in a CSV file or workbook; `sheet` names one of a workbook's, else its first with rows.

    Cells are text as a person sees it there, without the apostrophe of `safe_cell`. Raises Refused, with the
    place, where the file as a whole can't be read.
    """
    if len(content) > MAX_UPLOAD:
        raise Refused(Problem("too_big", file=file, values={"limit": MAX_UPLOAD // MEGABYTE}))
    if content.startswith(OLD_EXCEL):
        raise Refused(Problem("old_excel", file=file))
    if content[:20].lstrip().lower().startswith(NOT_SHEETS):
        raise Refused(Problem("not_a_sheet", file=file))
    if content.startswith(ZIP):
        book = xlsx.Workbook(file, content)
        name = sheet or book.first()
        lines = ((number, number, cells) for number, cells in book.rows(name))
        table = _table(file, lines, Dialect(sheet=name))
        table.notes += book.notes
        return table
    read = decode(file, content)
    plain = (
        (number, line, [plain_cell(cell) for cell in cells]) for number, line, cells in csv_lines(file, read)
    )
    table = _table(file, plain, read.dialect)
    table.notes += odd_lines(file, read)
    return table


def no_rows(file: str, dialect: Dialect) -> Problem:
    """What is wrong with a CSV file, or a sheet of a workbook, that holds nothing."""
    return Problem("empty_sheet" if dialect.sheet else "empty", file, values={"name": dialect.sheet})


def sheet_names(file: str, content: bytes) -> list[str]:
    """The sheets that a person can choose from, in their order; none for a CSV file. Raises Refused."""
    return xlsx.Workbook(file, content).names if content.startswith(ZIP) else []


def write_rows(
    columns: list[str], rows: Iterable[tuple[Mapping[str, str], str]], dialect: Dialect, heading: str
) -> bytes:
    """Rows as a CSV file of the input's own dialect, each with a reason under `heading` as its last cell.

    In: the table's columns, and each row's values with its reason. A mixed file, and one whose encoding
    lacks a character, comes back as UTF-8 with a mark. What a spreadsheet would run is made safe.
    """
    listed = list(rows)
    known = set(columns)
    surplus = sorted(
        {name for values, _reason in listed for name in values} - known, key=lambda name: (len(name), name)
    )
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=dialect.delimiter, lineterminator=dialect.line_end)
    writer.writerow([safe_cell(name) for name in (*columns, *surplus, heading)])
    for values, reason in listed:
        cells = [values.get(name, "") for name in (*columns, *surplus)]
        writer.writerow([safe_cell(cell) for cell in (*cells, reason)])
    return _encoded(stream.getvalue(), dialect.encoding)


def _encoded(text: str, encoding: str) -> bytes:
    if encoding in MARKS:
        return MARKS[encoding] + text.encode(encoding)
    try:
        return text.encode(UTF8_MARK if encoding == MIXED else encoding)
    except UnicodeEncodeError:
        return text.encode(UTF8_MARK)


def _table(file: str, lines: Lines, dialect: Dialect) -> Table:
    first = list(islice(lines, LOOKED_AT))
    if not first:
        raise Refused(no_rows(file, dialect))
    place = _place_of_names([cells for _number, _line, cells in first])
    _number, line, head = first[place]
    table = Table(file, _names(file, line, head), dialect=dialect)
    again: list[int] = []
    for number, line, cells in chain(first[place + 1 :], lines):
        if _is_head_again(cells, head):
            again.append(number)
        else:
            _add(table, number, line, cells)
    if again:
        table.notes.append(Problem("head_again", file, again[0], values={"rows": len(again)}))
    return table


def _place_of_names(rows: list[list[str]]) -> int:
    """Which of the first rows has the names: the first that is more than half as full as the fullest."""
    filled = [sum(1 for cell in cells if cell.strip()) for cells in rows]
    return next(place for place, count in enumerate(filled) if 2 * count > max(filled))


def _names(file: str, line: int, head: list[str]) -> list[str]:
    """The columns' names, each once: "Phone", "Phone (2)"; one without a name is called by its place."""
    names: list[str] = []
    taken: set[str] = set()
    while head and not head[-1].strip():
        head = head[:-1]
    for place, cell in enumerate(head, start=1):
        if NUL in cell:
            raise Refused(Problem("head_not_text", file=file, line=line))
        name = stem = " ".join(cell.split()) or f"column {place}"
        turn = 1
        while name.lower() in taken:
            turn += 1
            name = f"{stem} ({turn})"
        taken.add(name.lower())
        names.append(name)
    return names


def _is_head_again(cells: list[str], head: list[str]) -> bool:
    pairs = [(cell.strip(), name.strip()) for cell, name in zip(cells, head, strict=False) if cell.strip()]
    return len(pairs) > 1 and all(cell == name for cell, name in pairs)


def _add(table: Table, number: int, line: int, cells: list[str]) -> None:
    """Put a row into the table: blank where it is short; what it has beyond the columns breaks it."""
    while len(cells) > len(table.columns) and not cells[-1].strip():
        cells = cells[:-1]
    values = [cell.replace(NUL, NUL_SIGN) for cell in cells]
    values += [""] * (len(table.columns) - len(values))
    names = [*table.columns, *(f"column {place}" for place in range(len(table.columns) + 1, len(values) + 1))]
    row = Row(table.file, number, line, dict(zip(names, values, strict=True)))
    if len(cells) > len(table.columns):
        table.problems.append(row.problem("cells", found=len(cells), wanted=len(table.columns)))
    elif any(NUL in cell for cell in cells):
        table.problems.append(row.problem("control"))
    else:
        table.rows.append(row)
