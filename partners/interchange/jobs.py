"""Imports in the background: a file is kept, a worker takes it in, the batch says what came of it."""

import io
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Job, Membership, StoredFile
from accounts.models.work import JobState
from accounts.work import begin_job, finish_job, queue_job, read_file, store_file
from partners.models import ImportBatch

from .apply import figures_of, keep_problems, new_batch, take_in
from .hsds import read
from .problems import Refused
from .source import from_zip

KIND = "import"
Send = Callable[[int], Any]  # hands the key of a job to a worker


@transaction.atomic
def queue_import(*, name: str, content: bytes, source: str, send: Send, by: Membership) -> ImportBatch:
    """Keep a zip file of CSV files, and let a worker take it in."""
    file = store_file(name=name, kind=KIND, media_type="application/zip", content=content, by=by)
    job = _queue(file, send, by)
    batch = new_batch(district=by.district, source=source, by=by, file=file, job=job)
    batch.save()
    return batch


@transaction.atomic
def queue_rest(*, batch: ImportBatch, send: Send, by: Membership) -> None:
    """Let a worker take the same file in once more. Does nothing unless the last try was refused."""
    stored = (
        ImportBatch.objects.select_for_update(of=("self",)).select_related("job", "file").get(pk=batch.pk)
    )
    if stored.file and stored.job and stored.job.state == JobState.FAILED:
        stored.job = _queue(stored.file, send, by)
        stored.save(update_fields=["job"])


def run_import(*, job: Job, leave_out: bool) -> None:
    """The worker's part: all of the file, or nothing and each reason why."""
    if not begin_job(job=job):
        return
    batch = ImportBatch.objects.select_related("file", "district").get(job=job)
    batch.rows.all().delete()
    try:
        _take_in(batch, leave_out)
    except Refused as refusal:
        with transaction.atomic():
            batch.save(update_fields=["figures"])
            keep_problems(batch, refusal.problems)
            finish_job(job=job, outcome=batch.figures, error=_sentence(refusal))
    except Exception:
        finish_job(job=job, error=_("Something broke on our side. Nothing was imported."))
        raise
    else:
        finish_job(job=job, outcome=batch.figures)


def _take_in(batch: ImportBatch, leave_out: bool) -> None:
    file: StoredFile = batch.file  # type: ignore[assignment]
    batch.figures = {}
    directory = read(from_zip(file.name, io.BytesIO(read_file(file))))
    batch.figures = figures_of(directory) | {"invalid": len(directory.unusable)}
    take_in(directory=directory, batch=batch, leave_out=leave_out)


def _queue(file: StoredFile, send: Send, by: Membership) -> Job:
    label = _("Import of %(name)s") % {"name": file.name}
    return queue_job(kind=KIND, label=label, send=send, by=by, file=file)


def _sentence(refusal: Refused) -> str:
    more = len(refusal.problems) - 1
    first = str(refusal.problems[0])
    if not more:
        return first
    words = ngettext("%(first)s; and %(n)d more", "%(first)s; and %(n)d more", more)
    return words % {"first": first, "n": more}
