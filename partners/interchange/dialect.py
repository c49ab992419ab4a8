"""How a file of rows is written (encoding, line ends, delimiter): found by fixed rules, and written again.

Encoding: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252. Where lines disagree (files put
together from two systems), each line is decoded by itself, UTF-8 first, and the others are counted.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from .problems import Problem, Refused

UTF8, UTF8_MARK, WINDOWS, MIXED = "utf-8", "utf-8-sig", "cp1252", "mixed"
MARKS = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
DELIMITERS = ",;\t|"
SAMPLE_ROWS, SAMPLE_CHARACTERS = 20, 65_536  # what the delimiter is found by
MAX_LINES = 1_100_000  # a spreadsheet has 1,048,576 rows
NOT_ASCII = re.compile(rb"[\x80-\xff]")
END_OF_LINE = re.compile(rb"[\r\n]")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file was written; the default is what spreadsheets open without a question.

    `encoding` is one of UTF8, UTF8_MARK, WINDOWS, MIXED and the keys of MARKS. `line_end` is the most
    frequent one. `sheet` is the name of the sheet that was read, "" outside of workbooks.
    """

    encoding: str = UTF8_MARK
    line_end: str = "\r\n"
    delimiter: str = ","
    sheet: str = ""

    def as_json(self) -> dict[str, str]:
        """The dialect as plain values; `from_json` reads it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Dialect":
        """The dialect that `as_json` wrote."""
        return cls(**stored)


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text, how it was written, and the lines of a mixed file that are not UTF-8."""

    text: str
    dialect: Dialect
    odd_lines: tuple[int, ...] = ()


def decode(file: str, content: bytes) -> Text:
    """The text of a file. Raises Refused, naming the line, where it is in none of the encodings we know."""
    if _ends(content, 0, len(content)) > MAX_LINES:
        raise Refused(Problem("too_many_lines", file=file, values={"limit": MAX_LINES}))
    text, encoding, odd_lines = _decoded(file, content)
    return Text(text, Dialect(encoding, line_end(text), delimiter(text)), odd_lines)


def line_end(text: str) -> str:
    """What stands between the rows, outside of quotation marks; the most frequent of CRLF, LF and CR."""
    outside = text.split('"')[::2]
    crlf = sum(part.count("\r\n") for part in outside)
    counts = {
        "\r\n": crlf,
        "\n": sum(part.count("\n") for part in outside) - crlf,
        "\r": sum(part.count("\r") for part in outside) - crlf,
    }
    return max(counts, key=counts.__getitem__)


def delimiter(text: str) -> str:
    """What stands between the cells: the character by which most of the first rows are equally wide.

    Then the one that makes them widest, then the first of comma, semicolon, tab and bar.
    """
    sample = text[:SAMPLE_CHARACTERS]
    return max(DELIMITERS, key=lambda mark: _fit(sample, mark))


def _fit(sample: str, mark: str) -> tuple[int, int]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=mark)
    widths = Counter(len(cells) for cells in islice(reader, SAMPLE_ROWS) if len(cells) > 1)
    return max(((rows, width) for width, rows in widths.items()), default=(0, 0))


def _decoded(file: str, content: bytes) -> tuple[str, str, tuple[int, ...]]:
    for encoding, mark in MARKS.items():
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding), encoding, ()
            except UnicodeDecodeError as error:
                line = content[len(mark) :][: error.start].decode(encoding, "replace").count("\n") + 1
                raise Refused(Problem("encoding", file=file, line=line)) from error
    encoding = UTF8_MARK if content.startswith(codecs.BOM_UTF8) else UTF8
    try:
        return content.decode(encoding), encoding, ()
    except UnicodeDecodeError:
        return _line_by_line(file, content.removeprefix(codecs.BOM_UTF8))


def _line_by_line(file: str, content: bytes) -> tuple[str, str, tuple[int, ...]]:
    """A file that is not UTF-8 as a whole; only lines with more than ASCII are looked at."""
    parts: list[str] = []
    odd_lines: list[int] = []
    is_utf8, place, line = False, 0, 1
    while found := NOT_ASCII.search(content, place):
        start = max(content.rfind(end, place, found.start()) for end in (b"\n", b"\r")) + 1 or place
        line += _ends(content, place, start)
        end = END_OF_LINE.search(content, found.end())
        stop = end.start() if end else len(content)
        parts.append(content[place:start].decode("ascii"))
        try:
            parts.append(content[start:stop].decode())
            is_utf8 = True
        except UnicodeDecodeError:
            parts.append(_windows(file, line, content[start:stop]))
            odd_lines.append(line)
        place = stop
    parts.append(content[place:].decode("ascii"))
    text = "".join(parts)
    return (text, MIXED, tuple(odd_lines)) if is_utf8 else (text, WINDOWS, ())


def _ends(content: bytes, start: int, stop: int) -> int:
    """How many lines end in this part."""
    crlf = content.count(b"\r\n", start, stop)
    return content.count(b"\n", start, stop) + content.count(b"\r", start, stop) - crlf


def _windows(file: str, line: int, content: bytes) -> str:
    try:
        return content.decode(WINDOWS)
    except UnicodeDecodeError as error:
        raise Refused(Problem("encoding", file=file, line=line)) from error
