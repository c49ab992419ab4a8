"""What people and the background have to do: tasks, jobs, and the files that come in and go out."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.tenancy import PublicId, TenantModel, TenantQuerySet, Versioned, tenant_manager

from .people import Membership


class StoredFile(TenantModel, PublicId):
    """A file kept outside the static tree; it is reached through the page that owns it, never by its path."""

    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=30)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text=_("Bytes."))
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=255)
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name


class TaskKind(models.TextChoices):
    """Where a task comes from."""

    NEXT_STEP = "next_step", _("Next step")
    PROMISED_CALL = "promised_call", _("Promised call")
    ACTION_ITEM = "action_item", _("Action item")


class TaskQuerySet(TenantQuerySet):
    """Reads of tasks."""

    def open(self) -> TaskQuerySet:
        """Those not done yet."""
        return self.filter(done_at__isnull=True)


class Task(TenantModel, PublicId, Versioned):
    """One thing one person has to do by a day: next step, promised call and action item are one table."""

    kind = models.CharField(max_length=20, choices=TaskKind.choices)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner_text = models.CharField(max_length=120, blank=True, help_text=_("Who, where it is not one of us."))
    due_on = models.DateField(null=True, blank=True)
    subject_kind = models.CharField(max_length=30, blank=True)
    subject_uid = models.UUIDField(null=True, blank=True)
    created_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = tenant_manager(TaskQuerySet)

    class Meta:
        indexes = [
            models.Index(fields=["district", "owner", "due_on"], condition=Q(done_at=None), name="task_open")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="task_done_at_and_by",
            )
        ]

    def __str__(self) -> str:
        return self.title


class JobState(models.TextChoices):
    """How far a background job is."""

    QUEUED = "queued", _("Waiting to start")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Stopped by an error")
    CANCELLED = "cancelled", _("Cancelled")
    STOPPED = "stopped", _("Stopped: the worker ended")

    @classmethod
    def open(cls) -> tuple[JobState, ...]:
        """Those in which something may still come of a job."""
        return (cls.QUEUED, cls.RUNNING, cls.STOPPED)


class Job(TenantModel, PublicId):
    """A piece of work in the background whose progress a page shows.

    `attempts` rises each time a worker begins it: what a worker writes counts for its own attempt alone.
    `heartbeat_at` is by the database's clock, which nobody moves.
    """

    kind = models.CharField(max_length=30)
    label = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    started_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    outcome = models.JSONField(default=dict, blank=True)
    args = models.JSONField(default=dict, blank=True)
    cancel_wanted = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    queued_at = models.DateTimeField(help_text=_("Last handed to the queue by a person."))
    begun_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="job_done_at_most_total")
        ]

    def __str__(self) -> str:
        return self.label
