"""Which organization each row of a directory belongs to, straight or through other rows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from .columns import ENTITIES, LINKS, LOCATION, ORGANIZATION, SERVICE, SERVICE_AT_LOCATION, SHEETS
from .problems import Problem
from .tables import Row, Table

Rows = Mapping[str, Mapping[str, Row]]  # entity, then id


class Links:
    """The links between the usable rows of a directory's four tables.

    `places` is the table of services at locations, which versions from 1.1 on have.
    """

    def __init__(self, tables: Mapping[str, Table], rows: Rows, places: Table | None) -> None:
        self.tables = tables
        self.rows = rows
        self.service_at: dict[str, str] = {}
        self.services_of: dict[str, list[str]] = defaultdict(list)
        self.locations_of: dict[str, list[str]] = defaultdict(list)
        if places is None:
            return
        for row in places.rows:
            service, location = (places.text(row, name) for name in SERVICE_AT_LOCATION.needed)
            self.service_at[places.text(row, "id")] = service
            self.services_of[location].append(service)
            self.locations_of[service].append(location)

    def owner(self, entity: str, external_id: str) -> tuple[str, Problem | None]:
        """The id of the organization that a row belongs to, else "" and why there is none."""
        owner = self._search(entity, external_id, seen=set())
        if owner:
            return owner, None
        row = self.rows[entity][external_id]
        for target, target_id, column in self._targets(entity, external_id, row):
            return "", self.dangling(row, column, target, target_id)
        return "", row.problem("no_organization")

    def can_link(self, entity: str) -> bool:
        """Whether the entity's table has any column by which a row says what it belongs to."""
        table = self.tables.get(entity)
        others = [target for target in ENTITIES if target != entity]
        names = [
            *(LINKS[one] for one in others),
            *(f"{one}_uuid" for one in others),
            "service_at_location_id",
        ]
        return table is not None and bool(table.column(*names))

    def dangling(self, row: Row, column: str, target: str, external_id: str) -> Problem:
        """The problem of a row that points to one that isn't there, or that can't be used itself."""
        table = self.tables.get(target)
        name = table.file if table else f"{SHEETS[target].files[0]}.csv"
        return row.problem("dangling", column, value=external_id, table=name)

    def _search(self, entity: str, external_id: str, seen: set[tuple[str, str]]) -> str:
        if external_id not in self.rows[entity] or (entity, external_id) in seen:
            return ""
        if entity == ORGANIZATION:
            return external_id
        seen.add((entity, external_id))
        targets = self._targets(entity, external_id, self.rows[entity][external_id])
        owners = (self._search(target, target_id, seen) for target, target_id, _column in targets)
        return next((owner for owner in owners if owner), "")

    def _targets(self, entity: str, external_id: str, row: Row) -> Iterator[tuple[str, str, str]]:
        """Where a row points to, widest first, as (entity, id, column)."""
        table = self.tables[entity]
        for target in ENTITIES:
            column = table.column(LINKS[target], f"{target}_uuid")
            if target != entity and column and row.values[column].strip():
                yield target, row.values[column].strip(), column
        place = table.text(row, "service_at_location_id")
        if place in self.service_at:
            yield SERVICE, self.service_at[place], "service_at_location_id"
        if entity == LOCATION:
            yield from ((SERVICE, service, "id") for service in self.services_of[external_id])
        if entity == SERVICE:
            yield from ((LOCATION, location, "id") for location in self.locations_of[external_id])
