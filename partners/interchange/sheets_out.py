"""Writes lines of text as a file that a spreadsheet opens, CSV or workbook, a piece at a time.

Nothing in it is ever run: in CSV by `safe_cell`, which `read_sheet` takes away again; in a workbook since
every cell is a text in the format "text", which stays one when somebody edits it.
"""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from xml.sax.saxutils import escape, quoteattr

from .cells import safe_cell

PIECE = 500  # lines
LONGEST = 32_767  # characters of a workbook's cell
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # a workbook reads "_x0041_" as "A"
WIDTH = 24  # of a column, in characters

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    "<borders count='1'><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>",
}
NAME, TEXT = 1, 2  # styles: a column's name in bold, a text
SHEET = (
    f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    f'<cols><col min="1" max="100" width="{WIDTH}" customWidth="1"/></cols><sheetData>'
)


def csv_file(lines: Iterable[list[str]]) -> Iterator[bytes]:
    """The lines as CSV in UTF-8 with a mark, as Excel opens it without asking."""
    yield codecs.BOM_UTF8
    for some in _pieces(lines):
        stream = io.StringIO(newline="")
        csv.writer(stream).writerows([safe_cell(cell) for cell in line] for line in some)
        yield stream.getvalue().encode()


def workbook_file(lines: Iterable[list[str]], *, title: str) -> Iterator[bytes]:
    """The lines as a workbook of one sheet, the first of them its frozen head."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, part in {**PARTS, "xl/workbook.xml": _contents(title)}.items():
            archive.writestr(name, HEAD + part)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write((HEAD + SHEET).encode())
            style = NAME
            for some in _pieces(lines):
                for line in some:
                    sheet.write(_row(line, style).encode())
                    style = TEXT
                yield sink.taken()
            sheet.write(b"</sheetData></worksheet>")
    yield sink.taken()


def _pieces(lines: Iterable[list[str]]) -> Iterator[list[list[str]]]:
    onward = iter(lines)
    return iter(lambda: list(islice(onward, PIECE)), [])


class _Sink:
    """What a zip file is written to and taken from, a piece at a time."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        taken, self.pieces = b"".join(self.pieces), []
        return taken


def _contents(title: str) -> str:
    name = quoteattr(_xml_text(re.sub(r"[\[\]:*?/\\]", " ", title))[:31])
    sheets = f'<sheets><sheet name={name} sheetId="1" r:id="rId1"/></sheets>'
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{sheets}</workbook>'


def _row(line: list[str], style: int) -> str:
    cells = "".join(
        f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{_cell(text)}</t></is></c>'
        if text
        else f'<c s="{style}"/>'
        for text in line
    )
    return f"<row>{cells}</row>"


def _cell(text: str) -> str:
    return escape(LIKE_AN_ESCAPE.sub("_x005F_", _xml_text(text[:LONGEST])), {"\r": "_x000D_"})


def _xml_text(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)
