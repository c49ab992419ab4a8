"""Small Excel workbooks of our own, in the shape in which Excel writes them: shared texts, styles."""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

Cell = str | int | float | bool | tuple[str, str, str] | None


def workbook(
    *sheets: tuple[str, list[list[Cell]]], formats: tuple[str, ...] = (), **parts: str | bytes
) -> bytes:
    """A workbook with these sheets. A cell is a text, a number, or (attributes, elements inside, "") as XML.

    `formats` become styles 1, 2 ...; `parts` replace a whole part, its name's "/" and "." written "__".
    """
    texts: list[str] = []
    held = {f"xl/worksheets/sheet{n}.xml": _sheet(rows, texts) for n, (_name, rows) in enumerate(sheets, 1)}
    names = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, (name, _rows) in enumerate(sheets, 1)
    )
    links = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    links += [("rId98", "styles", "styles.xml"), ("rId99", "sharedStrings", "sharedStrings.xml")]
    held |= {
        "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(links),
        "xl/styles.xml": _styles(formats),
        "xl/sharedStrings.xml": f"<sst {MAIN}>{''.join(texts)}</sst>",
    }
    changed = {name.replace("___", ".").replace("__", "/"): content for name, content in parts.items()}
    return packed({**held, **changed})


def packed(files: dict[str, str] | dict[str, str | bytes]) -> bytes:
    """A zip file of these."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def sheet_xml(rows: str) -> str:
    """A sheet with this inside of its data."""
    return f"<worksheet {MAIN}><sheetData>{rows}</sheetData><pageMargins/></worksheet>"


def _sheet(rows: list[list[Cell]], texts: list[str]) -> str:
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(_cell(f"{chr(64 + place)}{number}", cell, texts) for place, cell in enumerate(row, 1))
        lines.append(f'<row r="{number}">{cells}</row>' if cells else "")
    return sheet_xml("".join(lines))


def _cell(place: str, cell: Cell, texts: list[str]) -> str:
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return f'<c r="{place}" {cell[0]}>{cell[1]}</c>'
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, str):
        texts.append(f'<si><t xml:space="preserve">{escape(cell)}</t></si>')
        return f'<c r="{place}" t="s"><v>{len(texts) - 1}</v></c>'
    return f'<c r="{place}"><v>{cell}</v></c>'


def _styles(formats: tuple[str, ...]) -> str:
    codes = "".join(
        f'<numFmt numFmtId="{163 + n}" formatCode={quoteattr(code)}/>' for n, code in enumerate(formats, 1)
    )
    styles = "".join(f'<xf numFmtId="{163 + n}"/>' for n in range(1, len(formats) + 1))
    return (
        f"<styleSheet {MAIN}><numFmts>{codes}</numFmts><cellStyleXfs><xf numFmtId='9'/></cellStyleXfs>"
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>'
    )


def _relations(links: list[tuple[str, str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{to}"/>' for id, kind, to in links
    )
    return f'<Relationships xmlns="{PACKAGE}">{inside}</Relationships>'
