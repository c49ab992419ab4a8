"""One file for the printer out of many signed PDFs: their pages byte for byte, and their tags with them.

A library that only joins pages leaves the tags behind, and what was printed anew would not be what was
signed. So each letter's tree of tags is taken over whole, and hung below one root, its list of parents under
the number of its place in the file (ISO 32000-1, 14.7).
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<rdf:Description rdf:about="" pdfuaid:part="1"/>
<rdf:Description rdf:about=""><dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt>
</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def joined(letters: Iterable[tuple[bytes, str]], *, title: str, language: str) -> bytes:
    """The pages of these PDFs in their order as one tagged PDF.

    Each comes with its language (BCP 47), which its tags carry; `language` is that of the title. In: PDFs as
    the press makes them, of one page each.
    """
    writer = PdfWriter()
    root = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")}))
    kids, parents = ArrayObject(), ArrayObject()
    for content, of_letter in letters:
        reader = PdfReader(io.BytesIO(content))
        for kid in _take_over(writer, reader, root, parents):
            kid.get_object()[NameObject("/Lang")] = TextStringObject(of_letter)
            kids.append(kid)
    tree: Any = root.get_object()
    tree[NameObject("/K")] = kids
    tree[NameObject("/ParentTree")] = writer._add_object(DictionaryObject({NameObject("/Nums"): parents}))
    tree[NameObject("/ParentTreeNextKey")] = NumberObject(len(parents) // 2)
    _say_what_it_is(writer, root, title, language)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _take_over(writer: PdfWriter, reader: PdfReader, root: Any, parents: ArrayObject) -> list[Any]:
    """Copy pages and tags of one PDF; its list of parents goes on where the last one ended."""
    first = len(parents) // 2
    old: Any = reader.trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]
    for page in reader.pages:
        _renumber(page, writer.add_page(page), first)
    nums = old["/ParentTree"].get_object()["/Nums"]
    for key, value in zip(nums[::2], nums[1::2], strict=True):
        parents.extend([NumberObject(first + int(key)), _copied(writer, value)])
    above = old["/K"].get_object()
    kids = [_copied(writer, kid) for kid in (above if isinstance(above, list) else [old.raw_get("/K")])]
    for kid in kids:
        kid.get_object()[NameObject("/P")] = root
    return kids


def _renumber(page: Any, taken: Any, first: int) -> None:
    """Let a page and its links ask for their parents under the numbers that these have in the new file."""
    taken[NameObject("/StructParents")] = NumberObject(first + int(page["/StructParents"]))
    for old, link in zip(page.get("/Annots", ()), taken.get("/Annots", ()), strict=True):
        number = NumberObject(first + int(old.get_object()["/StructParent"]))
        link.get_object()[NameObject("/StructParent")] = number


def _copied(writer: PdfWriter, thing: Any) -> Any:
    """An object of a reader as one of the writer's; the same one each time."""
    made = thing.clone(writer)
    return getattr(made, "indirect_reference", None) or made


def _say_what_it_is(writer: PdfWriter, root: Any, title: str, language: str) -> None:
    """Title, language, tags and claim, as PDF/UA-1 wants them in the catalog."""
    metadata = StreamObject()
    metadata.set_data(METADATA.format(title=escape(title)).encode())
    metadata[NameObject("/Type")] = NameObject("/Metadata")
    metadata[NameObject("/Subtype")] = NameObject("/XML")
    catalog = writer._root_object
    catalog[NameObject("/Metadata")] = writer._add_object(metadata)
    catalog[NameObject("/Lang")] = TextStringObject(language)
    catalog[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
    catalog[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    catalog[NameObject("/StructTreeRoot")] = root
    writer.add_metadata({"/Title": title})
