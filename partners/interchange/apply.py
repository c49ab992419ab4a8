"""Takes a whole directory in, in one transaction: all of it, or nothing."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import District, Membership
from partners.enums import RowState
from partners.models import (
    Contact,
    ExternalId,
    ImportBatch,
    ImportRow,
    Partner,
    ServiceNeed,
    ServiceSchool,
    Site,
)
from partners.search import normal
from partners.services.searching import Said, complete, remember_words, rewrite_search

from .beginning import begin_partnerships
from .columns import ENTITIES
from .hsds import Begin, Directory
from .problems import Problem, Refused, Weight
from .row_log import applied_rows, keep_problems, notes_of
from .staging import AS_IT_IS, MODELS, Choices, Step, stage

HSDS = "hsds"  # the kind of a batch
DEFAULT_SOURCE = "Community directory"
CHUNK = 1000
PHASES = 3  # records, what the source says of them, what became of each row

Tell = Callable[[int, int], None]
T = TypeVar("T")


def _nobody(done: int, total: int) -> None:
    """Where nobody waits for it."""


class Meter:
    """Says after each chunk how much is written, of what takes as many steps as there are records, thrice."""

    def __init__(self, records: int, tell: Tell) -> None:
        self.records = records
        self.done = 0
        self.tell = tell

    def chunks(self, rows: list[T]) -> Iterator[list[T]]:
        """The rows a thousand at a time."""
        for start in range(0, len(rows), CHUNK):
            chunk = rows[start : start + CHUNK]
            yield chunk
            self.done += len(chunk)
            self.tell(self.done, PHASES * self.records)

    def end_of(self, phase: int) -> None:
        """A phase is over, however few of its rows had to be written."""
        self.done = phase * self.records
        self.tell(self.done, PHASES * self.records)


def take_in(
    *,
    directory: Directory,
    batch: ImportBatch,
    leave_out: bool = False,
    choices: Choices = AS_IT_IS,
    tell: Tell = _nobody,
) -> None:
    """Write a directory's records; `batch` says what became of each row that is new, changed or left out.

    `tell` hears how much of how much is done; what it raises rolls all back.

    The batch may be unsaved; it is saved with what came of it. Raises Refused, and nothing is written,
    where a row can't be used, unless `leave_out` is set, and where the file is another directory than the
    one of this name. Rows that point to one that isn't there are left out in either case. `choices`: which
    organizations are partners of ours, and where the file may overwrite us.
    """
    if directory.unusable and not leave_out:
        raise Refused(*directory.unusable)
    with transaction.atomic():
        steps = stage(
            district_id=batch.district_id, source=batch.source, directory=directory, choices=choices
        )
        same_directory(steps, batch.source)
        batch.figures = figures_of(directory, steps) | {"taken": _taken(steps)}
        batch.applied_at = clock.now()
        batch.kept = {file: [row.values for row in rows] for file, rows in directory.loose.items()}
        batch.save()
        meter = Meter(len(steps), tell)
        words = _write_targets(steps, meter)
        _write_links(steps, batch)
        meter.end_of(1)
        _write_external_ids(steps, batch, meter)
        meter.end_of(2)
        _write_rows(steps, directory.problems, batch, meter)
        if directory.begins:
            _begin(steps, directory.begins, batch)
        remember_words(batch.district_id, words)


def new_batch(
    *, district: District, source: str = DEFAULT_SOURCE, by: Membership | None = None, **values: Any
) -> ImportBatch:
    """The unsaved row that stands for one run of an import."""
    return ImportBatch(district=district, source=source, by=by, at=clock.now(), **{"kind": HSDS, **values})


def figures_of(directory: Directory, steps: Iterable[Step] = ()) -> dict[str, int]:
    """Rows in the file by entity, and what became of them; `invalid` are those that were left out."""
    states = Counter(step.state for step in steps)
    in_file = {f"{entity}s": directory.counts[entity] for entity in ENTITIES}
    return in_file | {
        "new": states[RowState.NEW],
        "changed": states[RowState.CHANGED],
        "same": states[RowState.SAME],
        "invalid": sum(directory.counts.values()) - len(directory.records),
    }


def _taken(steps: Iterable[Step]) -> dict[str, int]:
    """Records that are new or changed, by entity."""
    written = (RowState.NEW, RowState.CHANGED)
    taken = Counter(step.record.entity for step in steps if step.state in written)
    return {entity: taken[entity] for entity in ENTITIES}


def same_directory(steps: Iterable[Step], source: str) -> None:
    """Two directories count their ids from 1, each for itself: one must not rename the other's partners.

    Raises Refused where most organizations that we know by their ids, and two or more, have another name.
    """
    known = [step for step in steps if isinstance(step.target, Partner) and step.external]
    renamed = [
        step
        for step in known
        if step.external and normal(step.external.last_values["name"]) != normal(step.values["name"])
    ]
    if len(renamed) > 1 and 2 * len(renamed) > len(known):
        first = renamed[0]
        values = {
            "source": source,
            "renamed": len(renamed),
            "known": len(known),
            "was": first.external.last_values["name"] if first.external else "",
            "now": first.values["name"],
        }
        raise Refused(Problem("other_directory", values=values))


def _write_targets(steps: list[Step], meter: Meter) -> set[str]:
    """Write the records. Out: the words by which those that are new or changed are found."""
    now = clock.now()
    said = _said_of_new_partners(steps)
    words: set[str] = set()
    for entity, model in MODELS.items():
        new = [step for step in steps if step.record.entity == entity and step.state == RowState.NEW]
        changed = [step for step in steps if step.record.entity == entity and step.state == RowState.CHANGED]
        for step in new:
            if isinstance(step.target, Partner):
                step.target.created_at = step.target.changed_at = now
                words |= complete(step.target, said[step.record.external_id])
            else:
                step.target.partner_id = step.target.partner.pk
        for chunk in meter.chunks(new):
            model._default_manager.bulk_create([step.target for step in chunk])  # type: ignore[misc]
        for chunk in meter.chunks(changed):
            _update(model, chunk)
    return words | _touch(steps, said)


def _update(model: type, changed: list[Step]) -> None:
    """Write the changes of one table, each row's version one higher."""
    names = {"version"}
    for step in changed:
        step.target.version += 1
        names.update(step.changes)
        for name, value in step.changes.items():
            setattr(step.target, name, value)
    model._default_manager.bulk_update([step.target for step in changed], sorted(names))  # type: ignore[attr-defined]


def _touch(steps: list[Step], new: Collection[str]) -> set[str]:
    """Partners that were there before and have something new: changed now, found by it. Out: their words."""
    touched = {step.left for step in steps if step.left is not None}
    for step in steps:
        if step.state != RowState.SAME and step.record.organization_id not in new:
            touched.add(step.target.pk if isinstance(step.target, Partner) else step.target.partner_id)
    merged_into = Partner.objects.filter(pk__in=touched).values("merged_into")
    Partner.objects.filter(Q(pk__in=touched) | Q(pk__in=merged_into)).update(changed_at=clock.now())
    return rewrite_search(touched)


def _said_of_new_partners(steps: list[Step]) -> dict[str, Said]:
    """What the directory says of each new partner beside its own row, by external id."""
    new = [step for step in steps if isinstance(step.target, Partner) and step.state == RowState.NEW]
    said = {step.record.organization_id: Said() for step in new}
    for step in steps:
        target, of = step.target, said.get(step.record.organization_id)
        if of is None or isinstance(target, Partner):
            continue
        of.texts.append(target.city if isinstance(target, Site) else target.name)
        if isinstance(target, Contact):
            of.addresses.append(target.email)
    return said


def _write_external_ids(steps: list[Step], batch: ImportBatch, meter: Meter) -> None:
    """Remember what the source says now; a row that says the same as last time is left alone."""
    new: list[ExternalId] = []
    news: list[ExternalId] = []
    for step in steps:
        if not step.is_news and step.state != RowState.NEW:
            continue
        row = step.external or ExternalId(
            district_id=batch.district_id,
            source=batch.source,
            entity=step.record.entity,
            external_id=step.record.external_id,
        )
        if step.state == RowState.NEW or step.external is None:
            row.object_id = step.target.pk  # else as it was: a merge may be undone
        row.last_values, row.batch = step.values, batch
        (news if step.external else new).append(row)
    for chunk in meter.chunks(new):
        ExternalId.objects.bulk_create(chunk)
    for chunk in meter.chunks(news):
        ExternalId.objects.bulk_update(chunk, ["object_id", "last_values", "batch"])


def _begin(steps: list[Step], begins: list[Begin], batch: ImportBatch) -> None:
    partners = {step.record.external_id: step.target for step in steps if isinstance(step.target, Partner)}
    begun = begin_partnerships(
        begins, partners, batch, because=_("As it stood in %(file)s") % {"file": batch.source}
    )
    batch.figures = batch.figures | {"begun": begun}
    batch.save(update_fields=["figures"])


def _write_links(steps: list[Step], batch: ImportBatch) -> None:
    """Add the needs and schools that a sheet names for a service, and did not name before."""
    links: tuple[tuple[str, Any], ...] = (("needs", ServiceNeed), ("schools", ServiceSchool))
    for name, model in links:
        column = f"{name.removesuffix('s')}_id"
        rows = [
            model(district_id=batch.district_id, service_id=step.target.pk, **{column: key})
            for step in steps
            for key in step.record.links.get(name, ())
            if key not in step.said.get(name, ())
        ]
        model._default_manager.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)


def _write_rows(steps: list[Step], problems: list[Problem], batch: ImportBatch, meter: Meter) -> None:
    """One line for each row that is new, changed, left out or noted; none for what is the same as before."""
    for chunk in meter.chunks(applied_rows(steps, notes_of(problems), batch)):
        ImportRow.objects.bulk_create(chunk)
    keep_problems(batch, (problem for problem in problems if problem.weight != Weight.NOTE))
