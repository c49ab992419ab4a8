"""Reads one CSV file strictly, whoever wrote it: bytes in, a table of rows out, each row with its place.

Encoding, delimiter and line ends: see `dialect`. A quotation mark without its partner breaks the file; a row
with too few or too many cells breaks the row. Cells stay verbatim; look-ups strip them.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from .dialect import Dialect, Text, decode
from .problems import Problem, Refused

MAX_ROWS = 50_000
MAX_COLUMNS = 500
MAX_CELLS = 2_000_000
MAX_CHARACTERS = 100_000_000
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
    """A file's rows under its column names, and the rows that can't be read, as problems.

    `dialect` is how the file was written, `notes` what was seen in reading that keeps no row out.
    """

    file: str
    columns: list[str]
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    dialect: Dialect = field(default_factory=Dialect)
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
    read = decode(file, content)
    lines = csv_lines(file, read)
    _number, line, head = next(lines, (0, 0, []))
    if not head:
        raise Refused(Problem("empty", file=file))
    columns = _columns(file, line, head)
    table = Table(file, columns, notes=odd_lines(file, read), dialect=read.dialect)
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


def odd_lines(file: str, read: Text) -> list[Problem]:
    """What is to be told of a file whose lines are in two encodings."""
    if not read.odd_lines:
        return []
    return [Problem("mixed_encoding", file, line=read.odd_lines[0], values={"lines": len(read.odd_lines)})]


def csv_lines(file: str, read: Text) -> Iterator[tuple[int, int, list[str]]]:
    """Each row that holds something, as (row number, line number, cells).

    Raises Refused where a quotation mark stands alone, and for more than we take of rows, columns or cells.
    """
    reader = csv.reader(io.StringIO(read.text, newline=""), delimiter=read.dialect.delimiter, strict=True)
    number, line, amount = 0, 1, Amount(file)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            code = "huge_cell" if "field limit" in str(error) else "quotes"
            raise Refused(Problem(code, file, number + 1, line)) from error
        number += 1
        if any(map(str.strip, cells)):
            amount.add(cells)
            yield number, line, cells
        line = reader.line_num + 1


@dataclass(slots=True)
class Amount:
    """How much of a file was read; more than we take is refused as soon as it is met."""

    file: str
    rows: int = -1  # without the head
    cells: int = 0
    characters: int = 0

    def add(self, cells: list[str]) -> None:
        """Count a row. Raises Refused."""
        self.rows += 1
        self.cells += len(cells)
        self.characters += sum(map(len, cells))
        for code, found, limit in (
            ("too_many_rows", self.rows, MAX_ROWS),
            ("too_many_columns", len(cells), MAX_COLUMNS),
            ("too_many_cells", self.cells, MAX_CELLS),
            ("too_many_characters", self.characters, MAX_CHARACTERS),
        ):
            if found > limit:
                raise Refused(Problem(code, file=self.file, values={"limit": limit}))


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
