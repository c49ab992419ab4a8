"""Reads an Excel workbook (.xlsx): rows of text, as a person sees them there.

Formulas count as the result that Excel stored; nothing is ever computed. Time and memory are bounded: see
`xlsx_parts` for what is refused inside of a part, `source` for the zip file around them.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import TypeVar

from .numbers import Format
from .problems import Problem, Refused
from .source import DAMAGED, check_sizes
from .xlsx_parts import Contents, Part, Relations, Strings, Styles
from .xlsx_rows import Rows

P = TypeVar("P", bound=Part)


class Workbook:
    """An open workbook: `names` are the sheets that a person sees in it, in their order."""

    def __init__(self, file: str, content: bytes) -> None:
        self.file = file
        self.notes: list[Problem] = []
        try:
            self.archive = zipfile.ZipFile(BytesIO(content))
            check_sizes(file, self.archive.infolist())
        except DAMAGED as error:
            raise Refused(Problem("not_a_zip", file=file)) from error
        path = self._relations("", "_rels/.rels").first("officeDocument")
        if not path.startswith("xl/"):
            raise Refused(Problem("not_a_sheet", file=file))
        folder, _slash, name = path.rpartition("/")
        self.contents = self._whole(Contents(file, path))
        self.relations = self._relations(folder, f"{folder}/_rels/{name}.rels")
        self.paths = {
            sheet: self.relations.targets[key][1]
            for sheet, key in self.contents.sheets.items()
            if self.relations.targets.get(key, ("", ""))[0] == "worksheet"
        }
        self.names = list(self.paths)
        self._texts: list[str] | None = None

    def first(self) -> str:
        """The first sheet that has two rows, else the first that has one. Raises Refused where none has."""
        for wanted in (2, 1):
            for name in self.names:
                if len(list(islice(self.rows(name), wanted))) == wanted:
                    return name
        raise Refused(Problem("no_sheets", file=self.file))

    def rows(self, name: str) -> Iterator[tuple[int, list[str]]]:
        """The rows of a sheet that hold something, each with its number. Raises Refused."""
        if name not in self.paths:
            raise Refused(Problem("no_sheet", file=self.file, values={"name": name}))
        sheet = Rows(self.file, self.paths[name], self._shared(), self._formats(), self.contents.since_1904)
        for _piece in sheet.read(self.archive):
            yield from sheet.ready
            sheet.ready = []
        if empty := sheet.without_value:
            self.notes = [Problem("no_value", self.file, empty[0], values={"cells": len(empty)})]

    def _shared(self) -> list[str]:
        if self._texts is None:
            path = self.relations.first("sharedStrings")
            self._texts = self._whole(Strings(self.file, path)).texts if path else []
        return self._texts

    def _formats(self) -> list[Format]:
        path = self.relations.first("styles")
        return self._whole(Styles(self.file, path)).formats() if path else []

    def _relations(self, base: str, path: str) -> Relations:
        return self._whole(Relations(self.file, path, base))

    def _whole(self, part: P) -> P:
        for _piece in part.read(self.archive):
            pass
        return part
