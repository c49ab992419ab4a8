"""Imports in the background: a file is kept, a worker takes it in, the batch says what came of it."""

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

from .apply import figures_of, keep_problems, new_batch, take_in
from .hsds import read
from .problems import Problem, Refused
from .source import from_zip

KIND = "import"


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


def run_import(*, job: Job) -> None:
    """The worker's part: all of the file, or nothing and each reason why."""
    attempt = begin_job(job=job)
    if attempt is None:
        return
    with attempt.at_work():
        batch = ImportBatch.objects.select_related("file", "district").get(job=job)
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
    if batch.file is None:
        raise Refused(Problem("not_kept"))
    directory = read(from_zip(batch.file.name, io.BytesIO(read_file(batch.file))))
    batch.figures = figures_of(directory) | {"invalid": len(directory.unusable)}
    leave_out = bool(attempt.job.args.get("leave_out"))
    with transaction.atomic():
        take_in(directory=directory, batch=batch, leave_out=leave_out, tell=attempt.tell)
        attempt.finish(outcome=batch.figures)


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
