"""Imports in the background: a file is kept, a worker takes it in or back, the batch says what came of it."""

import io
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.attempts import Attempt, begin_job
from accounts.jobs import JobKind, queue_job
from accounts.models import District, Job, Membership, StoredFile
from accounts.models.work import JobState
from accounts.urls_in import url_in
from accounts.work import read_file, store_file
from partners.models import ImportBatch

from .apply import figures_of, new_batch, take_in
from .hsds import Directory, read
from .preview import likely_of, look_at
from .problems import Problem, Refused
from .row_log import keep_problems
from .source import from_zip
from .staging import AS_IT_IS
from .undoing import undo
from .wizard import SHEET, choices_of, directory_of

KIND = "import"
PREVIEW, APPLY, UNDO = "preview", "apply", "undo"  # steps of an import, each a job


def page_of(district: District, job: Job) -> str:
    """The address of the import's page."""
    return url_in(district, "partners:imported", uid=job.args["batch"]) if "batch" in job.args else ""


JOBS = JobKind(
    kind=KIND,
    task="partners.take_in",
    page=page_of,
    see=gettext_lazy("See the import"),
    nothing=gettext_lazy("Nothing was imported."),
)


@transaction.atomic
def queue_import(*, name: str, content: bytes, source: str, by: Membership) -> ImportBatch:
    """Keep a zip file of CSV files, and let a worker take it in."""
    file = store_file(name=name, kind=KIND, media_type="application/zip", content=content, by=by)
    batch = new_batch(district=by.district, source=source, by=by, file=file)
    batch.job = _queue(batch, file, by)
    batch.save()
    return batch


@transaction.atomic
def queue_rest(*, batch: ImportBatch, by: Membership) -> None:
    """Let a worker take the same file in once more, without the rows that can't be used.

    Does nothing unless the last try took nothing in.
    """
    stored = (
        ImportBatch.objects.select_for_update(of=("self",)).select_related("job", "file").get(pk=batch.pk)
    )
    if stored.file and stored.job and stored.job.state in (JobState.FAILED, JobState.CANCELLED):
        stored.job = _queue(stored, stored.file, by, leave_out=True)
        stored.save(update_fields=["job"])


@transaction.atomic
def queue_step(*, batch: ImportBatch, step: str, by: Membership) -> None:
    """Let a worker look at a sheet, take it in, or take it back: one at a time, and no import in twice.

    Does nothing where the batch is not at that step.
    """
    stored = (
        ImportBatch.objects.select_for_update(of=("self",)).select_related("job", "file").get(pk=batch.pk)
    )
    under_way = stored.job and stored.job.state in JobState.open()
    fits = stored.applied_at is None if step != UNDO else stored.applied_at and not stored.undone_at
    if stored.file and fits and not under_way:
        stored.job = _queue(stored, stored.file, by, step=step)
        stored.save(update_fields=["job"])


def run_import(*, job: Job) -> None:
    """The worker's part: all of the file, or nothing and each reason why."""
    attempt = begin_job(job=job)
    if attempt is None:
        return
    with attempt.at_work():
        batch = ImportBatch.objects.select_related("file", "district", "by").get(job=job)
        if job.args.get("step") == UNDO:
            _take_back(batch, attempt)
            return
        batch.rows.all().delete()
        try:
            _take_in(batch, attempt)
        except Refused as refusal:
            with transaction.atomic():
                attempt.finish(outcome=batch.figures, error=_sentence(refusal))
                batch.save(update_fields=["figures"])
                keep_problems(batch, refusal.problems)


def _take_in(batch: ImportBatch, attempt: Attempt) -> None:
    """Read the file; then write its records and that the job is done, both or neither."""
    batch.figures = {}
    directory = _directory(batch)
    batch.figures = figures_of(directory) | {"invalid": len(directory.unusable)}
    with transaction.atomic():
        if attempt.job.args.get("step") == PREVIEW:
            look_at(directory=directory, batch=batch, tell=attempt.tell)
        else:
            is_sheet = batch.kind == SHEET
            take_in(
                directory=directory,
                batch=batch,
                leave_out=is_sheet or bool(attempt.job.args.get("leave_out")),
                choices=choices_of(batch, likely_of(batch, directory)) if is_sheet else AS_IT_IS,
                tell=attempt.tell,
            )
        attempt.finish(outcome=batch.figures)


def _take_back(batch: ImportBatch, attempt: Attempt) -> None:
    with transaction.atomic():
        undo(batch=batch, by=attempt.job.started_by, tell=attempt.tell)
        attempt.finish(outcome=batch.figures)


def _directory(batch: ImportBatch) -> Directory:
    if batch.kind == SHEET:
        return directory_of(batch)
    if batch.file is None:
        raise Refused(Problem("not_kept"))
    return read(from_zip(batch.file.name, io.BytesIO(read_file(batch.file))))


def _queue(batch: ImportBatch, file: StoredFile, by: Membership, **args: Any) -> Job:
    label = _("Import of %(name)s") % {"name": file.name}
    return queue_job(kind=KIND, label=label, file=file, args={"batch": str(batch.uid), **args}, by=by)


def _sentence(refusal: Refused) -> str:
    more = len(refusal.problems) - 1
    first = str(refusal.problems[0])
    if not more:
        return first
    words = ngettext("%(first)s; and %(n)d more", "%(first)s; and %(n)d more", more)
    return words % {"first": first, "n": more}
