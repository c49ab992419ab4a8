"""Reads one CSV file strictly, whoever wrote it: bytes in, a table of rows out, each row with its place.

Encoding: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252. Delimiter: comma, semicolon, tab
or bar, whichever the first line holds most. Line ends: any. A quotation mark without its partner breaks the
file; a row with too few or too many cells breaks the row. Cells stay verbatim; look-ups strip them.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from .problems import Problem, Refused

DELIMITERS = ",;\t|"
NUL, NUL_SIGN = "\x00", "\u2400"  # PostgreSQL keeps no NUL, not even in what we say was wrong


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the file: `number` as a spreadsheet counts (head = 1), `line` as an editor."""

    file: str
    number: int
    line: int
    values: dict[str, str]

    def problem(self, code: str, column: str = "", **values: str | int) -> Problem:
        """A problem with this row."""
        return Problem(code, self.file, self.number, self.line, column, values, self.values)


@dataclass(slots=True)
class Table:
    """A file's rows under its column names, and the rows that can't be read, as problems."""

    file: str
    columns: list[str]
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    spelling: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.spelling = {column.lower().replace(" ", "_"): column for column in self.columns}

    def column(self, *names: str) -> str:
        """The file's own spelling of the first of these column names that it has, or ""."""
        return next((self.spelling[name] for name in names if name in self.spelling), "")

    def text(self, row: Row, *names: str) -> str:
        """A row's value in the first of these columns that the file has, without the spaces around it."""
        column = self.column(*names)
        return row.values[column].strip() if column else ""


def read_table(file: str, content: bytes) -> Table:
    """The table in a CSV file. Raises Refused, with the line, where the file as a whole can't be trusted."""
    text = decode(file, content)
    if not text.strip():
        raise Refused(Problem("empty", file=file))
    lines = _lines(file, text)
    _number, line, head = next(lines)
    columns = _columns(file, line, head)
    table = Table(file, columns)
    for number, line, cells in lines:
        values = [cell.replace(NUL, NUL_SIGN) for cell in cells]
        row = Row(file, number, line, dict(zip(columns, values, strict=False)))
        if len(cells) != len(columns):
            table.problems.append(row.problem("cells", found=len(cells), wanted=len(columns)))
        elif values != cells:
            table.problems.append(row.problem("control"))
        else:
            table.rows.append(row)
    _check_width(table)
    return table


def _check_width(table: Table) -> None:
    """Raise Refused where it is the head that is too short or too long: all rows, two or more, agree."""
    widths = {problem.values.get("found") for problem in table.problems}
    if not table.rows and len(table.problems) > 1 and len(widths) == 1 and None not in widths:
        raise Refused(Problem("head_width", file=table.file, values=table.problems[0].values))


def decode(file: str, content: bytes) -> str:
    """The file's text. Raises Refused, naming the line, where it is in none of the encodings we know."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
    raise Refused(Problem("encoding", file=file, line=line))


def delimiter(text: str) -> str:
    """The character between the cells: the one that the first line holds most; a comma for none."""
    first = text.lstrip("\r\n").splitlines()[0]
    return max(DELIMITERS, key=first.count)


def _lines(file: str, text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Each row that holds something, as (row number, line number, cells)."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    number, line = 0, 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            code = "huge_cell" if "field limit" in str(error) else "quotes"
            raise Refused(Problem(code, file, number + 1, line)) from error
        number += 1
        if any(cells):
            yield number, line, cells
        line = reader.line_num + 1


def _columns(file: str, line: int, head: list[str]) -> list[str]:
    """The column names; a nameless column is called after its place ("column 3")."""
    names = [cell.strip() or f"column {place}" for place, cell in enumerate(head, start=1)]
    seen: set[str] = set()
    for name in names:
        if NUL in name:
            raise Refused(Problem("head_not_text", file=file, line=line))
        if name.lower() in seen:
            raise Refused(Problem("head_twice", file=file, line=line, column=name))
        seen.add(name.lower())
    return names
