"""Partnerships, how far they are, and what was said (docs/data-model.md, "partners")."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, School
from accounts.tenancy import PublicId, TenantModel, Versioned, tenant_manager
from partners.enums import Cadence, Channel, Direction, Level, Stage
from partners.querysets import InteractionQuerySet, PartnershipQuerySet, StageChangeQuerySet

from .directory import Contact, Partner
from .papers import RequirementProfile


class Partnership(TenantModel, PublicId, Versioned):
    """A partner with one school, or with the district itself (no school).

    `approved_by` is the principal who said yes to them in the building; `profile` is how they work there.
    """

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="partnerships")
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(_("Stage"), max_length=20, choices=Stage.choices, default=Stage.IDENTIFIED)
    stage_since = models.DateField()
    active_since = models.DateField(null=True, blank=True)
    level = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.NONE)
    cadence = models.PositiveSmallIntegerField(choices=Cadence.choices, default=Cadence.THREE_A_YEAR)
    owner = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    profile = models.ForeignKey(
        RequirementProfile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_on = models.DateField(null=True, blank=True)
    approved_until = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = tenant_manager(PartnershipQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "school"], name="partnership_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_on__isnull=True, approved_until__isnull=True)
                | Q(approved_by__isnull=False, approved_on__isnull=False, school__isnull=False),
                name="partnership_approved_on_and_by",
            ),
            models.CheckConstraint(
                condition=Q(approved_until__isnull=True) | Q(approved_until__gte=F("approved_on")),
                name="partnership_approved_until_after_on",
            ),
        ]
        indexes = [models.Index(fields=["district", "stage"], name="partnership_by_stage")]

    def __str__(self) -> str:
        return f"{self.partner} and {self.school or self.district}"


class StageChange(TenantModel):
    """The history of a stage; the field on the partnership is a copy of the last row. Insert-only."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="stage_changes")
    was = models.CharField(max_length=20, choices=Stage.choices, blank=True)
    now = models.CharField(max_length=20, choices=Stage.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=255, blank=True)
    cause_uid = models.UUIDField(null=True, blank=True)

    reason: str  # `because`, where the reader may know it: only rows of `for_member` have it
    objects: ClassVar[Any] = tenant_manager(StageChangeQuerySet)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.was} > {self.now}"


class Interaction(TenantModel, PublicId, Versioned):
    """A contact with a partner, as the contact log keeps it; its note is for the school's own people."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="interactions")
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    channel = models.CharField(_("How"), max_length=10, choices=Channel.choices, default=Channel.CALL)
    direction = models.CharField(
        _("Who reached out"), max_length=5, choices=Direction.choices, default=Direction.OUT
    )
    on = models.DateField(_("When"))
    note = models.TextField(_("What was said"))
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects: ClassVar[Any] = tenant_manager(InteractionQuerySet)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} on {self.on}"
