"""A person's own sheet on its way in: handed over, its columns named, its schools known, looked at, applied.

What was chosen is kept in the batch's `options`; each long step is a job (jobs.py).
"""

import hashlib
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from accounts import clock
from accounts.models import Membership, School
from accounts.models.work import JobState
from accounts.work import read_file, store_file
from partners.enums import Stage
from partners.models import ImportBatch, ImportMapping, SchoolAlias
from partners.search import normal

from .apply import new_batch
from .hsds import Directory
from .likely import Likely
from .problems import Problem, Refused
from .sheet_fields import Field, guess, header_key, samples
from .sheet_records import records_of
from .sheets import no_rows, read_sheet, sheet_names
from .staging import Choices
from .tables import Table
from .vocabulary import NO_SCHOOL, school_names, vocabulary

SHEET = "sheet"  # the kind of a batch
OWN_SHEET = "Our own sheet"  # the source of one that nobody named
FILE = "import"  # the kind of a stored file


@transaction.atomic
def begin_sheet(*, name: str, content: bytes, source: str, by: Membership) -> ImportBatch:
    """Keep a sheet, and guess what its columns are, or remember it. Raises Refused."""
    options = _guessed(_table(name, content, ""), by) | {"sheets": sheet_names(name, content)}
    batch = new_batch(district=by.district, source=source, by=by, kind=SHEET, options=options)
    batch.file = store_file(
        name=name, kind=FILE, media_type="application/octet-stream", content=content, by=by
    )
    batch.save()
    return batch


@transaction.atomic
def choose_sheet(*, batch: ImportBatch, sheet: str, by: Membership) -> None:
    """Take another sheet of a workbook; all that was chosen or looked at before is forgotten. Raises Refused.

    Does nothing while a job is under way.
    """
    stored = locked(batch)
    if stored.job and stored.job.state in JobState.open():
        return
    if stored.file is None:
        raise Refused(Problem("not_kept"))
    table = _table(stored.file.name, read_file(stored.file), sheet)
    stored.options = _guessed(table, by) | {"sheets": stored.options["sheets"]}
    stored.job = None
    stored.save(update_fields=["options", "job"])


def locked(batch: ImportBatch) -> ImportBatch:
    """The batch as it is stored, with its job and file, locked: one at a time decides on its next step."""
    rows = ImportBatch.objects.select_for_update(of=("self",)).select_related("job", "file")
    stored: ImportBatch = rows.get(pk=batch.pk)
    return stored


def _table(name: str, content: bytes, sheet: str) -> Table:
    table = read_sheet(name, content, sheet)
    if not table.rows:
        raise Refused(no_rows(name, table.dialect))
    return table


def _guessed(table: Table, by: Membership) -> dict[str, Any]:
    """The options of a sheet: what its columns probably are, or were said to be."""
    remembered = _remembered(table)
    schools = school_names()
    guessed = guess(table, schools.known)
    names_places = Field.LEFT_OUT in guessed.values()  # our own list: where it says no school, there is none
    own = by.only_school.pk if by.only_school and not names_places else NO_SCHOOL
    return {
        "sheet": table.dialect.sheet,
        "names": table.columns,
        "dialect": table.dialect.as_json(),
        "samples": {column: samples(table, column) for column in table.columns},
        "columns": {column: remembered.get(column, field) for column, field in guessed.items()},
        "remembered": bool(remembered),
        "stage": remembered.get("", {}).get("stage", Stage.ACTIVE),
        "school": str(remembered.get("", {}).get("school", own)),
        "not_schools": remembered.get("", {}).get("not_schools", []),
    }


def choose_columns(
    *, batch: ImportBatch, columns: Mapping[str, str], stage: str, school: str, by: Membership
) -> None:
    """Say what each column is, and what holds where a row says nothing; remembered for sheets like this."""
    batch.options = batch.options | {"columns": dict(columns), "stage": stage, "school": school}
    batch.save(update_fields=["options"])
    _remember(batch, by)


@transaction.atomic
def choose_schools(*, batch: ImportBatch, meant: Mapping[str, School | None], by: Membership) -> None:
    """Say which school each name means, None for no school of ours; asked once, and remembered."""
    none = [normal(name) for name, school in meant.items() if school is None]
    for name, school in meant.items():
        if school is not None:
            SchoolAlias.objects.update_or_create(
                district_id=batch.district_id, alias=normal(name)[:255], defaults={"school": school}
            )
    batch.options = batch.options | {
        "not_schools": sorted({*batch.options["not_schools"], *none}),
        "unknown": {},
    }
    batch.save(update_fields=["options"])
    _remember(batch, by)


def choose_rows(
    *, batch: ImportBatch, same: Collection[str], theirs: Collection[str], shown: Collection[str]
) -> None:
    """Say which organizations are partners of ours, of those `shown`, and where the file may overwrite us.

    `theirs` are "entity external-id", or "all".
    """
    batch.options = batch.options | {
        "same": sorted(same),
        "not_same": sorted(set(shown) - set(same)),
        "theirs": sorted(theirs),
    }
    batch.save(update_fields=["options"])


def choices_of(batch: ImportBatch, likely: Mapping[str, Likely]) -> Choices:
    """What was chosen: a partner that certainly is ours is, unless somebody said no."""
    same, not_same = batch.options.get("same", ()), batch.options.get("not_same", ())
    theirs = batch.options.get("theirs", ())
    pairs = [tuple(one.split(" ", 1)) for one in theirs if " " in one]
    return Choices(
        same={
            own: one.partner
            for own, one in likely.items()
            if own in same or (one.is_certain and own not in not_same)
        },
        theirs=None if "all" in theirs else {(entity, own) for entity, own in pairs},
    )


def table_of(batch: ImportBatch) -> Table:
    """The sheet of a batch, read again. Raises Refused."""
    if batch.file is None:
        raise Refused(Problem("not_kept"))
    return read_sheet(batch.file.name, read_file(batch.file), batch.options.get("sheet", ""))


def directory_of(batch: ImportBatch) -> Directory:
    """What the sheet of a batch says, with the columns that were chosen. Raises Refused."""
    options = batch.options
    words = vocabulary(
        batch.district,
        batch.by,
        not_schools=options["not_schools"],
        stage=options["stage"],
        school=options["school"],
    )
    return records_of(table_of(batch), options["columns"], words)


def _remembered(table: Table) -> dict[str, Any]:
    row = ImportMapping.objects.filter(header_hash=_hash(table.columns)).first()
    return dict(row.mapping) if row else {}


def _remember(batch: ImportBatch, by: Membership) -> None:
    """For the same names of columns; what is not a column stands under "", which no column is called."""
    options = batch.options
    ImportMapping.objects.update_or_create(
        district_id=batch.district_id,
        header_hash=_hash(options["names"]),
        defaults={
            "mapping": options["columns"]
            | {"": {name: options[name] for name in ("stage", "school", "not_schools")}},
            "at": clock.now(),
            "by": by,
        },
    )


def _hash(columns: list[str]) -> str:
    return hashlib.sha256(header_key(columns).encode()).hexdigest()


def has_name(columns: Mapping[str, str]) -> bool:
    """Whether a column is the name, without which no row can be taken."""
    return Field.NAME in columns.values()
