"""Deputies, who sign for a principal until a date, and what one person handed over to another."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Role
from accounts.tenancy import PublicId, TenantModel, TenantQuerySet, tenant_manager

from .people import Membership

STANDS_IN = (Role.COORDINATOR, Role.PREPARER)


class DeputyQuerySet(TenantQuerySet):
    """Reads of deputies."""

    def for_member(self, membership: Membership) -> Self:
        """All of the district for its staff, else those that a person named or is."""
        rows = super().for_member(membership)
        if membership.role == Role.STAFF:
            return rows
        return rows.filter(Q(principal=membership) | Q(deputy=membership))

    def holding(self, day: datetime.date) -> Self:
        """Those whose right holds on that day: not ended, and both still hold the role that gives it."""
        return self.filter(
            ended_at=None,
            since__lte=day,
            until__gte=day,
            principal__in=Membership.objects.signers(day),
            deputy__in=Membership.objects.on(day).filter(role__in=STANDS_IN),
        )


class Deputy(TenantModel, PublicId):
    """A person who signs for a principal, from and until a day, at the schools where both work.

    The principal names them, or district staff do, with a reason, for one who is suddenly away.
    """

    principal = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(pgettext_lazy("day", "From"))
    until = models.DateField(_("Until"))
    named_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("Reason"), max_length=255, blank=True)
    created_at = models.DateTimeField()
    mail_wanted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[Any] = tenant_manager(DeputyQuerySet)

    class Meta:
        ordering = ["-until", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="deputy_until_after_since"),
            models.CheckConstraint(condition=~Q(deputy=F("principal")), name="deputy_is_somebody_else"),
            models.CheckConstraint(
                condition=Q(named_by=F("principal")) | ~Q(reason=""), name="deputy_named_by_staff_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="deputy_ended_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy.user.name} for {self.principal.user.name}"


class HandOver(TenantModel, PublicId):
    """What one person handed over to another in one step. Insert-only.

    `figures` is how many of each part (accounts/hand_over.py) went over, by its name.
    """

    giver = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    figures = models.JSONField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.giver.user.name} to {self.receiver.user.name}"
