"""The parts of an Excel workbook (.xlsx, ECMA-376), each read as a stream of elements.

What a file says of itself is not believed: parts are unpacked piece by piece, elements are counted, a
document type (where entities would be defined) is refused, and a limit ends the reading where it is met.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from .numbers import Format
from .problems import Problem, Refused
from .source import DAMAGED
from .tables import MAX_CELLS

PIECE = 65_536  # bytes unpacked at a time
MAX_TAGS = 8_000_000  # of one part
MAX_DEPTH = 50
MAX_EMPTY = 500_000  # rows, cells or texts that hold nothing
MAX_STYLES = 65_490  # Excel's own limit
MAX_CELL = 131_072  # characters, as of a CSV file
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Attributes = dict[str, str]


class Part:
    """One XML part of a workbook, read as a stream. Subclasses say what an element means to them."""

    def __init__(self, file: str, name: str) -> None:
        self.file = file
        self.name = name
        self.depth = 0
        self.text: list[str] = []
        self.length = 0
        self.over = False
        self.empty = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends; `own_text` is what stood in it."""

    @property
    def own_text(self) -> str:
        """The text since the last element began, with what Excel writes as _x000A_."""
        text = self.text[0] if len(self.text) == 1 else "".join(self.text)
        return ESCAPED.sub(_unescaped, text) if "_x" in text else text

    def read(self, archive: zipfile.ZipFile) -> Iterator[None]:
        """Unpack and parse; stops after each piece. Raises Refused."""
        parser = expat.ParserCreate()
        parser.buffer_text, parser.buffer_size = True, PIECE
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        tags = 0
        try:
            with archive.open(self.name) as stream:
                while not self.over and (piece := stream.read(PIECE)):
                    tags += piece.count(b"<")
                    if tags > MAX_TAGS:
                        raise self.damaged()
                    parser.Parse(piece)
                    yield
                if not self.over:
                    parser.Parse(b"", True)
                    yield
        except (expat.ExpatError, LookupError, *DAMAGED) as error:
            raise self.damaged() from error

    def pass_over(self) -> None:
        """Count a row, cell or text that holds nothing. Raises Refused where there is no end of them."""
        self.empty += 1
        if self.empty > MAX_EMPTY:
            raise Refused(Problem("too_empty", file=self.file, values={"limit": MAX_EMPTY}))

    def damaged(self) -> Refused:
        """The refusal of a workbook of which this part can't be read."""
        return Refused(Problem("damaged_workbook", file=self.file, values={"part": self.name[:200]}))

    def _start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.damaged()
        if self.text:
            self.text, self.length = [], 0
        self.start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.end(name.rpartition(":")[2] if ":" in name else name)

    def _characters(self, text: str) -> None:
        self.length += len(text)
        if self.length > MAX_CELL:
            raise Refused(Problem("huge_cell", file=self.file))
        self.text.append(text)

    def _doctype(self, *_args: Any) -> None:
        raise self.damaged()


class Contents(Part):
    """The workbook's own part: its sheets by name, in their order, each with the id of its relationship."""

    def __init__(self, file: str, name: str) -> None:
        super().__init__(file, name)
        self.sheets: dict[str, str] = {}
        self.since_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        """Sheets that a person sees, and the day from which dates count."""
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            ids = [value for key, value in attributes.items() if key.rpartition(":")[2] == "id"]
            self.sheets[attributes.get("name", "")] = ids[0] if ids else ""
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904", "0") in ("1", "true")


class Relations(Part):
    """Where the parts lie: by the id of the relationship, as (kind, name of the part)."""

    def __init__(self, file: str, name: str, base: str) -> None:
        super().__init__(file, name)
        self.base = base
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        """One relationship; its target is relative to the part that it belongs to, or absolute."""
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/", self.base, attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.targets[attributes.get("Id", "")] = (kind, path.lstrip("/"))

    def first(self, kind: str) -> str:
        """The first part of this kind, or ""."""
        return next((target for found, target in self.targets.values() if found == kind), "")


class Styles(Part):
    """How each style of cell shows its number."""

    def __init__(self, file: str, name: str) -> None:
        super().__init__(file, name)
        self.codes: dict[str, str] = {}
        self.numbers: list[str] = []
        self.in_cells = False

    def start(self, name: str, attributes: Attributes) -> None:
        """Formats by their number, and the number of each style."""
        if name == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.in_cells = True
        elif name == "xf" and self.in_cells:
            if len(self.numbers) == MAX_STYLES:
                raise self.damaged()
            self.numbers.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        """The styles of cells are over."""
        if name == "cellXfs":
            self.in_cells = False

    def formats(self) -> list[Format]:
        """The format of each style, by its place."""
        made = {number: Format.of(number, self.codes.get(number, "")) for number in set(self.numbers)}
        return [made[number] for number in self.numbers]


class Texts(Part):
    """A part that holds texts: of their runs, without how a word is spoken."""

    def __init__(self, file: str, name: str) -> None:
        super().__init__(file, name)
        self.spoken = False
        self.runs: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """What follows is how a word is spoken."""
        if name == "rPh":
            self.spoken = True

    def end(self, name: str) -> None:
        """A run ends."""
        if name == "t" and not self.spoken:
            self.runs.append(self.own_text)
        elif name == "rPh":
            self.spoken = False

    def whole(self) -> str:
        """The text of the runs since the last call."""
        if not self.runs:
            return ""
        text, self.runs = "".join(self.runs), []
        if len(text) > MAX_CELL:
            raise Refused(Problem("huge_cell", file=self.file))
        return text


class Strings(Texts):
    """The texts that cells share."""

    def __init__(self, file: str, name: str) -> None:
        super().__init__(file, name)
        self.texts: list[str] = []

    def end(self, name: str) -> None:
        """A text ends."""
        super().end(name)
        if name == "si":
            self.texts.append(self.whole())
            if not self.texts[-1]:
                self.pass_over()
            if len(self.texts) > MAX_CELLS:
                raise self.damaged()


def _unescaped(found: re.Match[str]) -> str:
    """The character that was written by its number, where it is one that can be kept as text."""
    number = int(found[1], 16)
    return found[0] if number == 0 or 0xD800 <= number <= 0xDFFF else chr(number)
