"""What can be wrong with an imported file, as data: the place, and a sentence in the reader's language."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..history_words import FIELDS


class Weight(StrEnum):
    """How far a problem reaches."""

    FILE = "file"  # nothing can be imported
    ROW = "row"  # the row can't be used
    LINK = "link"  # the row points to one that isn't there: it is left out and named
    NOTE = "note"  # the row is used; one value of it is kept aside


REASONS: dict[str, tuple[Weight, Promise]] = {
    "not_kept": (Weight.FILE, gettext_lazy("the file is no longer kept; hand it over again")),
    "nothing": (Weight.FILE, gettext_lazy("there are no CSV files here")),
    "no_table": (Weight.FILE, gettext_lazy("this file is missing; a directory needs it")),
    "empty": (Weight.FILE, gettext_lazy("the file is empty")),
    "empty_sheet": (Weight.FILE, gettext_lazy("there are no rows in the sheet “%(name)s”")),
    "too_big": (Weight.FILE, gettext_lazy("the files are larger than %(limit)s MB together")),
    "too_many_files": (Weight.FILE, gettext_lazy("there are more than %(limit)s files")),
    "too_many_rows": (Weight.FILE, gettext_lazy("there are more than %(limit)s rows together")),
    "too_many_lines": (Weight.FILE, gettext_lazy("there are more than %(limit)s lines")),
    "too_many_columns": (Weight.FILE, gettext_lazy("there are more than %(limit)s columns")),
    "too_many_cells": (Weight.FILE, gettext_lazy("there are more than %(limit)s cells")),
    "too_many_characters": (Weight.FILE, gettext_lazy("there are more than %(limit)s characters")),
    "too_empty": (
        Weight.FILE,
        gettext_lazy(
            "besides what holds something there are more than %(limit)s empty rows or cells;"
            " copy your rows to a new sheet"
        ),
    ),
    "not_a_zip": (Weight.FILE, gettext_lazy("this is not a whole zip file")),
    "locked_zip": (Weight.FILE, gettext_lazy("the zip file asks for a password; make one without")),
    "unsafe_name": (
        Weight.FILE,
        gettext_lazy("the zip file holds a name that leads outside of it: %(name)s"),
    ),
    "same_name": (Weight.FILE, gettext_lazy("two files have this name")),
    "not_csv": (Weight.FILE, gettext_lazy("this is neither a zip file nor a CSV file")),
    "not_json": (Weight.FILE, gettext_lazy("this is not whole JSON, or not in UTF-8")),
    "encoding": (Weight.FILE, gettext_lazy("a character here is neither UTF-8 nor Windows-1252")),
    "quotes": (Weight.FILE, gettext_lazy("a quotation mark opens here and doesn't close as it must")),
    "huge_cell": (Weight.FILE, gettext_lazy("a cell here holds more than 128,000 characters")),
    "head_twice": (Weight.FILE, gettext_lazy("two columns have this name")),
    "head_not_text": (Weight.FILE, gettext_lazy("the name of a column holds a character that is not text")),
    "head_width": (
        Weight.FILE,
        gettext_lazy("each row has %(found)s cells, the first %(wanted)s: check the names of the columns"),
    ),
    "old_excel": (
        Weight.FILE,
        gettext_lazy(
            "this is a workbook of the old kind (.xls) or one with a password; save it as .xlsx without"
        ),
    ),
    "not_a_sheet": (Weight.FILE, gettext_lazy("this is neither an Excel workbook (.xlsx) nor a CSV file")),
    "damaged_workbook": (Weight.FILE, gettext_lazy("this workbook is damaged: %(part)s can't be read")),
    "no_sheet": (Weight.FILE, gettext_lazy("the workbook has no sheet called %(name)s")),
    "no_sheets": (Weight.FILE, gettext_lazy("the workbook has no sheet with rows")),
    "bomb": (
        Weight.FILE,
        gettext_lazy("unpacked, %(name)s would be %(times)s times as large; that is not taken"),
    ),
    "nested_zip": (Weight.FILE, gettext_lazy("there is a zip file inside: %(name)s; unpack it first")),
    "no_column": (Weight.FILE, gettext_lazy("this column is missing")),
    "other_directory": (
        Weight.FILE,
        gettext_lazy(
            "this looks like another directory than “%(source)s”: %(renamed)s of %(known)s organizations with"
            " the same ids have other names (%(was)s is now %(now)s). Give this directory a name of its own"
        ),
    ),
    "cells": (Weight.ROW, gettext_lazy("cells: %(found)s here, %(wanted)s in the first row")),
    "control": (Weight.ROW, gettext_lazy("a cell holds a character that is not text")),
    "blank": (Weight.ROW, gettext_lazy("this cell is blank, and it is needed")),
    "not_asked": (
        Weight.ROW,
        gettext_lazy(
            "perhaps here already as “%(name)s”, about which nobody was asked yet; import the file once more"
            " for this one"
        ),
    ),
    "a_total": (Weight.ROW, gettext_lazy("“%(value)s” counts the other rows, so it is no partner")),
    "twice": (Weight.ROW, gettext_lazy("row %(first)s has the same id, %(value)s")),
    "too_long": (Weight.ROW, gettext_lazy("this cell is longer than %(limit)s characters")),
    "dangling": (Weight.LINK, gettext_lazy("%(table)s has no usable row with the id %(value)s")),
    "no_link_column": (
        Weight.LINK,
        gettext_lazy("this column is missing, so %(rows)s rows don't say which organization they belong to"),
    ),
    "no_organization": (Weight.LINK, gettext_lazy("the row doesn't say which organization it belongs to")),
    "mixed_encoding": (
        Weight.NOTE,
        gettext_lazy(
            "lines read as Windows-1252, since they are not UTF-8 like the others: %(lines)s; the first"
        ),
    ),
    "head_again": (Weight.NOTE, gettext_lazy("rows that repeat the first row, passed over: %(rows)s")),
    "no_value": (
        Weight.NOTE,
        gettext_lazy("formulas without a stored result, read as blank: %(cells)s; the first"),
    ),
    "ours_kept": (
        Weight.NOTE,
        gettext_lazy("%(fields)s: the list says something else than we do; ours stays"),
    ),
    "no_such_school": (Weight.NOTE, gettext_lazy("%(value)s is no school of yours, so it is passed over")),
    "not_your_school": (
        Weight.NOTE,
        gettext_lazy(
            "%(value)s: not all of these are your schools; theirs begin what they do with a partner"
        ),
    ),
    "no_such_stage": (
        Weight.NOTE,
        gettext_lazy("%(value)s is no stage that we know; the usual one is taken"),
    ),
    "no_such_need": (Weight.NOTE, gettext_lazy("%(value)s is no need on your list, so it is passed over")),
    "no_such_sector": (
        Weight.NOTE,
        gettext_lazy("%(value)s is no sector that we know, so it is passed over"),
    ),
    "no_such_kind": (
        Weight.NOTE,
        gettext_lazy("%(value)s is no kind of organization that we know, so it is passed over"),
    ),
    "no_such_tier": (
        Weight.NOTE,
        gettext_lazy("%(value)s does not tell for how many students it is, so it is passed over"),
    ),
    "part_too_long": (
        Weight.NOTE,
        gettext_lazy("%(value)s is longer than %(limit)s characters, so it is passed over"),
    ),
    "not_an_email": (Weight.NOTE, gettext_lazy("%(value)s is not an e-mail address; it is kept aside")),
    "not_a_phone": (Weight.NOTE, gettext_lazy("%(value)s is not a telephone number; it is kept aside")),
    "not_a_website": (Weight.NOTE, gettext_lazy("%(value)s is not a web address; it is kept aside")),
    "not_a_tax_id": (
        Weight.NOTE,
        gettext_lazy("%(value)s is not a tax number of nine digits; it is kept aside"),
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a code of REASONS, the place, and the values its sentence names.

    `row` counts as a spreadsheet does (the head is row 1); `line` is the line in a text editor, which
    differs where a cell holds line breaks. `raw` is the row as it stands in the file, `others` what else is
    wrong with it.
    """

    code: str
    file: str = ""
    row: int = 0
    line: int = 0
    column: str = ""
    values: dict[str, str | int] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    others: list["Problem"] = field(default_factory=list)

    @property
    def weight(self) -> Weight:
        """How far it reaches."""
        return REASONS[self.code][0]

    @property
    def reason(self) -> str:
        """What is wrong, without the place; of others in the same row with their columns."""
        first = str(REASONS[self.code][1]) % (self.values | self._named())
        return "; ".join([first, *(other.in_row for other in self.others)])

    def _named(self) -> dict[str, str]:
        """Our fields, kept by their names in the code, as they are called on pages."""
        fields = str(self.values.get("fields", "")).split(", ")
        return {"fields": ", ".join(str(FIELDS.get(name, name)) for name in fields)}

    @property
    def in_row(self) -> str:
        """What is wrong, with the column but not the row."""
        return f"{self.column}: {self.reason}" if self.column else self.reason

    def and_also(self, *more: "Problem") -> "Problem":
        """This one and others of the same row, as one."""
        others = [replace(one, raw={}, others=[]) for other in more for one in (other, *other.others)]
        return replace(self, others=[*self.others, *others])

    @property
    def place(self) -> str:
        """Where it is: "services.csv, row 7, column name"."""
        parts = [self.file] if self.file else []
        if self.row:
            parts.append(_("row %(row)s") % {"row": self.row})
        if self.line and self.line != self.row:
            parts.append(_("line %(line)s") % {"line": self.line})
        if self.column:
            parts.append(_("column %(column)s") % {"column": self.column})
        return ", ".join(parts)

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}" if self.place else self.reason

    def as_json(self) -> dict[str, Any]:
        """The problem as plain values, to be kept in a row; `from_json` reads it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Problem":
        """The problem that `as_json` wrote."""
        others = [cls(**one) for one in stored.get("others", ())]
        return cls(**{**stored, "others": others})


class Refused(Exception):
    """The files can't be imported; `problems` says why, each with its place."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in problems))
