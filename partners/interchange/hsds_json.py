"""Reads a community directory file as JSON (HSDS 3.0): nested objects in, the tables of the tabular form out.

Whatever the API answers is known: one organization, service, service at a location or location, a list of
them, a page of such a list ("contents"), or all tables in one document ("organizations.csv": [...]). What is
met twice is one row; what is said of it at one place and not at another is put together.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .columns import SATELLITES, SHEETS
from .problems import Problem, Refused
from .tables import MAX_CHARACTERS, MAX_COLUMNS, NUL, NUL_SIGN, Row, Table

ORGANIZATION, SERVICE, PLACE, LOCATION = "organization", "service", "service_at_location", "location"
# The table of what stands under a key; a list or object under another key is a table of that name.
TABLES = {
    "organization": "organizations",
    "service": "services",
    "service_at_locations": "service_at_location",
    "location": "locations",
    "program": "programs",
    "taxonomy": "taxonomies",
    "taxonomy_detail": "taxonomies",
    "taxonomy_term": "taxonomy_terms",
    "unit": "units",
}
SINGLE = {
    "organizations": ORGANIZATION,
    "services": SERVICE,
    "service_at_location": PLACE,
    "locations": LOCATION,
    "programs": "program",
    "contacts": "contact",
    "phones": "phone",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
# By what an object alone is known, in this order: keys of which it has one.
SHAPES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("locations", ("location_type", "addresses", "latitude")),
    ("service_at_location", ("location",)),
    ("taxonomy_terms", ("taxonomy_detail", "term_uri")),
    (
        "services",
        ("organization", "service_at_locations", "status", "fees_description", "application_process"),
    ),
    (
        "organizations",
        (
            "services",
            "locations",
            "website",
            "legal_status",
            "tax_status",
            "organization_identifiers",
            "year_incorporated",
            "parent_organization_id",
        ),
    ),
)
DEEPEST = 20  # objects inside of objects

Rows = dict[str, dict[str, dict[str, str]]]  # by table and id


def read_json(file: str, content: bytes) -> dict[str, Table]:
    """The tables in a JSON document, by name. Raises Refused for what is no JSON; none for another."""
    if len(content) > MAX_CHARACTERS:
        raise Refused(Problem("too_many_characters", file=file, values={"limit": MAX_CHARACTERS}))
    try:
        said = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise Refused(Problem("not_json", file=file, line=line if isinstance(line, int) else 0)) from error
    reading = _Reading(file)
    for table, thing in _things(said):
        reading.take(table, thing, {}, 0)
    return reading.tables()


def _things(said: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a document, each with its table."""
    if isinstance(said, list):
        for one in said:
            yield from _things(one)
    elif isinstance(said, dict) and isinstance(said.get("contents"), list):
        yield from _things(said["contents"])
    elif isinstance(said, dict) and said and all(name.endswith(".csv") for name in said):
        for name, rows in said.items():
            for row in rows if isinstance(rows, list) else ():
                if isinstance(row, dict):
                    yield name.removesuffix(".csv"), row
    elif isinstance(said, dict):
        table = next((table for table, keys in SHAPES if any(key in said for key in keys)), "")
        if table and "id" in said:
            yield table, said


class _Reading:
    """One document being taken apart."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.rows: Rows = {}
        self.amount = 0

    def take(self, table: str, thing: Mapping[str, Any], links: Mapping[str, str], depth: int) -> None:
        """Put an object into its table, and what it holds into theirs, with what they belong to."""
        if depth > DEEPEST:
            raise Refused(Problem("not_json", file=self.file))
        own = _text(thing.get("id", "")) or f"{table}-{len(self.rows.get(table, ()))}"
        row = self.rows.setdefault(table, {}).setdefault(own, {"id": own})
        single = SINGLE.get(table, table.removesuffix("s"))
        said = dict(links)
        for key, value in thing.items():
            inner = TABLES.get(key, key)
            if isinstance(value, dict):
                said[f"{key}_id"] = _text(value.get("id", ""))
                self.take(inner, value, {}, depth + 1)
            elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
                for one in value:
                    self.take(inner, one, {f"{single}_id": own}, depth + 1)
            else:
                said[key] = ", ".join(map(_text, value)) if isinstance(value, list) else _text(value)
        for key, text in said.items():
            row[key] = row.get(key) or text

    def tables(self) -> dict[str, Table]:
        """All that was taken apart; rows are numbered in the order in which they were met."""
        tables = {}
        for name, rows in self.rows.items():
            columns = list(dict.fromkeys(key for row in rows.values() for key in row))
            columns += _left_out(name, columns)
            if len(columns) > MAX_COLUMNS:
                raise Refused(Problem("too_many_columns", file=self.file, values={"limit": MAX_COLUMNS}))
            file = f"{name}.csv"
            tables[name] = Table(file, columns)
            tables[name].rows = [
                Row(file, number, number, {column: row.get(column, "") for column in columns})
                for number, row in enumerate(rows.values(), 2)
            ]
        return tables


def _left_out(name: str, columns: list[str]) -> list[str]:
    """Columns that a table needs and that no object has: JSON leaves out what is empty."""
    return [
        sheet.columns[ours][0]
        for sheet in (*SHEETS.values(), *SATELLITES)
        if name in sheet.files
        for ours in sheet.needed
        if not set(columns) & set(sheet.columns[ours])
    ]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value if isinstance(value, str) else json.dumps(value)
    return text.replace(NUL, NUL_SIGN)
