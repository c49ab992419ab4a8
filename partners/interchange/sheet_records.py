"""From a person's own sheet to records of our shape: what each row says of a partner and what belongs to it.

    directory = records_of(table, {"Agency": "name", "Notes": ""}, vocabulary)

A sheet has no ids: a partner is known by its name (or its number in another system), a contact, place or
service by its partner and its own name. Several rows may be of one partner. A blank cell says nothing. A
column that is nobody's is kept verbatim with the partner.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from typing import Any, TypeVar

from partners.enums import PartnerKind
from partners.search import normal, spelled_out

from .beginning import begun
from .columns import ADDRESSES, CONTACT, ENTITIES, LOCATION, ORGANIZATION, SERVICE, SHEETS
from .hsds import Begin, Directory, Record
from .mapping import NotOurs, first_address, padded_tax_number, telephone_number, website
from .one_cell import is_total, of_each, several, understood, whole_address
from .problems import Problem
from .school_names import Named
from .sheet_fields import Field, said_by_people
from .tables import Row, Table
from .vocabulary import Vocabulary

LONGEST_KEY = 200
LONGEST = SHEETS[CONTACT].longest | ADDRESSES.longest
LISTS = frozenset(
    (
        *(Field.ALIASES, Field.SECTORS, Field.TAGS),
        *(Field.SERVICE, Field.NEEDS, Field.TIERS, Field.SCHOOLS, Field.STAGE),
    )
)
ALIAS_LONGEST, TAG_LONGEST, GRADES_LONGEST = 255, 40, 60
T = TypeVar("T")


def records_of(table: Table, columns: Mapping[str, str], words: Vocabulary) -> Directory:
    """The partners of a sheet with their contacts, places and services, what is wrong with its rows, and the
    partnerships that it begins. `columns`: the field of each column, "" for one that is kept aside.
    """
    reading = _Reading(table, columns, words)
    for row in table.rows:
        reading.take(row)
    return reading.directory()


class _Reading:
    """One sheet being read, row by row."""

    def __init__(self, table: Table, columns: Mapping[str, str], words: Vocabulary) -> None:
        self.table, self.words = table, words
        self.columns = {
            field: [name for name in table.columns if columns.get(name) == field] for field in Field
        }
        self.aside = [name for name in said_by_people(table.columns) if not columns.get(name)]
        self.records: dict[str, dict[str, Record]] = {entity: {} for entity in ENTITIES}
        self.problems: list[Problem] = [*table.notes, *table.problems]
        self.begins: dict[tuple[str, int | None], Begin] = {}
        self.unknown = Counter[str]()
        self.left_out = len(table.problems)
        self.begun = begun({self.text(row, Field.ID) for row in table.rows} if self.columns[Field.ID] else ())

    def directory(self) -> Directory:
        """All that was read."""
        counts = {entity: len(found) for entity, found in self.records.items()}
        counts[ORGANIZATION] += self.left_out
        return Directory(
            records=[record for found in self.records.values() for record in found.values()],
            problems=sorted(self.problems, key=lambda problem: problem.row),
            counts=counts,
            loose={},
            begins=list(self.begins.values()),
            unknown_schools=dict(self.unknown),
            by_name=True,
            tables=[self.table],
        )

    def take(self, row: Row) -> None:
        """What one row says."""
        name = self.text(row, Field.NAME)
        flaw = self._flaw(row, name)
        if flaw:
            self.problems.append(flaw)
            self.left_out += 1
            return
        own = _key(self.text(row, Field.ID) or spelled_out(name) or name)
        schools = self._schools(row)
        reached = {
            "email": self._read(row, Field.EMAIL, first_address),
            "phone": self._read(row, Field.PHONE, telephone_number),
        }
        self._organization(row, own, name, reached)
        person = self._contact(row, own, reached)
        self._place(row, own, "" if person else reached["phone"] or "")
        self._services(row, own, schools)
        self._begin(row, own, schools)

    def text(self, row: Row, field: Field) -> str:
        """What a row says in a field: of several columns the first that says something, of lists all."""
        cells = [cell for name in self.columns[field] if (cell := row.values[name].strip())]
        return "; ".join(cells) if field in LISTS else (cells or [""])[0]

    def _flaw(self, row: Row, name: str) -> Problem | None:
        column = (self.columns[Field.NAME] or [""])[0]
        if not name:
            return row.problem("blank", column)
        if is_total(name, row.values.values()):
            return row.problem("a_total", column, value=name)
        limit = SHEETS[ORGANIZATION].longest["name"]
        return row.problem("too_long", column, limit=limit) if len(name) > limit else None

    def _note(self, row: Row, code: str, field: Field, **values: str | int) -> None:
        self.problems.append(row.problem(code, (self.columns[field] or [""])[0], **values))

    def _read(self, row: Row, field: Field, reader: Any) -> Any:
        """A value as our tables hold it; one that can't be is noted, and kept verbatim."""
        text = self.text(row, field)
        try:
            return reader(text)
        except NotOurs as code:
            self._note(row, str(code), field, value=text[:100])
            return None

    def _organization(self, row: Row, own: str, name: str, reached: Mapping[str, Any]) -> None:
        known = self.records[ORGANIZATION].get(own)
        record = known or Record(ORGANIZATION, own, own, row, {"name": name})
        self.records[ORGANIZATION][own] = record
        said = {
            "kind": self._kind(row),
            "description": self.text(row, Field.DESCRIPTION),
            "ein": self._read(row, Field.EIN, padded_tax_number),
            "website": self._read(row, Field.WEBSITE, website),
        }
        record.fields = {field: value for field, value in said.items() if value} | record.fields
        aliases = several(self.text(row, Field.ALIASES), commas=False)
        tags = several(self.text(row, Field.TAGS))
        sectors = understood(self.text(row, Field.SECTORS), self.words.sector)
        for field, values in (
            ("aliases", self._fitting(row, Field.ALIASES, aliases, ALIAS_LONGEST)),
            ("sectors", self._known(row, Field.SECTORS, "no_such_sector", sectors)),
            ("tags", self._fitting(row, Field.TAGS, tags, TAG_LONGEST)),
        ):
            _unite(record.fields, field, values)
        record.extra = self._aside(row, {**said, **reached}) | record.extra

    def _aside(self, row: Row, said: Mapping[str, Any]) -> dict[str, Any]:
        """What has no place of its own, under the names of its columns."""
        names = [*self.aside, *self.columns[Field.NOTES]]
        names += [
            name
            for field in (Field.EIN, Field.WEBSITE, Field.EMAIL, Field.PHONE)
            if said[field] is None
            for name in self.columns[field]
        ]
        if not self.text(row, Field.SERVICE) and not self.text(row, Field.NEEDS):
            names += self.columns[Field.TIERS]  # of nothing
        return {name: text for name in names if (text := row.values[name].strip())}

    def _kind(self, row: Row) -> str:
        """What the partner is in law; "" where the row doesn't say."""
        text = self.text(row, Field.KIND)
        kind = self.words.kind(text)
        if text and not kind:
            self._note(row, "no_such_kind", Field.KIND, value=text[:100])
        return "" if kind in (None, PartnerKind.UNKNOWN) else str(kind)

    def _fitting(self, row: Row, field: Field, parts: list[str], limit: int) -> list[str]:
        """The parts that our table has room for; the others are noted."""
        for part in parts:
            if len(part) > limit:
                self._note(row, "part_too_long", field, value=part[:100], limit=limit)
        return [part for part in parts if len(part) <= limit]

    def _known(self, row: Row, field: Field, code: str, read: tuple[T, list[str]]) -> T:
        """What a cell means; the words of it that mean nothing are noted, each."""
        meant, unknown = read
        for word in unknown:
            self._note(row, code, field, value=word[:100])
        return meant

    def _contact(self, row: Row, own: str, reached: Mapping[str, Any]) -> bool:
        """The row's person; out: whether there is one."""
        name = self.text(row, Field.CONTACT) or " ".join(
            filter(None, (self.text(row, Field.FIRST_NAME), self.text(row, Field.LAST_NAME)))
        )
        address = reached["email"] or ""
        if not name and not address:
            return False
        said = {
            "name": (name or address)[: LONGEST["name"]],
            "role": self.text(row, Field.ROLE)[: LONGEST["role"]],
            "email": address,
            "phone": reached["phone"] or "",
        }
        self._hang(CONTACT, row, own, normal(name) or address.lower(), said)
        return True

    def _place(self, row: Row, own: str, number: str) -> None:
        parts = whole_address(self.text(row, Field.ADDRESS), self.text(row, Field.CITY))
        named = {"street": Field.STREET, "city": Field.CITY, "state": Field.STATE, "postal_code": Field.ZIP}
        parts |= {ours: text for ours, field in named.items() if (text := self.text(row, field))}
        parts |= {"name": text} if (text := self.text(row, Field.PLACE)) else {}
        said = {ours: text[: ADDRESSES.longest.get(ours, 255)] for ours, text in parts.items()}
        if number:
            said["phone"] = number
        if said:
            where = normal(f"{parts.get('street', '')} {parts.get('city', '')}") or normal(
                parts.get("name", "")
            )
            self._hang(LOCATION, row, own, where, said)

    def _services(self, row: Row, own: str, schools: tuple[int, ...]) -> None:
        """The row's services, each with its needs; those that only needs speak of are called by them."""
        cell, names = self.text(row, Field.NEEDS), several(self.text(row, Field.SERVICE))
        read = of_each(cell, names or [""], self.words.need)
        needs = self._known(row, Field.NEEDS, "no_such_need", read)
        if not names and (needs[""] or read[1]):
            names = [", ".join(self.words.need_names[key] for key in needs[""]) or read[1][0]]
            needs = {names[0]: needs[""]}
        read_tiers = of_each(self.text(row, Field.TIERS), names, self.words.tier)
        tiers = self._known(row, Field.TIERS, "no_such_tier", read_tiers) if names else {}
        grades = self.text(row, Field.GRADES)[:GRADES_LONGEST]
        for name in names:
            said = {"name": name[: SHEETS[SERVICE].longest["name"]]} | ({"grades": grades} if grades else {})
            record = self._hang(SERVICE, row, own, normal(name), said)
            _unite(record.fields, "tiers", tiers[name])
            for link, found in (("needs", needs[name]), ("schools", schools)):
                record.links[link] = sorted({*record.links.get(link, ()), *found})

    def _hang(self, entity: str, row: Row, own: str, name: str, said: Mapping[str, Any]) -> Record:
        """A record of the partner's, once for each name; later rows add what earlier ones left blank."""
        key = _key(own, name)
        record = self.records[entity].get(key) or Record(entity, key, own, row)
        self.records[entity][key] = record
        record.fields = {ours: text for ours, text in said.items() if text} | record.fields
        return record

    def _schools(self, row: Row) -> tuple[int, ...]:
        return self._named(row, Field.SCHOOLS, self.text(row, Field.SCHOOLS)).schools

    def _named(self, row: Row, field: Field, text: str) -> Named:
        """The schools of a text; what no school is called is noted, and asked for."""
        named = self.words.schools.named(text)
        self.unknown.update(named.unknown)
        for word in named.unknown:
            self._note(row, "no_such_school", field, value=word[:100])
        return named

    def _begin(self, row: Row, own: str, schools: tuple[int, ...]) -> None:
        at, stage = self._stages(row)
        where: tuple[int | None, ...] = schools
        if self.words.schools.named(self.text(row, Field.SCHOOLS)).district:
            where = (*where, None)
        for field, named in ((Field.SCHOOLS, where), (Field.STAGE, at)):
            if any(school not in self.words.reach and (own, school) not in self.begun for school in named):
                self._note(row, "not_your_school", field, value=self.text(row, field)[:100])
        for school in dict.fromkeys((*at, *where)) or self.words.elsewhere:
            if school in self.words.reach and (own, school) not in self.begun:
                begin = Begin(own, school, at.get(school, stage), row)
                self.begins.setdefault((own, school), begin)

    def _stages(self, row: Row) -> tuple[dict[int | None, str], str]:
        """The stage at each place that the cell names ("Quillback: Active"), and the one of all others."""
        cell = self.text(row, Field.STAGE)
        at: dict[int | None, str] = {}
        common = ""
        for part in several(cell, commas=False):
            place, _colon, said = part.rpartition(":")
            stage = self.words.stage_of(said)
            if stage and place:
                named = self._named(row, Field.STAGE, place)
                at |= dict.fromkeys((*named.schools, *([None] if named.district else ())), stage)
            elif stage and common in ("", stage):
                common = stage
            else:
                self._note(row, "no_such_stage", Field.STAGE, value=part[:100])
        return at, common or self.words.stage


def _unite(fields: dict[str, Any], name: str, values: list[Any]) -> None:
    """Add to a list of a record what it lacks."""
    if values:
        fields[name] = list(dict.fromkeys([*fields.get(name, []), *values]))


def _key(*parts: str) -> str:
    """An id made of names; one that is too long becomes its SHA-256."""
    key = "/".join(parts)
    return key if len(key) <= LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()
