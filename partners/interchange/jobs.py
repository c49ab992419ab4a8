"""Imports in the background: a worker looks at a file, takes it in or back; the batch says what came of it.

Each is a step, and each step a job. Nothing comes in that nobody could look at before.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager

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

from .apply import new_batch, take_in
from .hsds import Directory, read
from .likely import without_unasked
from .outcome import APPLY, LOOK, UNDO, is_looked_at
from .preview import likely_of, look_at
from .problems import Problem, Refused
from .row_log import keep_problems
from .source import from_zip
from .undoing import undo
from .wizard import SHEET, choices_of, directory_of, locked

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
    """Keep a community directory file, a zip of its parts, and let a worker look at it."""
    file = store_file(name=name, kind=KIND, media_type="application/zip", content=content, by=by)
    batch = new_batch(district=by.district, source=source, by=by, file=file)
    batch.job = _queue(batch, file, by, LOOK)
    batch.save()
    return batch


@transaction.atomic
def queue_step(*, batch: ImportBatch, step: str, by: Membership) -> None:
    """Let a worker look at a file, take it in, or take it back: one at a time, and no import in twice.

    Does nothing where the batch is not at that step: only what was looked at last comes in.
    """
    stored = locked(batch)
    under_way = stored.job and stored.job.state in JobState.open()
    fits = {
        LOOK: stored.applied_at is None,
        APPLY: is_looked_at(stored),
        UNDO: stored.applied_at is not None and stored.undone_at is None,
    }
    if stored.file and fits[step] and not under_way:
        stored.job = _queue(stored, stored.file, by, step)
        stored.save(update_fields=["job"])


class NotNow(Exception):
    """Nothing of an import can be chosen now; its one argument says why, in the reader's language."""


@contextmanager
def next_step(*, batch: ImportBatch, step: str, by: Membership, look: str = "") -> Iterator[ImportBatch]:
    """The batch as stored and locked, to write in it what was chosen; its next step is queued then.

    `look` is the job of the look that was seen: only by the latest one a file is taken in. Raises NotNow.
    """
    with transaction.atomic():
        stored = locked(batch)
        if stored.job and stored.job.state in JobState.open():
            raise NotNow(_("A step of this import is under way, so your choice was not taken. Wait for it."))
        if stored.applied_at:
            raise NotNow(_("This file is in already, so your choice was not taken."))
        seen = is_looked_at(stored) and stored.job is not None and str(stored.job.uid) == look
        if step == APPLY and not seen:
            raise NotNow(
                _("This file was looked at again since you opened its page. Check it now, then import.")
            )
        yield stored
        queue_step(batch=stored, step=step, by=by)


def run_import(*, job: Job) -> None:
    """The worker's part of a step: all of it, or nothing and each reason why."""
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
            _read_on(batch, attempt)
        except Refused as refusal:
            with transaction.atomic():
                attempt.finish(outcome=batch.figures, error=_sentence(refusal))
                batch.save(update_fields=["figures"])
                keep_problems(batch, refusal.problems)


def _read_on(batch: ImportBatch, attempt: Attempt) -> None:
    """Read the file; then write what it holds, or would bring, and that the job is done: both or neither."""
    batch.figures = {}
    directory = _directory(batch)
    with transaction.atomic():
        if attempt.job.args.get("step") == LOOK:
            look_at(directory=directory, batch=batch, tell=attempt.tell)
        else:
            likely = likely_of(batch, directory)
            choices = choices_of(batch, likely)
            directory = without_unasked(directory, likely, batch.options.get("asked", ()))
            take_in(directory=directory, batch=batch, leave_out=True, choices=choices, tell=attempt.tell)
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


def _queue(batch: ImportBatch, file: StoredFile, by: Membership, step: str) -> Job:
    label = _("Import of %(name)s") % {"name": file.name}
    args = {"batch": str(batch.uid), "step": step}
    return queue_job(kind=KIND, label=label, file=file, args=args, by=by)


def _sentence(refusal: Refused) -> str:
    more = len(refusal.problems) - 1
    first = str(refusal.problems[0])
    if not more:
        return first
    words = ngettext("%(first)s; and %(n)d more", "%(first)s; and %(n)d more", more)
    return words % {"first": first, "n": more}
