"""A worker at a job: it claims the job, shows that it lives and how far it is, and ends what it began once.

    attempt = begin_job(job=job)
    if attempt:
        with attempt.at_work(), transaction.atomic():
            ...                        # now and then attempt.tell(done, total)
            attempt.finish(outcome)

`finish` belongs into the transaction of the work itself: both are committed, or neither. A worker that was
killed leaves the job running, which the sweep calls stopped; one that only slept, and wakes after the job was
cancelled or resumed, is refused by `finish` and rolls back.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, InterfaceError, connection
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django_scopes import scope

from . import clock
from .acting import acting
from .jobs import job_kind
from .models import Job
from .models.work import JobState

EVERY = 2.0  # seconds between two signs of life


class Left(Exception):
    """The job was cancelled, or is no longer this worker's: what was begun is to be rolled back."""


def begin_job(*, job: Job) -> Attempt | None:
    """Claim a queued job by compare-and-set; None where another worker has it, or it was cancelled."""
    number = job.attempts + 1
    begun = Job.objects.filter(pk=job.pk, state=JobState.QUEUED, attempts=job.attempts).update(
        state=JobState.RUNNING, attempts=number, begun_at=clock.now(), heartbeat_at=Now(), done=0, total=0
    )
    return Attempt(job, number) if begun else None


class Attempt:
    """One worker's try at a job."""

    def __init__(self, job: Job, number: int) -> None:
        self.job = job
        self.district = job.district  # read here: the thread sees only what is committed
        self.number = number
        self._at = (0, 0)  # done, total
        self._left = threading.Event()
        self._over = threading.Event()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Show signs of life meanwhile; enter it outside a transaction.

        Ends quietly where the job was left. Any other error marks the job as failed, and goes on.
        """
        beat = threading.Thread(target=self._beat, name=f"job-{self.job.pk}", daemon=True)
        beat.start()
        try:
            with acting(self.job.started_by):
                yield
        except Left:
            self._mark_cancelled()
        except Exception:
            self._mark_broken()
            raise
        finally:
            self._over.set()
            beat.join()

    def tell(self, done: int, total: int) -> None:
        """How much of how much is done. Raises Left where the job is to be left."""
        self._at = (min(done, total), total)
        if self._left.is_set():
            raise Left

    def finish(self, *, outcome: dict[str, Any] | None = None, error: str = "") -> None:
        """Say how the job ended: with its outcome in figures, or an error in words a person can act on.

        Raises Left where it was cancelled meanwhile, or is no longer this worker's.
        """
        done, total = self._at
        ended = (
            self._rows()
            .filter(cancel_wanted=False)
            .update(
                state=JobState.FAILED if error else JobState.DONE,
                outcome=outcome or {},
                error=error,
                done=done,
                total=total,
                finished_at=clock.now(),
            )
        )
        if not ended:
            raise Left

    def _mark_cancelled(self) -> None:
        self._rows().filter(cancel_wanted=True).update(state=JobState.CANCELLED, finished_at=clock.now())

    def _mark_broken(self) -> None:
        kind = job_kind(self.job.kind)
        broke = _("Something broke on our side.")
        try:
            self.finish(error=f"{broke} {kind.nothing}" if kind else broke)
        except Left:
            self._mark_cancelled()

    def _rows(self) -> Any:
        """The job's row for as long as it is this attempt's."""
        return Job.objects.filter(pk=self.job.pk, state=JobState.RUNNING, attempts=self.number)

    def _beat(self) -> None:
        """A thread with a connection of its own: it is not held up by what the work waits for."""
        with scope(district=self.district):
            try:
                while not self._over.wait(EVERY):
                    self._sign()
            finally:
                connection.close()

    def _sign(self) -> None:
        """A sign of life, and a look whether the job is still wanted; where the database is away, later."""
        done, total = self._at
        try:
            self._rows().update(done=done, total=total, heartbeat_at=Now())
            if not self._rows().filter(cancel_wanted=False).exists():
                self._left.set()
        except (DatabaseError, InterfaceError):
            connection.close()
