"""Reads a community directory file (HSDS as CSV): files in, linked and checked records of our shape out.

    directory = read(from_folder(path))

Nothing is dropped: a column that we do not use stays verbatim in the record's `extra` under its name, a row
of another file under that file's name with whatever it points to. What is wrong is named with file, row and
column.
"""

from dataclasses import dataclass, field
from typing import Any

from . import columns
from .columns import ENTITIES, LINKS, ORGANIZATION, SHEETS, Sheet
from .hsds_json import read_json
from .linking import Links
from .mapping import map_row
from .problems import Problem, Refused, Weight
from .source import Files
from .tables import MAX_ROWS, Row, Table, read_table


@dataclass(slots=True)
class Record:
    """One organization, location, service or contact, ready to be compared with what we have.

    `fields` are values of ours by field name, `extra` is what we keep verbatim, `links` are keys of a
    service's needs and schools; `organization_id` is the source's id of the organization that it belongs to
    (its own, for an organization).
    """

    entity: str
    external_id: str
    organization_id: str
    row: Row
    fields: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    links: dict[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Begin:
    """A partnership that a sheet speaks of: with a school of ours, or the district (None), at a stage."""

    organization_id: str
    school: int | None
    stage: str
    row: Row


@dataclass(slots=True)
class Directory:
    """What the files hold: usable records (organizations first), what is wrong, and the rows of each entity.

    `loose` are the rows of other files that point to nothing, such as a taxonomy's, by file. Of a person's
    own sheet: the partnerships that it begins, what no school is called (with the number of its rows), and
    `by_name`: its ids are made of names. `tables` are the files as they were read.
    """

    records: list[Record]
    problems: list[Problem]
    counts: dict[str, int]
    loose: dict[str, list[Row]]
    begins: list[Begin] = field(default_factory=list)
    unknown_schools: dict[str, int] = field(default_factory=dict)
    by_name: bool = False
    tables: list[Table] = field(default_factory=list)

    @property
    def unusable(self) -> list[Problem]:
        """The problems for which a careful import changes nothing."""
        return [problem for problem in self.problems if problem.weight == Weight.ROW]


def read(files: Files) -> Directory:
    """The directory in these files. Raises Refused, naming every file that can't be read and why."""
    tables = _tables(files)
    main = {entity: table for entity in ENTITIES if (table := _find(tables, SHEETS[entity]))}
    _check_columns(tables)
    problems = [problem for table in tables.values() for problem in table.notes + table.problems]
    rows = {entity: _usable(main.get(entity), SHEETS[entity], problems) for entity in ENTITIES}
    links = Links(main, rows, _find(tables, columns.SERVICE_AT_LOCATION))
    records = _records(rows, links, problems)
    loose = _attach(tables, main, records, links, problems)
    for entity, found in records.items():
        for record in found.values():
            notes = map_row(entity, main[entity], record.row, record.fields, record.extra)
            problems += notes
    return Directory(
        records=[record for entity in ENTITIES for record in records[entity].values()],
        problems=sorted(problems, key=lambda problem: (problem.file, problem.row)),
        counts={
            entity: len(main[entity].rows) + len(main[entity].problems) if entity in main else 0
            for entity in ENTITIES
        },
        loose=loose,
        tables=list(tables.values()),
    )


def _tables(files: Files) -> dict[str, Table]:
    """Each file's table by its name without .csv. An empty file says nothing, unless we need it."""
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    for file, content in sorted(files.items()):
        name = file.removesuffix(".csv")
        try:
            if file.endswith(".json"):
                _join(tables, read_json(file, content))
            else:
                tables[name] = read_table(file, content)
        except Refused as refusal:
            needed = name in SHEETS[ORGANIZATION].files
            problems += [problem for problem in refusal.problems if needed or problem.code != "empty"]
    if sum(len(table.rows) for table in tables.values()) > MAX_ROWS:
        problems.append(Problem("too_many_rows", values={"limit": MAX_ROWS}))
    if problems:
        raise Refused(*problems)
    return tables


def _join(tables: dict[str, Table], others: dict[str, Table]) -> None:
    """Add the tables of one more JSON document: a row that is there already stays as it is."""
    for name, table in others.items():
        there = tables.setdefault(name, table)
        if there is table:
            continue
        known = {row.values.get("id") for row in there.rows}
        columns = list(dict.fromkeys([*there.columns, *table.columns]))
        rows = [*there.rows, *(row for row in table.rows if row.values.get("id") not in known)]
        tables[name] = Table(there.file, columns)
        tables[name].rows = [
            Row(there.file, number, number, {column: row.values.get(column, "") for column in columns})
            for number, row in enumerate(rows, 2)
        ]


def _find(tables: dict[str, Table], sheet: Sheet) -> Table | None:
    return next((tables[name] for name in sheet.files if name in tables), None)


def _check_columns(tables: dict[str, Table]) -> None:
    """Raise Refused where organizations are missing, or a table lacks a column that it needs."""
    if _find(tables, SHEETS[ORGANIZATION]) is None:
        raise Refused(Problem("no_table", file=f"{SHEETS[ORGANIZATION].files[0]}.csv"))
    missing = [
        Problem("no_column", file=table.file, column=sheet.columns[ours][0])
        for sheet in (*SHEETS.values(), *columns.SATELLITES)
        if (table := _find(tables, sheet)) is not None
        for ours in sheet.needed
        if not table.column(*sheet.columns[ours])
    ]
    if missing:
        raise Refused(*missing)


def _usable(table: Table | None, sheet: Sheet, problems: list[Problem]) -> dict[str, Row]:
    """The table's rows by id, without those that lack what they need, repeat an id or hold too much."""
    usable: dict[str, Row] = {}
    if table is None:
        return usable
    for row in table.rows:
        flaw = _flaw(row, table, sheet, usable)
        if flaw:
            problems.append(flaw)
        else:
            usable[table.text(row, *sheet.columns["id"])] = row
    return usable


def _flaw(row: Row, table: Table, sheet: Sheet, usable: dict[str, Row]) -> Problem | None:
    """Why a row can't be used, or None."""
    for ours in sheet.needed:
        if not table.text(row, *sheet.columns[ours]):
            return row.problem("blank", table.column(*sheet.columns[ours]))
    for ours, limit in sheet.longest.items():
        if len(table.text(row, *sheet.columns[ours])) > limit:
            return row.problem("too_long", table.column(*sheet.columns[ours]), limit=limit)
    own = table.text(row, *sheet.columns["id"])
    if own in usable:
        return row.problem("twice", table.column(*sheet.columns["id"]), first=usable[own].number, value=own)
    return None


def _records(
    rows: dict[str, dict[str, Row]], links: Links, problems: list[Problem]
) -> dict[str, dict[str, Record]]:
    """A record for each row that belongs to an organization, by entity and id."""
    records: dict[str, dict[str, Record]] = {entity: {} for entity in ENTITIES}
    for entity in ENTITIES:
        lost: list[Problem] = []
        for external_id, row in rows[entity].items():
            owner, problem = links.owner(entity, external_id)
            if problem:
                lost.append(problem)
            else:
                records[entity][external_id] = Record(entity, external_id, owner, row)
        problems += lost if links.can_link(entity) else _once(lost)
    return records


def _once(lost: list[Problem]) -> list[Problem]:
    """The problems of a table without any column of links: that it has none is said once for all its rows."""
    homeless = [problem for problem in lost if problem.code == "no_organization"]
    if len(homeless) < 2:
        return lost
    others = [problem for problem in lost if problem.code != "no_organization"]
    values: dict[str, str | int] = {"rows": len(homeless)}
    return [
        *others,
        Problem("no_link_column", file=homeless[0].file, column=LINKS[ORGANIZATION], values=values),
    ]


def _attach(
    tables: dict[str, Table],
    main: dict[str, Table],
    records: dict[str, dict[str, Record]],
    links: Links,
    problems: list[Problem],
) -> dict[str, list[Row]]:
    """Hang each row of each other file on the narrowest record that it points to; the rows without one."""
    loose: dict[str, list[Row]] = {}
    taken = {table.file for table in main.values()}
    for table in tables.values():
        for row in table.rows if table.file not in taken else ():
            record, dangling = _target(table, row, records, links)
            if record:
                record.extra.setdefault(table.file, []).append(row.values)
            elif dangling:
                problems.append(dangling)
            else:
                loose.setdefault(table.file, []).append(row)
    return loose


def _target(
    table: Table, row: Row, records: dict[str, dict[str, Record]], links: Links
) -> tuple[Record | None, Problem | None]:
    """The record that a row points to, or the link that leads nowhere, or neither."""
    dangling = None
    for entity in reversed(ENTITIES):
        external_id = table.text(row, LINKS[entity])
        if external_id in records[entity]:
            return records[entity][external_id], None
        if external_id and dangling is None:
            dangling = links.dangling(row, table.column(LINKS[entity]), entity, external_id)
    return None, dangling
