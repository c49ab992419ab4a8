"""Looks at a file without taking it in: what is new, changed, the same, perhaps here already, left out."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db.models import Q

from partners.enums import RowState
from partners.models import ExternalId, ImportBatch, ImportRow

from .apply import figures_of, same_directory
from .columns import ORGANIZATION
from .hsds import Directory
from .likely import Likely, first_asked, likely_partners, without_unasked
from .problems import Weight
from .row_log import keep_problems, notes_of, preview_rows
from .staging import Step, stage
from .wizard import choices_of

Tell = Callable[[int, int], None]
PARTS = 4


def likely_of(batch: ImportBatch, directory: Directory) -> dict[str, Likely]:
    """The partners of ours that organizations of the file probably are, by external id."""
    ids = {record.external_id for record in directory.records if record.entity == ORGANIZATION}
    known = ExternalId.objects.filter(
        Q(source=batch.source, entity=ORGANIZATION), external_id__in=ids
    ).values_list("external_id", flat=True)
    return likely_partners(directory.records, known)


def look_at(*, directory: Directory, batch: ImportBatch, tell: Tell) -> None:
    """Keep with the batch what would become of each row, its first rows of each kind, and what is unknown.

    Raises Refused where the file is another directory than the one of this name.
    """
    likely = likely_of(batch, directory)
    asked = first_asked(directory, likely)
    directory = without_unasked(directory, likely, asked)
    likely = {own: likely[own] for own in asked}
    tell(1, PARTS)
    steps = stage(
        district_id=batch.district_id,
        source=batch.source,
        directory=directory,
        choices=choices_of(batch, likely),
        lock=False,
    )
    same_directory(steps, batch.source)
    tell(2, PARTS)
    batch.figures = figures_of(directory, steps) | {
        "rows": _rows(directory),
        "alike": len(likely),
        "ours_kept": sum(1 for step in steps if step.kept),
        "begin": len(directory.begins),
        "partners": _of_partners(steps, likely),
    }
    batch.options = batch.options | {
        "unknown": directory.unknown_schools,
        "formats": _formats(directory),
        "asked": asked,
    }
    batch.save(update_fields=["figures", "options"])
    rows = preview_rows(steps, notes_of(directory.problems), likely, batch)
    ImportRow.objects.bulk_create(rows)
    tell(3, PARTS)
    keep_problems(batch, (problem for problem in directory.problems if problem.weight != Weight.NOTE))


def _rows(directory: Directory) -> int:
    """Rows of a sheet, or of the four tables of a community directory file that are records of ours."""
    if directory.by_name:
        return sum(len(table.rows) + len(table.problems) for table in directory.tables)
    return sum(directory.counts.values())


def _formats(directory: Directory) -> dict[str, Any]:
    """How each file is written of which rows are left out, so that they can go back as they came."""
    files = {problem.file for problem in directory.problems if problem.raw and problem.weight != Weight.NOTE}
    return {
        table.file: {"names": table.columns, "dialect": table.dialect.as_json()}
        for table in directory.tables
        if table.file in files
    }


def _of_partners(steps: list[Step], likely: dict[str, Likely]) -> dict[str, int]:
    """How many partners would be new, changed with what belongs to them, the same, perhaps here already."""
    state: dict[str, str] = {}
    for step in steps:
        own = step.record.organization_id
        if step.record.entity == ORGANIZATION:
            state[own] = RowState.ALIKE if own in likely else step.state
            if step.kept and state[own] == RowState.SAME:
                state[own] = RowState.CHANGED
        elif state.get(own) == RowState.SAME and (step.state != RowState.SAME or step.kept):
            state[own] = RowState.CHANGED
    return dict(Counter(state.values()))
