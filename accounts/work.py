"""The writes for files, jobs and tasks."""

from __future__ import annotations

import datetime
import hashlib
import logging
import uuid
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as BrokerAway
from redis.exceptions import RedisError

from . import clock
from .models import Job, Membership, StoredFile, Task
from .models.work import JobState, TaskKind

QUEUE_AWAY = (BrokerAway, RedisError, OSError)

log = logging.getLogger("accounts")


def store_file(*, name: str, kind: str, media_type: str, content: bytes, by: Membership) -> StoredFile:
    """Keep bytes under a random path with their SHA-256."""
    uid = uuid.uuid4()
    path = default_storage.save(f"{by.district_id}/{uid}", ContentFile(content))
    stored: StoredFile = StoredFile.objects.create(
        district_id=by.district_id,
        uid=uid,
        name=name[:255],
        kind=kind,
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        path=path,
        stored_at=clock.now(),
        stored_by=by,
    )
    return stored


def read_file(file: StoredFile) -> bytes:
    """The bytes of a stored file."""
    with default_storage.open(file.path, "rb") as opened:
        return bytes(opened.read())


def queue_job(
    *, kind: str, label: str, send: Callable[[int], Any], by: Membership, file: StoredFile | None = None
) -> Job:
    """Write a job's row and hand its key to `send` (a Celery task's delay) once it is committed.

    Where the queue is away the job waits: each kind of job has a sweep that sends it again.
    """
    with transaction.atomic():
        job: Job = Job.objects.create(
            district_id=by.district_id,
            kind=kind,
            label=label[:200],
            started_by=by,
            file=file,
            created_at=clock.now(),
        )
        transaction.on_commit(lambda: _hand_over(send, job))
    return job


def _hand_over(send: Callable[[int], Any], job: Job) -> None:
    """Tell a worker of a job. Where the queue is away the row is there, and a sweep of its kind finds it."""
    try:
        send(job.pk)
    except QUEUE_AWAY as error:
        log.warning("The queue was not reached (%s); the sweep hands the job over", type(error).__name__)


def begin_job(*, job: Job, total: int = 0) -> bool:
    """Claim a queued job by compare-and-set; False where another worker has it or it was cancelled."""
    begun: int = Job.objects.filter(pk=job.pk, state=JobState.QUEUED, cancel_wanted=False).update(
        state=JobState.RUNNING, total=total, heartbeat_at=clock.now()
    )
    return begun == 1


def finish_job(*, job: Job, outcome: dict[str, Any] | None = None, error: str = "") -> None:
    """Say how a job ended: with its outcome in figures, or with an error in words a person can act on."""
    Job.objects.filter(pk=job.pk).update(
        state=JobState.FAILED if error else JobState.DONE,
        outcome=outcome or {},
        error=error,
        finished_at=clock.now(),
    )


def add_task(
    *,
    kind: TaskKind,
    title: str,
    owner: Membership | None,
    due_on: datetime.date | None,
    by: Membership,
    subject_kind: str = "",
    subject_uid: uuid.UUID | None = None,
    owner_text: str = "",
) -> Task:
    """One more thing to do, for one of us or for somebody named in words."""
    task: Task = Task.objects.create(
        district_id=by.district_id,
        kind=kind,
        title=title[:200],
        owner=owner,
        owner_text=owner_text,
        due_on=due_on,
        subject_kind=subject_kind,
        subject_uid=subject_uid,
        created_by=by,
        created_at=clock.now(),
    )
    return task


def complete_task(*, task: Task, by: Membership, at: datetime.datetime | None = None) -> bool:
    """Mark a task done, now or when it was; False where that was known already."""
    done: int = Task.objects.filter(pk=task.pk, done_at=None).update(done_at=at or clock.now(), done_by=by)
    return done == 1


def job_words(job: Job) -> str:
    """How far a job is, in words: "24 of 38"."""
    if job.state == JobState.RUNNING and job.total:
        return _("%(done)s of %(total)s") % {"done": job.done, "total": job.total}
    return str(job.get_state_display())
