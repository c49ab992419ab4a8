"""A sheet of an Excel workbook, read as a stream: its rows as text, each with its number."""

import re

from .numbers import GENERAL, Format
from .problems import Problem, Refused
from .tables import MAX_CELLS, MAX_COLUMNS, Amount
from .xlsx_parts import Attributes, Texts

MAX_ROW = 1_048_576  # of a spreadsheet
MAX_STRANGE = 100_000  # elements that are neither rows nor cells
INLINE = ("is", "r", "t")  # a cell's own text and its runs
REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")


class Rows(Texts):
    """A sheet; `ready` are the rows that hold something since the last piece, as (row number, cells)."""

    def __init__(
        self, file: str, name: str, texts: list[str], formats: list[Format], since_1904: bool
    ) -> None:
        super().__init__(file, name)
        self.texts, self.formats, self.since_1904 = texts, formats, since_1904
        self.amount = Amount(file)
        self.ready: list[tuple[int, list[str]]] = []
        self.row, self.column, self.met, self.strange = 0, -1, 0, 0
        self.cells: dict[int, str] = {}
        self.cell: Attributes = {}
        self.value, self.is_formula = "", False
        self.without_value: list[int] = []  # row numbers

    def start(self, name: str, attributes: Attributes) -> None:
        """A row, a cell or a formula begins."""
        if name == "c":
            self.cell, self.value, self.is_formula = attributes, "", False
            self.column = self._column(attributes["r"]) if "r" in attributes else self.column + 1
            self.met += 1
            if self.met > MAX_CELLS:
                raise Refused(Problem("too_many_cells", file=self.file, values={"limit": MAX_CELLS}))
        elif name == "row":
            self.row = max(self.row + 1, _whole(attributes.get("r", "")))
            self.cells, self.column = {}, -1
            if self.row > MAX_ROW:
                raise self.damaged()
        elif name == "f" and not self.is_formula:
            self.is_formula = True
        elif name != "v" or self.value:
            self.strange += name not in INLINE
            if self.strange > MAX_STRANGE or len(self.runs) > MAX_STRANGE:
                raise self.damaged()
            super().start(name, attributes)

    def end(self, name: str) -> None:
        """A value, a cell, a row or the sheet's data end."""
        if name == "v":
            self.value = self.own_text
        elif name == "c":
            if self.value or self.runs or self.is_formula:
                self._keep(self._shown())
            else:
                self.pass_over()
        elif name == "row":
            self._end_row()
        elif name == "sheetData":
            self.over = True
        else:
            super().end(name)

    def _column(self, reference: str) -> int:
        """A cell's column, from 0; the next one where the cell doesn't say."""
        found = REFERENCE.fullmatch(reference)
        if not found:
            return self.column + 1
        place = 0
        for letter in found[1]:
            place = 26 * place + ord(letter) - 64
        return place - 1

    def _shown(self) -> str:
        """The cell as a person sees it."""
        kind, value, whole = self.cell.get("t", "n"), self.value, self.whole()
        if kind == "s" and value:
            place = _whole(value, otherwise=-1)
            if not 0 <= place < len(self.texts):
                raise self.damaged()
            return self.texts[place]
        if kind == "inlineStr":
            return whole
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value)
        if self.is_formula and not value and kind != "str":
            self.without_value.append(self.row)
        if kind != "n":
            return value
        style = _whole(self.cell.get("s", ""))
        form = self.formats[style] if style < len(self.formats) else GENERAL
        return form.shown(value, self.since_1904)

    def _keep(self, text: str) -> None:
        if not text:
            return
        if self.column >= MAX_COLUMNS:
            raise Refused(Problem("too_many_columns", file=self.file, values={"limit": MAX_COLUMNS}))
        self.cells[self.column] = text

    def _end_row(self) -> None:
        if not any(map(str.strip, self.cells.values())):
            self.pass_over()
        else:
            cells = [self.cells.get(place, "") for place in range(max(self.cells) + 1)]
            self.amount.add(cells)
            self.ready.append((self.row, cells))
        self.cells = {}


def _whole(text: str, otherwise: int = 0) -> int:
    """A whole number of at most eight digits."""
    return int(text) if re.fullmatch("[0-9]{1,8}", text) else otherwise
