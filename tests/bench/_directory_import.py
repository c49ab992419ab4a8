"""A sheet through the import against the same rows by a bare bulk_create: ``./portal bench directory``."""

import time
from typing import Any

from django.core.files.storage import default_storage
from django.db import models, transaction

from accounts.models import Membership, School
from partners.interchange.apply import take_in
from partners.interchange.preview import likely_of, look_at
from partners.interchange.wizard import begin_sheet, choices_of, directory_of
from partners.models import (
    Contact,
    ExternalId,
    ImportBatch,
    ImportRow,
    Partner,
    Partnership,
    Service,
    ServiceNeed,
    ServiceSchool,
    Site,
    StageChange,
)
from tests.partners.made_sheet import as_csv, made_sheet

WRITTEN: tuple[type[models.Model], ...] = (
    *(Partner, Site, Contact, Service, ServiceNeed, ServiceSchool),
    *(Partnership, StageChange, ExternalId, ImportRow),
)
BATCH = 1000
SCHOOLS = ("Alder Elementary School", "Birch Middle School; Alder Elementary School", "")


def measured_import(member: Membership, rows: int) -> dict[str, float]:
    """Seconds of a sheet of that many rows through preview and apply, and of its rows by bulk_create.

    Both in transactions that are taken back, one behind the other, with indexes and triggers on.
    """
    content = as_csv(made_sheet(SCHOOLS, rows))
    for code, name in (("AES", "Alder Elementary School"), ("BMS", "Birch Middle School")):
        School.objects.create(district_id=member.district_id, name=name, slug=code.lower(), code=code)
    before = {model: _last_key(model) for model in WRITTEN}
    with transaction.atomic():
        start = time.perf_counter()
        batch = through_the_import(content, member)
        taken = time.perf_counter() - start
        written = [list(model._base_manager.filter(pk__gt=before[model])) for model in WRITTEN]
        transaction.set_rollback(True)
    if batch.file is not None:
        default_storage.delete(batch.file.path)
    with transaction.atomic():
        _take_on(batch)
        start = time.perf_counter()
        for some in written:
            some[0]._meta.model._base_manager.bulk_create(some, batch_size=BATCH)
        bare = time.perf_counter() - start
        transaction.set_rollback(True)
    return {
        "import_x_bulk": taken / bare,
        "import_seconds": taken,
        "bulk_seconds": bare,
        "import_rows": rows,
        "rows_written": sum(map(len, written)),
    }


def through_the_import(content: bytes, member: Membership) -> ImportBatch:
    """Hand a sheet over, look at it, take it in, as the pages and the worker do."""
    batch = begin_sheet(name="sheet.csv", content=content, source="Bench", by=member)
    look_at(directory=directory_of(batch), batch=batch, tell=_nobody)
    batch.rows.all().delete()
    directory = directory_of(batch)
    choices = choices_of(batch, likely_of(batch, directory))
    take_in(directory=directory, batch=batch, leave_out=True, choices=choices)
    return batch


def _take_on(batch: ImportBatch) -> None:
    """Write the batch again, which was taken back, for its rows to point to."""
    file = batch.file
    if file is not None:
        file._state.adding = True
        file.save(force_insert=True)
    batch._state.adding = True
    batch.save(force_insert=True)


def _last_key(model: Any) -> int:
    return int(model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0)


def _nobody(done: int, total: int) -> None:
    """Where nobody waits for it."""
