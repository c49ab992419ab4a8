"""Compares a directory with what we have, three-way: what it says now, what it said last, what we say.

Where the directory says what it said last, nothing is written, so our own edits stay; where both changed,
ours stays and the row is noted. Reads only; `apply` writes.
"""

from dataclasses import dataclass, field
from typing import Any

from partners.enums import RowState
from partners.models import Contact, ExternalId, Partner, Service, Site

from .columns import CONTACT, ENTITIES, LOCATION, ORGANIZATION, SERVICE
from .hsds import Directory, Record
from .problems import Problem

Target = Partner | Site | Service | Contact
MODELS: dict[str, type[Target]] = {
    ORGANIZATION: Partner,
    LOCATION: Site,
    SERVICE: Service,
    CONTACT: Contact,
}
OWNER = "organization"  # the key of last_values that holds the source's id of the organization


@dataclass(slots=True)
class Step:
    """What is to be done with one record: its row of ours, and the values to write there."""

    record: Record
    target: Target
    external: ExternalId | None
    state: RowState
    changes: dict[str, Any] = field(default_factory=dict)
    left: int | None = None  # key of the partner from which it moves to another
    note: Problem | None = None

    @property
    def values(self) -> dict[str, Any]:
        """All that the source says of the record."""
        return self.record.fields | {"extra": self.record.extra, OWNER: self.record.organization_id}

    @property
    def is_news(self) -> bool:
        """Whether the source says something else than last time."""
        return self.external is None or self.external.last_values != self.values


def stage(*, district_id: int, source: str, directory: Directory) -> list[Step]:
    """One step a record, organizations first. Locks rows of ours: call it in the transaction that applies.

    A new record's `target` is not saved yet; the partner of a site, service or contact is that of its
    organization's step.
    """
    steps: list[Step] = []
    partners: dict[str, Partner] = {}
    for entity in ENTITIES:
        records = [record for record in directory.records if record.entity == entity]
        known = _known(source, entity, records)
        targets = _targets(entity, known)
        for record in records:
            external = known.get(record.external_id)
            target = targets.get(external.object_id) if external else None
            if external and target:
                step = _compare(record, target, external, partners)
            else:
                step = Step(record, _fresh(record, district_id), external, RowState.NEW)
            if isinstance(step.target, Partner):
                partners[record.external_id] = step.target
            elif step.state == RowState.NEW:
                step.target.partner = partners[record.organization_id]
            steps.append(step)
    return steps


def _known(source: str, entity: str, records: list[Record]) -> dict[str, ExternalId]:
    ids = [record.external_id for record in records]
    rows = ExternalId.objects.select_for_update().filter(source=source, entity=entity, external_id__in=ids)
    return {row.external_id: row for row in rows}


def _targets(entity: str, known: dict[str, ExternalId]) -> dict[int, Target]:
    keys = [row.object_id for row in known.values()]
    rows: dict[int, Target] = MODELS[entity]._default_manager.select_for_update().in_bulk(keys)  # type: ignore[assignment]
    return rows


def _fresh(record: Record, district_id: int) -> Target:
    return MODELS[record.entity](district_id=district_id, extra=record.extra, **record.fields)


def _compare(record: Record, target: Target, external: ExternalId, partners: dict[str, Partner]) -> Step:
    """The step for a record that we know."""
    step = Step(record, target, external, RowState.SAME)
    ours_kept = []
    for name, says in (record.fields | {"extra": record.extra}).items():
        said, ours = external.last_values.get(name), getattr(target, name)
        if says in (said, ours):
            continue
        if ours == said:
            step.changes[name] = says
        else:
            ours_kept.append(name)
    moved = external.last_values.get(OWNER) != record.organization_id
    if moved and not isinstance(target, Partner):
        step.changes["partner"], step.left = partners[record.organization_id], target.partner_id
    if ours_kept:
        step.note = record.row.problem("ours_kept", fields=", ".join(ours_kept))
    if step.changes:
        step.state = RowState.CHANGED
    return step
