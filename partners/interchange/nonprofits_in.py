"""Writes the register of nonprofits: the IRS's Exempt Organizations Business Master File, as downloaded.

One row an organization, all columns text: EIN and ZIP keep their leading zeros. In whose care mail is sent
(ICO) is never read: it names persons.
"""

import csv
import datetime
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from django.db import transaction

from partners.models import Nonprofit
from partners.search import spelled_out

from .dialect import decode
from .problems import Problem, Refused
from .school_files import as_people_write

NEEDED = ("EIN", "NAME", "STREET", "CITY", "STATE", "ZIP", "NTEE_CD")
CHUNK = 5000
COMPARED = (
    "name",
    "sort_name",
    "street",
    "city",
    "state",
    "postal_code",
    "ntee",
    "subsection",
    "ruling",
    "income",
    "revenue",
)
FIELDS = (*COMPARED, "as_of")


@transaction.atomic
def take_nonprofits_in(*, name: str, content: bytes, as_of: datetime.date) -> dict[str, int]:
    """Add and update all organizations of a file, or none; out: how many came new, changed, same, left out.

    Left out is what has no EIN of nine digits. Raises Refused for what is no such file.
    """
    reader = csv.DictReader(io.StringIO(decode(name, content).text, newline=""))
    missing = [column for column in NEEDED if column not in (reader.fieldnames or ())]
    if missing:
        raise Refused(*(Problem("no_column", file=name, column=column) for column in missing))
    figures = Counter({"new": 0, "changed": 0, "same": 0, "left_out": 0})
    while chunk := list(islice(reader, CHUNK)):
        rows = {row.ein: row for row in _rows(chunk, as_of)}
        figures["left_out"] += len(chunk) - len(rows)
        known = {row.ein: row for row in Nonprofit.objects.filter(ein__in=rows)}
        new = [row for ein, row in rows.items() if ein not in known]
        changed = [row for ein, row in rows.items() if ein in known and not _same(row, known[ein])]
        Nonprofit.objects.bulk_create(
            new + changed, update_conflicts=True, unique_fields=["ein"], update_fields=FIELDS
        )
        Nonprofit.objects.filter(ein__in=rows, as_of__lt=as_of).update(as_of=as_of)
        figures.update(new=len(new), changed=len(changed), same=len(rows) - len(new) - len(changed))
    return dict(figures)


def _same(one: Nonprofit, other: Nonprofit) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in COMPARED)


def _rows(chunk: list[dict[str, str]], as_of: datetime.date) -> Iterator[Nonprofit]:
    for row in chunk:
        said = {column: (text or "").strip() for column, text in row.items() if isinstance(text, str)}
        name = as_people_write(said.get("NAME", ""))[:255]
        if not re.fullmatch(r"[0-9]{9}", said.get("EIN", "")) or not name:
            continue
        yield Nonprofit(
            ein=said["EIN"],
            name=name,
            sort_name=spelled_out(name)[:255],
            street=_street(said.get("STREET", "")),
            city=as_people_write(said.get("CITY", ""))[:120],
            state=said.get("STATE", "")[:2],
            postal_code=said.get("ZIP", "")[:10].removesuffix("-0000"),
            ntee=said.get("NTEE_CD", "")[:4],
            subsection=said.get("SUBSECTION", "")[:2],
            ruling=said.get("RULING", "")[:6],
            income=_amount(said.get("INCOME_AMT", "")),
            revenue=_amount(said.get("REVENUE_AMT", "")),
            as_of=as_of,
        )


def _street(capitals: str) -> str:
    return re.sub(r"^Po Box\b", "PO Box", as_people_write(capitals))[:255]


def _amount(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?[0-9]{1,18}", text) else None
