"""Reads a list of schools: a file in, schools of our shape out, or what is wrong with it.

Two lists are known: the Common Core of Data of the National Center for Education Statistics (NCES; the
directory of public schools, as of 2013-14 and as it is named since 2014-15), and the directory of the Texas
Education Agency (AskTED), which counts pupils and has the state's ids instead of those of NCES.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from accounts.models.districts import MOST_PUPILS
from accounts.phones import as_e164

from .tables import Row, Table, read_table

NOT_REPORTED = ("M", "N", "-1", "-2", "-9")  # CCD: missing, not applicable, below its standards
FEW = 5  # names in a refusal

# As it ends in our school's name. Two letters apart stand for a kind of school in both lists.
KINDS = (
    (r"\bJ H\b|\bJH\b", "JUNIOR HIGH"),
    (r"\bH S\b|\bHS\b", "HIGH SCHOOL"),
    (r"\bM S\b", "MIDDLE SCHOOL"),
    (r"\bP K\b", "PRE-K"),
    (r"(?<=\w )EL(EM)?$", "ELEMENTARY SCHOOL"),
    (r"(?<=\w )(MIDDLE|HIGH|ELEMENTARY|INTERMEDIATE)$", r"\1 SCHOOL"),
    (r"(?<=\w )INT$", "INTERMEDIATE SCHOOL"),
    (r"(?<=\w )PRI$", "PRIMARY SCHOOL"),
    (r"\bSCH$", "SCHOOL"),
    (r"\bCTR\b", "CENTER"),
    (r"\bACAD\b", "ACADEMY"),
)
AS_THEY_ARE = re.compile(
    r"(DAEP|JJAEP|AEP|ISD|CISD|STEM|STEAM|KIPP|YES|YMCA|GED|[NS][EW]|FM|CR|II|III|IV|VI|VII|[A-Z])$"
)
SMALL = ("of", "and", "for", "at", "the", "in")


class NotSchools(Exception):
    """The file is no list of one district's schools; the argument says why, in a sentence."""


@dataclass(frozen=True, slots=True)
class ListedSchool:
    """A school as a list has it: `fields` of School, under the id of its source.

    `closed` for good; `running` today, which one closed for a time or not open yet is not either.
    """

    external_id: str
    closed: bool
    running: bool
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of list: its columns by our names, the lengths of its ids, and what it says of closed ones."""

    source: str
    columns: dict[str, tuple[str, ...]]
    id_length: int
    lea_length: int
    closed: tuple[str, ...]
    waiting: tuple[str, ...]


NCES = Format(
    source="NCES",
    columns={
        "id": ("ncessch",),
        "lea": ("leaid",),
        "lea_name": ("leanm", "lea_name"),
        "name": ("schnam", "sch_name"),
        "phone": ("phone",),
        "street": ("lstree", "lstreet1"),
        "city": ("lcity",),
        "state": ("lstate",),
        "zip": ("lzip",),
        "zip4": ("lzip4",),
        "status": ("status", "sy_status"),
    },
    id_length=12,
    lea_length=7,
    closed=("2",),
    waiting=("6", "7"),
)
ASKTED = Format(
    source="AskTED",
    columns={
        "id": ("school_number",),
        "lea": ("district_number",),
        "lea_name": ("district_name",),
        "name": ("school_name",),
        "phone": ("school_phone",),
        "street": ("school_street_address",),
        "city": ("school_city",),
        "state": ("school_state",),
        "zip": ("school_zip",),
        "zip4": (),
        "status": ("school_status",),
    },
    id_length=9,
    lea_length=6,
    closed=("closed", "inactive"),
    waiting=("under construction",),
)
PUPILS = "school_enrollment"  # of AskTED; its day follows


def read_schools(name: str, content: bytes, lea: str = "") -> tuple[Format, list[ListedSchool]]:
    """The schools of one district in a list. Raises NotSchools, and Refused for what is no table at all."""
    table = read_table(name, content)
    kind = next((kind for kind in (NCES, ASKTED) if _is(kind, table)), None)
    if kind is None:
        raise NotSchools(
            f"{name} is no list of schools that we know: it has neither the columns NCESSCH, LEAID and "
            "SCHNAM (NCES, Common Core of Data) nor School Number, District Number and School Name (AskTED)."
        )
    if table.problems:
        raise NotSchools("; ".join(str(problem) for problem in table.problems[:FEW]))
    schools = [_school(kind, table, row) for row in _of_one_district(kind, table, lea)]
    rows_of = Counter(one.external_id for one in schools)
    twice = sorted(external_id for external_id, rows in rows_of.items() if rows > 1)
    if twice:
        raise NotSchools(f"{name} has more than one row for {', '.join(twice[:FEW])}.")
    return kind, schools


def _is(kind: Format, table: Table) -> bool:
    return all(table.column(*kind.columns[ours]) for ours in ("id", "lea", "name"))


def _of_one_district(kind: Format, table: Table, lea: str) -> list[Row]:
    """The rows of the district that is asked for, or of the only one. Raises NotSchools with the others."""
    wanted = lea.strip().zfill(kind.lea_length) if lea.strip() else ""
    by_lea: dict[str, list[Row]] = {}
    for row in table.rows:
        by_lea.setdefault(_number(kind, table, row, "lea", kind.lea_length), []).append(row)
    if wanted in by_lea:
        return by_lea[wanted]
    if len(by_lea) == 1 and not wanted:
        return table.rows
    first = [f"{key} {_text(kind, table, rows[0], 'lea_name')}" for key, rows in by_lea.items()][:FEW]
    more = f" and {len(by_lea) - len(first):,} more" if len(by_lea) > len(first) else ""
    why = f"has no district {wanted}" if wanted else f"holds {len(by_lea):,} districts"
    raise NotSchools(f"{table.file} {why}. Choose one with --lea: {'; '.join(first)}{more}.")


def _school(kind: Format, table: Table, row: Row) -> ListedSchool:
    said = {ours: _text(kind, table, row, ours) for ours in kind.columns}
    own = _number(kind, table, row, "id", kind.id_length)
    street, city = as_people_write(said["street"]), as_people_write(said["city"])
    code = "-".join(filter(None, (said["zip"], said["zip4"])))
    fields: dict[str, Any] = {
        "name": school_name(said["name"]),
        "place": city,
        "address": ", ".join(filter(None, (street, city, f"{said['state']} {code}".strip()))),
        "phone": as_e164(said["phone"]),
    }
    if kind is NCES:
        fields["nces_id"] = own
    pupils = _pupils(table, row)
    status = said["status"].lower()
    return ListedSchool(
        external_id=own,
        closed=status in kind.closed,
        running=status not in (*kind.closed, *kind.waiting),
        fields=fields | ({"pupils": pupils} if pupils else {}),
    )


def _text(kind: Format, table: Table, row: Row, ours: str) -> str:
    """A value without the mark that a spreadsheet needs before zeros, and without what says "none"."""
    text = table.text(row, *kind.columns[ours]).lstrip("'").strip()
    return "" if text in NOT_REPORTED and ours != "status" else text


def _number(kind: Format, table: Table, row: Row, ours: str, length: int) -> str:
    """An id with the leading zeros that a spreadsheet took. Raises NotSchools where it is no number."""
    text = _text(kind, table, row, ours)
    if not re.fullmatch(rf"[0-9]{{{length - 2},{length}}}", text):
        column = table.column(*kind.columns[ours])
        raise NotSchools(
            f"{table.file}, row {row.number}: {column} has {length} digits, but here it is “{text}”. Where a "
            "spreadsheet has changed it, use the file as it was downloaded."
        )
    return text.zfill(length)


def _pupils(table: Table, row: Row) -> int | None:
    column = next((own for short, own in table.spelling.items() if short.startswith(PUPILS)), "")
    text = row.values[column].strip() if column else ""
    return int(text) if text.isdecimal() and int(text) <= MOST_PUPILS else None


def school_name(listed: str) -> str:
    """A school's name as its letters say it: "Cedar Creek High School" for "CEDAR CREEK H S"."""
    if listed != listed.upper():
        return listed
    for short, long in KINDS:
        listed = re.sub(short, long, listed)
    return as_people_write(listed)


def as_people_write(capitals: str) -> str:
    """Capitals as people write them: "1614 Chambers St". What has small letters stays as it is."""
    if capitals != capitals.upper():
        return capitals
    words = [_word(word) for word in capitals.split()]
    return " ".join(
        word.lower() if place and word.lower() in SMALL else word for place, word in enumerate(words)
    )


def _word(word: str) -> str:
    if AS_THEY_ARE.match(word):
        return word
    parts = (part.capitalize() for part in re.split(r"([-/(.&'])", word))
    return re.sub(r"(?<=')S\b", "s", re.sub(r"\bMc([a-z])", lambda it: f"Mc{it[1].upper()}", "".join(parts)))
