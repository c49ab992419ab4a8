"""What goes out of a batch: the letters as one file for the printer, each as a PDF, labels, a list.

All are in the order of the envelopes, and show what was signed, whatever the records say since.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from partners.interchange.cells import safe_cell
from press import client
from press.documents import Document, Pdf

from . import refusals
from .envelopes import sheets
from .going_out import on_paper
from .models import Batch, SignedLetter
from .numbers import shown
from .print_file import joined
from .services.errors import CannotPrint

PART = 100  # letters of one print file: some 15 MB, and three seconds


@dataclass(frozen=True)
class Part:
    """One file for the printer: from which to which of the letters that are printed, counted from 1."""

    number: int
    first: int
    last: int


def signed_of(batch: Batch) -> QuerySet[SignedLetter]:
    """The signed letters of a batch in the order of their envelopes, without the bytes of their PDFs."""
    kept: QuerySet[SignedLetter] = SignedLetter.objects.filter(letter__batch_row__batch=batch)
    return kept.defer("pdf").select_related("letter").order_by("letter__batch_row__n")


def printed_of(batch: Batch) -> QuerySet[SignedLetter]:
    """Those of them that go on paper."""
    return signed_of(batch).filter(letter__in=on_paper(batch))


def parts(count: int) -> list[Part]:
    """The files for the printer of so many letters."""
    starts = range(0, count, PART)
    return [Part(n, first + 1, min(first + PART, count)) for n, first in enumerate(starts, 1)]


def print_file(batch: Batch, part: Part) -> bytes:
    """The PDF of one part: the very pages that were signed, one after the other, with their tags."""
    kept = printed_of(batch).defer(None)[part.first - 1 : part.last]
    title = _("%(batch)s: letters %(first)d to %(last)d") % {
        "batch": batch,
        "first": part.first,
        "last": part.last,
    }
    letters = ((bytes(one.pdf), one.letter.language) for one in kept)
    return joined(letters, title=title, language=get_language() or "en")


def labels(batch: Batch) -> bytes:
    """Address labels for what goes on paper (Avery 5160). Raises CannotPrint and PressUnavailable."""
    addresses = [one.recipient["lines"] for one in printed_of(batch)]
    html = render_to_string(
        "letters/batches/labels.html", {"batch": batch, "sheets": sheets(addresses), "count": len(addresses)}
    )
    title = ngettext("%(n)d address label", "%(n)d address labels", len(addresses)) % {"n": len(addresses)}
    document = Document(html=html, title=title, lang=get_language() or "en", stylesheet="labels")
    [made] = client.render([document])
    if isinstance(made, Pdf):
        return made.content
    raise CannotPrint(refusals.kept(made))


def as_list(batch: Batch) -> str:
    """The list of a batch as CSV (RFC 4180): every signed letter, with the lines of its address."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [
            *(_("Place"), _("Partner"), _("Name"), _("Reference"), _("Code"), _("Goes by")),
            *(_("Address line %(n)d") % {"n": n} for n in range(1, 6)),
        ]
    )
    rows = signed_of(batch).select_related("letter__batch_row__partner", "letter__contact")
    for kept in rows:
        letter = kept.letter
        cells = [
            letter.batch_row.n,
            letter.batch_row.partner.name,
            letter.contact.name,
            kept.reference,
            shown(kept.code),
            _("E-mail") if letter.mail_wanted_at else _("Paper"),
            *kept.recipient["lines"],
        ]
        writer.writerow([safe_cell(str(cell)) for cell in cells])
    return out.getvalue()


def zipped(batch: Batch) -> Iterator[bytes]:
    """Every signed PDF under its place and reference, as a zip that is written while it is sent."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        rows = signed_of(batch).defer(None).select_related("letter__batch_row")
        for kept in rows.iterator(chunk_size=25):
            archive.writestr(f"{kept.letter.batch_row.n:03d}-{kept.reference}.pdf", bytes(kept.pdf))
            yield sink.taken()
    yield sink.taken()


class _Sink(io.RawIOBase):
    """A file that can only be written to, and whose bytes are taken away as they come."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        """It can."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take some bytes."""
        self._parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        content, self._parts = b"".join(self._parts), []
        return content
