"""What pages show of jobs: how far one is, since when, and what a person can do about it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from . import clock
from .jobs import JobKind, job_kind
from .models import Job, Membership
from .models.work import JobState
from .rules import is_staff

SHOWN = 50
PATIENCE = {JobState.QUEUED: datetime.timedelta(minutes=2), JobState.RUNNING: datetime.timedelta(minutes=10)}
SIGNS = {JobState.DONE: "ok", JobState.FAILED: "risk", JobState.STOPPED: "warn"}


@dataclass(frozen=True)
class JobShown:
    """A job as a page shows it. `seen` is what an open page that asks by itself has shown of it: a mark."""

    job: Job
    seen: str = ""

    @property
    def kind(self) -> JobKind | None:
        """Its kind; None for one that is no longer done."""
        return job_kind(self.job.kind)

    @property
    def page_url(self) -> str:
        """The page of what it makes; empty where there is none."""
        return self.kind.page(self.job.district, self.job) if self.kind else ""

    @property
    def nothing(self) -> str:
        """What it means that it did not end."""
        return str(self.kind.nothing) if self.kind else ""

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has it still before it, or in hand."""
        return self.job.state in (JobState.QUEUED, JobState.RUNNING)

    @property
    def is_stopped(self) -> bool:
        """Whether its worker ended, so that somebody has to resume it, or to leave it."""
        return bool(self.job.state == JobState.STOPPED)

    @property
    def can_cancel(self) -> bool:
        """Whether it has not ended, and nobody has cancelled it yet."""
        return self.job.state in JobState.open() and not self.job.cancel_wanted

    @property
    def percent(self) -> int | None:
        """How much is done while it runs; None where that is not known."""
        if self.job.state != JobState.RUNNING or not self.job.total:
            return None
        return int(100 * self.job.done // self.job.total)

    @property
    def state(self) -> str:
        """Its state in words."""
        if self.job.cancel_wanted and self.is_under_way:
            return _("Being cancelled")
        return str(self.job.get_state_display())

    @property
    def sign(self) -> str:
        """The sign beside the state."""
        return SIGNS.get(JobState(self.job.state), "info")

    @property
    def words(self) -> str:
        """Its state, and since when: "Running (since 9:49 a.m.)"."""
        if self.job.cancel_wanted:
            return self.state
        since = localtime(self._since)
        return _("%(state)s (since %(time)s)") % {
            "state": self.state,
            "time": time_format(since, "TIME_FORMAT"),
        }

    @property
    def done_words(self) -> str:
        """How much is done: "42 percent done"; empty where that is not known."""
        return "" if self.percent is None else _("%(n)s percent done") % {"n": self.percent}

    @property
    def in_short(self) -> str:
        """Its state, and how much is done where that is known: "Running, 42 percent done"."""
        return ", ".join(filter(None, (self.state, self.done_words)))

    @property
    def is_slow(self) -> bool:
        """Whether it has waited, or run, for longer than any job should."""
        patience = PATIENCE.get(JobState(self.job.state))
        return patience is not None and clock.now() - self._since > patience

    @property
    def mark(self) -> str:
        """What a page has shown of it: what is said aloud, a dot, and how far the bar is."""
        return f"{self._said}.{self.percent}"

    @property
    def is_said(self) -> bool:
        """Whether the page that asks has said the state already, so that only its bar moves on."""
        return self.seen.partition(".")[0] == self._said

    @property
    def _said(self) -> str:
        return f"{self.job.state}-{self.is_slow}-{self.job.cancel_wanted}"

    @property
    def _since(self) -> datetime.datetime:
        """When its present state began, where it is under way."""
        running = self.job.state == JobState.RUNNING
        since: datetime.datetime = (running and self.job.begun_at) or self.job.queued_at
        return since


def shown_to(request: HttpRequest, job: Job) -> JobShown:
    """The job for a page that is opened, or that asks by itself."""
    asks = "HX-Request" in request.headers
    return JobShown(job, seen=request.GET.get("seen", "") if asks else "")


def answer_to_poll(request: HttpRequest, shown: JobShown) -> HttpResponse | None:
    """The answer to a page that asks by itself; None where the page is to be made.

    Nothing where there is no news; a page whose job is no longer under way is loaded anew.
    """
    if "HX-Request" not in request.headers:
        return None
    if not shown.is_under_way:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return HttpResponse(status=204) if shown.seen == shown.mark else None


@dataclass(frozen=True)
class JobsPage:
    """One's own jobs, or all of the district for its staff."""

    jobs: Sequence[JobShown]
    more: bool

    @property
    def is_under_way(self) -> bool:
        """Whether the page has something to wait for."""
        return any(shown.is_under_way for shown in self.jobs)

    @property
    def mark(self) -> str:
        """What a page has shown of those under way; another mark is news."""
        return ",".join(f"{shown.job.pk}-{shown.mark}" for shown in self.jobs if shown.is_under_way)


def jobs_page(membership: Membership) -> JobsPage:
    """Those that have not ended first, then the latest: one query."""
    jobs = Job.objects.for_member(membership).select_related("district", "started_by__user")
    if not is_staff(membership):
        jobs = jobs.filter(started_by=membership)
    ended = Case(When(state__in=JobState.open(), then=Value(0)), default=Value(1))
    found = list(jobs.order_by(ended, "-created_at", "-pk")[: SHOWN + 1])
    return JobsPage([JobShown(job) for job in found[:SHOWN]], len(found) > SHOWN)
