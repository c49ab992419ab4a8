"""Compares a directory with what we have, three-way: what it says now, what it said last, what we say.

Where the directory says what it said last, nothing is written, so our own edits stay; where both changed,
ours stays and the row is noted, unless somebody chose theirs. What a file says of a partner that was merged
into another one is said of that one. Reads only; `apply` writes.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from partners.enums import PartnerKind, RowState
from partners.models import Contact, ExternalId, Partner, Service, Site
from partners.search import normal

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
EMPTY: tuple[Any, ...] = ("", None, [], {}, PartnerKind.UNKNOWN)
OUR_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # as an export of ours writes it


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody chose: organizations of the file that are partners of ours, by external id, and the
    records of which the file may overwrite what we changed, as (entity, external id); None for all."""

    same: Mapping[str, int] = field(default_factory=dict)
    theirs: Collection[tuple[str, str]] | None = ()

    def takes_theirs(self, record: Record) -> bool:
        """Whether the file may overwrite what we changed of this record."""
        return self.theirs is None or (record.entity, record.external_id) in self.theirs


AS_IT_IS = Choices()


@dataclass(slots=True)
class Step:
    """What is to be done with one record: its row of ours, and the values to write there.

    `before` is what those fields hold now, `kept` what stays ours though the file says something else, `said`
    what the source said of it last.
    """

    record: Record
    target: Target
    external: ExternalId | None
    state: RowState
    changes: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    left: int | None = None  # key of the partner from which it moves to another
    note: Problem | None = None
    said: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.said = self.external.last_values if self.external else {}

    @property
    def values(self) -> dict[str, Any]:
        """All that the source says of the record."""
        record = self.record
        return record.fields | record.links | {"extra": record.extra, OWNER: record.organization_id}

    @property
    def is_news(self) -> bool:
        """Whether the source says something else than last time."""
        return self.external is None or self.said != self.values


def stage(
    *,
    district_id: int,
    source: str,
    directory: Directory,
    choices: Choices = AS_IT_IS,
    lock: bool = True,
) -> list[Step]:
    """One step a record, organizations first. `lock`: rows of ours are held for the transaction that applies.

    A new record's `target` is not saved yet; the partner of a site, service or contact is that of its
    organization's step. A person who was erased on request is passed over: a file brings nobody back.
    """
    steps: list[Step] = []
    partners: dict[str, Partner] = {}
    for entity in ENTITIES:
        records = [record for record in directory.records if record.entity == entity]
        known = _known(source, entity, records, lock)
        targets = _targets(entity, [row.object_id for row in known.values()], lock)
        found = _by_name(entity, records, partners, directory, choices, lock)
        if entity == ORGANIZATION:
            found |= _by_our_id(records, known, lock)
        for record in records:
            external = known.get(record.external_id)
            target = targets.get(external.object_id) if external else found.get(record.external_id)
            if isinstance(target, Contact) and target.erased_at:
                continue
            if target:
                step = _compare(record, target, external, partners, choices)
            else:
                step = Step(record, _fresh(record, district_id), external, RowState.NEW)
            if isinstance(step.target, Partner):
                partners[record.external_id] = step.target
            elif step.state == RowState.NEW:
                step.target.partner = partners[record.organization_id]
            steps.append(step)
    return steps


def _known(source: str, entity: str, records: list[Record], lock: bool) -> dict[str, ExternalId]:
    ids = [record.external_id for record in records]
    rows = ExternalId.objects.filter(source=source, entity=entity, external_id__in=ids)
    return {row.external_id: row for row in (rows.select_for_update() if lock else rows)}


def _targets(entity: str, keys: Collection[int], lock: bool) -> dict[int, Target]:
    """Rows of ours by key; under that of a partner that was merged, the one that it was merged into."""
    manager: Any = MODELS[entity]._default_manager
    rows = manager.select_for_update() if lock else manager
    found: dict[int, Target] = rows.in_bulk(keys)
    merged = {
        key: row.merged_into_id
        for key, row in found.items()
        if isinstance(row, Partner) and row.merged_into_id
    }
    winners = found | rows.in_bulk(set(merged.values()) - set(found)) if merged else found
    return found | {key: winners[winner] for key, winner in merged.items()}


def our_own(ids: Iterable[str]) -> dict[str, int]:
    """Partners of ours that a file calls by our own id, as our export does; of a merged one its winner.

    Out: the key of each, by its id. One query.
    """
    uids = [one for one in ids if OUR_ID.fullmatch(one)]
    if not uids:
        return {}
    rows = Partner.objects.filter(uid__in=uids, archived_at=None, merged_into__archived_at=None)
    return {str(row.uid): row.merged_into_id or row.pk for row in rows.only("uid", "merged_into")}


def _by_our_id(records: list[Record], known: Collection[str], lock: bool) -> dict[str, Target]:
    keys = our_own(record.external_id for record in records if record.external_id not in known)
    rows = _targets(ORGANIZATION, set(keys.values()), lock)
    return {own: rows[key] for own, key in keys.items()}


def _by_name(
    entity: str,
    records: list[Record],
    partners: Mapping[str, Partner],
    directory: Directory,
    choices: Choices,
    lock: bool,
) -> dict[str, Target]:
    """Rows of ours that records without an id are, by external id: partners that somebody said are the same,
    and what those partners, or all that a sheet without ids speaks of, have under the same name.
    """
    if entity == ORGANIZATION:
        same = _targets(entity, set(choices.same.values()), lock)
        return {own: same[key] for own, key in choices.same.items() if key in same}
    there = {
        partner.pk: own
        for own, partner in partners.items()
        if partner.pk and (directory.by_name or own in choices.same)
    }
    if not there:
        return {}
    merged = Partner.objects.filter(merged_into__in=there).values_list("pk", "merged_into")
    there |= {key: there[winner] for key, winner in merged}
    manager: Any = MODELS[entity]._default_manager
    rows = manager.filter(partner__in=there).order_by("-pk")
    ours = {
        (there[row.partner_id], _name_of(row)): row for row in (rows.select_for_update() if lock else rows)
    }
    return {
        record.external_id: row
        for record in records
        if (row := ours.get((record.organization_id, _name_of(_fresh(record, 0)))))
    }


def _name_of(row: Target) -> str:
    """By what a contact, place or service is told from the others of its partner."""
    if isinstance(row, Site):
        return normal(f"{row.street} {row.city}") or normal(row.name)
    return normal(row.name)


def _fresh(record: Record, district_id: int) -> Target:
    return MODELS[record.entity](district_id=district_id, extra=record.extra, **record.fields)


def _compare(
    record: Record,
    target: Target,
    external: ExternalId | None,
    partners: dict[str, Partner],
    choices: Choices,
) -> Step:
    """The step for a record that we have: what the source says now, what it said last, what we say."""
    step = Step(record, target, external, RowState.SAME)
    theirs = choices.takes_theirs(record)
    for name, says in record.fields.items():
        said, ours = step.said.get(name), getattr(target, name)
        is_new = name not in step.said
        if says == ours or (is_new and says in EMPTY) or (external and says == said and not theirs):
            continue
        if theirs or ours == said or (is_new and ours in EMPTY):
            step.changes[name], step.before[name] = says, ours
        elif external or name != "name":
            step.kept[name] = says
    extra = {key: text for key, text in target.extra.items() if key not in step.said.get("extra", {})}
    if step.is_news and (extra := extra | record.extra) != target.extra:
        step.changes["extra"], step.before["extra"] = extra, target.extra
    moved = external and external.last_values.get(OWNER) != record.organization_id
    if moved and not isinstance(target, Partner):
        step.changes["partner"], step.left = partners[record.organization_id], target.partner_id
        step.before["partner_id"] = target.partner_id
    if step.kept:
        step.note = record.row.problem("ours_kept", fields=", ".join(step.kept))
    if step.changes:
        step.state = RowState.CHANGED
    return step
