"""What an import says of each row: in its preview, and for good once it is applied."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from partners.enums import RowState
from partners.models import ImportBatch, ImportRow, Partner

from .columns import ORGANIZATION, SHEETS
from .problems import Problem, Weight
from .staging import Step

CHUNK = 1000
NOTED = 20  # beside the first note of a row
SHOWN = 100  # rows of each state that a preview keeps

Notes = dict[tuple[str, int], Problem]


def notes_of(problems: Iterable[Problem]) -> Notes:
    """The notes by the row that they are about, all of one row as one."""
    notes: dict[tuple[str, int], list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.weight == Weight.NOTE:
            notes[problem.file, problem.row].append(problem)
    return {place: first.and_also(*others[:NOTED]) for place, (first, *others) in notes.items()}


def applied_rows(steps: Iterable[Step], notes: Notes, batch: ImportBatch) -> list[ImportRow]:
    """One line for each record that is new, changed or noted; none for what is the same as before."""
    told: set[tuple[str, int]] = set()
    rows = []
    for step in steps:
        place = (step.record.row.file, step.record.row.number)
        note = _note(step, notes if place not in told else {})
        if note or step.state != RowState.SAME:
            row = _row(step, batch, note)
            row.raw = {} if place in told else row.raw  # of several records of a row, the first keeps it
            rows.append(row)
            told.add(place)
    return rows


def preview_rows(
    steps: Collection[Step], notes: Notes, likely: Any, batch: ImportBatch
) -> Iterator[ImportRow]:
    """The first lines of each state, of partners first: whose, what each field holds and would hold."""
    shown = Counter[str]()
    names = {
        step.record.external_id: step.record.fields["name"]
        for step in steps
        if step.record.entity == ORGANIZATION
    }
    told: set[tuple[str, int]] = set()
    for step in steps:
        place = (step.record.row.file, step.record.row.number)
        state = RowState.ALIKE if step.record.external_id in likely and _is_partner(step) else step.state
        if step.kept and state == RowState.SAME:
            state = RowState.CHANGED
        if shown[state] < SHOWN:
            shown[state] += 1
            row = _row(step, batch, _note(step, notes if place not in told else {}))
            told.add(place)
            row.state = state
            row.changes = fields_of(step)
            row.before = {
                "kept": sorted(step.kept),
                "id": step.record.external_id,
                "name": names[step.record.organization_id],
                "what": "" if _is_partner(step) else step.record.fields.get("name", ""),
            }
            if state == RowState.ALIKE:
                row.before["likely"] = likely[step.record.external_id].as_json()
            yield row


def fields_of(step: Step) -> dict[str, list[Any]]:
    """Field by field what the record says and what the file would make of it."""
    plain = {name: says for name, says in step.changes.items() if name not in ("extra", "partner")}
    if step.state == RowState.NEW:
        return {name: ["", says] for name, says in step.record.fields.items() if says}
    return {name: [getattr(step.target, name), says] for name, says in (plain | step.kept).items()}


def keep_problems(batch: ImportBatch, problems: Iterable[Problem]) -> None:
    """Keep with a saved batch what is wrong with its file."""
    ImportRow.objects.bulk_create([_problem_row(batch, problem) for problem in problems], batch_size=CHUNK)


def _is_partner(step: Step) -> bool:
    return isinstance(step.target, Partner)


def _note(step: Step, notes: Notes) -> Problem | None:
    """What is to be said of a record: that ours stays, and what its row has."""
    said = notes.get((step.record.row.file, step.record.row.number))
    return step.note.and_also(said) if step.note and said else step.note or said


def _row(step: Step, batch: ImportBatch, note: Problem | None) -> ImportRow:
    row = ImportRow(
        district_id=batch.district_id,
        batch=batch,
        file_name=step.record.row.file[:255],
        row=step.record.row.number,
        entity=step.record.entity,
        state=step.state,
        problem=note.as_json() if note else {},
        raw=step.record.row.values,
        target_uid=step.target.uid,
    )
    if step.state == RowState.CHANGED:
        row.changes = {
            name: [step.before[name], says] for name, says in step.changes.items() if name != "partner"
        }
        row.before = {
            "id": step.record.external_id,
            "fields": step.before,
            "said": dict(step.said) if step.external else None,
        }
    return row


def _problem_row(batch: ImportBatch, problem: Problem) -> ImportRow:
    name = problem.file.removesuffix(".csv")
    entity = next((entity for entity, sheet in SHEETS.items() if name in sheet.files), "")
    return ImportRow(
        district_id=batch.district_id,
        batch=batch,
        file_name=problem.file[:255],
        row=problem.row,
        entity=entity,
        state=RowState.INVALID,
        problem=problem.as_json(),
        raw=problem.raw,
    )
