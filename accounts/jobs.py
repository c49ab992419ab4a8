"""Jobs: work in the background which a person can leave, come back to, cancel, and resume.

Each upper floor registers its kinds of jobs when it is loaded (AppConfig.ready). A job is a row first; the
queue only makes it prompt. What a worker does with a job is in attempts.py, what pages show in job_pages.py.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from celery import current_app
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Now
from kombu.exceptions import OperationalError as BrokerAway
from redis.exceptions import RedisError

from . import clock
from .models import District, Job, Membership, StoredFile
from .models.work import JobState

QUEUE_AWAY = (BrokerAway, RedisError, OSError)
LATE = datetime.timedelta(minutes=2)  # a job that waits longer may be one that the queue has lost
SILENT = datetime.timedelta(minutes=1)  # thirty missed signs of life: its worker has ended
CANCELLED, STOPPED = Value(JobState.CANCELLED), Value(JobState.STOPPED)

log = logging.getLogger("accounts")


@dataclass(frozen=True)
class JobKind:
    """A kind of job: the name of the task that is handed the key of its row, and the page of what it makes.

    `see` is the link to that page in words; `nothing` says what it means that such a job did not end.
    """

    kind: str
    task: str
    page: Callable[[District, Job], str]
    see: Any
    nothing: Any


_kinds: dict[str, JobKind] = {}


def add_job_kind(kind: JobKind) -> None:
    """Register a kind of job."""
    _kinds[kind.kind] = kind


def job_kind(kind: str) -> JobKind | None:
    """One kind of job; None for one that is no longer done."""
    return _kinds.get(kind)


def queue_job(
    *,
    kind: str,
    label: str,
    by: Membership,
    file: StoredFile | None = None,
    args: dict[str, Any] | None = None,
) -> Job:
    """Write a job's row, and hand it to a worker once it is committed; where the queue is away it waits.

    `args` are what its task needs to know beside the file, as plain values.
    """
    now = clock.now()
    with transaction.atomic():
        job: Job = Job.objects.create(
            district_id=by.district_id,
            kind=kind,
            label=label[:200],
            started_by=by,
            file=file,
            args=args or {},
            created_at=now,
            queued_at=now,
        )
        transaction.on_commit(lambda: _send(job))
    return job


def cancel_job(*, job: Job, by: Membership) -> None:
    """Cancel a job that has not ended: at once, or, where a worker has it, by asking it to leave it."""
    is_running = When(state=JobState.RUNNING, then=F("state"))
    Job.objects.filter(pk=job.pk, state__in=JobState.open()).update(
        cancel_wanted=True,
        state=Case(is_running, default=CANCELLED),
        finished_at=Case(When(state=JobState.RUNNING, then=None), default=Value(clock.now())),
    )
    log.info("Cancelling of job %s was asked for by member %s", job.pk, by.pk)


def resume_job(*, job: Job, by: Membership) -> bool:
    """Have a stopped job done from its start. Of several who ask at once, one is heard: True for that one."""
    with transaction.atomic():
        resumed: int = Job.objects.filter(pk=job.pk, state=JobState.STOPPED).update(
            state=JobState.QUEUED, queued_at=clock.now(), finished_at=None
        )
        if resumed:
            transaction.on_commit(lambda: _send(job))
    log.info("Job %s: resumed by member %s: %s", job.pk, by.pk, bool(resumed))
    return resumed == 1


def sweep_jobs() -> tuple[int, int]:
    """Call jobs stopped whose worker has ended, and hand those over again that the queue may have lost.

    A job that is under way after all is not begun twice. Out: how many were stopped, how many handed over.
    Call it with scopes disabled.
    """
    stopped = _stop_the_silent()
    waiting = Job.objects.filter(
        kind__in=_kinds, state=JobState.QUEUED, queued_at__lt=clock.now() - LATE
    ).order_by("pk")
    return stopped, sum(_send(job) for job in waiting)


@transaction.atomic
def _stop_the_silent() -> int:
    """A job whose row is locked is being finished, or cancelled, right now: it is left alone."""
    silent = Job.objects.select_for_update(skip_locked=True).filter(
        state=JobState.RUNNING, heartbeat_at__lt=Now() - SILENT
    )
    keys = list(silent.values_list("pk", flat=True))
    stopped: int = Job.objects.filter(pk__in=keys).update(
        state=Case(When(cancel_wanted=True, then=CANCELLED), default=STOPPED), finished_at=clock.now()
    )
    if stopped:
        log.warning("%s jobs are stopped: their workers have ended", stopped)
    return stopped


def _send(job: Job) -> bool:
    """Tell a worker of a job. Where the queue is away the row is there, and the sweep finds it."""
    try:
        current_app.send_task(_kinds[job.kind].task, args=[job.pk])
    except QUEUE_AWAY as error:
        log.warning("The queue was not reached (%s); the sweep hands the job over", type(error).__name__)
        return False
    return True
