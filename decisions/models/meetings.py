"""Meetings of a group, and which of its seats were there."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Membership
from accounts.tenancy import PublicId, TenantModel, Versioned, tenant_manager
from decisions.querysets import MeetingQuerySet
from decisions.texts import filled

from .groups import Group, Seat

SHORTEST, LONGEST = 5, 12 * 60
"""How long a meeting lasts, in minutes."""


class Meeting(TenantModel, PublicId, Versioned):
    """One meeting of a group: when, where, what for, and what was said.

    `agenda` has one item a line; the questions that are taken there come after it. `attended_at` is when it
    was first recorded who is there.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField(_("Begins"))
    minutes_long = models.PositiveSmallIntegerField(_("How long, in minutes"), default=60)
    place = models.CharField(_("Place"), max_length=200, blank=True)
    link = models.URLField(_("Link to join"), blank=True)
    interpreter = models.CharField(_("Interpreter"), max_length=200, blank=True)
    notes = models.TextField(_("Getting there, childcare, food"), blank=True)
    agenda = models.TextField(_("Agenda"), blank=True)
    minutes = models.TextField(_("Minutes"), blank=True)
    planned_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    attended_at = models.DateTimeField(null=True, blank=True)
    attended_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[Any] = tenant_manager(MeetingQuerySet)

    class Meta:
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["group", "-starts_at"], name="meeting_by_group")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes_long__gte=SHORTEST, minutes_long__lte=LONGEST), name="meeting_length"
            ),
            models.CheckConstraint(
                condition=Q(attended_at__isnull=True, attended_by__isnull=True)
                | Q(attended_at__isnull=False, attended_by__isnull=False),
                name="meeting_attended_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(called_off_at__isnull=True, called_off_by__isnull=True)
                | Q(called_off_at__isnull=False, called_off_by__isnull=False, attended_at__isnull=True),
                name="meeting_called_off_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}, {formats.date_format(self.day, 'DATE_FORMAT')}"

    @property
    def day(self) -> datetime.date:
        """Its local day. Reads the district."""
        return clock.local_day(self.starts_at, self.district)

    @property
    def ends_at(self) -> datetime.datetime:
        """When it is planned to end."""
        return self.starts_at + datetime.timedelta(minutes=self.minutes_long)

    @property
    def agenda_items(self) -> list[str]:
        """The items that were written down."""
        return filled(self.agenda.splitlines())

    @property
    def is_called_off(self) -> bool:
        """Whether it does not take place."""
        return self.called_off_at is not None

    @property
    def is_over(self) -> bool:
        """Whether its planned end has passed."""
        return self.ends_at < clock.now()


class Attendance(TenantModel):
    """Whether a seat is at a meeting. It can be set right as people come and go; what counted for an outcome
    stands in the register's entry of its close."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    here = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.here}"
