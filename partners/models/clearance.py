"""What a school decides itself of who may be in the building: waivers, and the roster of September."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Membership
from accounts.tenancy import PublicId, TenantModel, tenant_manager
from partners.agreed_enums import WAIVABLE, RosterAnswerKind
from partners.querysets import WaiverQuerySet

from .partnerships import Partnership


class Waiver(TenantModel, PublicId):
    """One paper, or the agreement, that a partnership does without: who said so, why, until when."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="waivers")
    waives = models.CharField(_("Without"), max_length=20, choices=WAIVABLE)
    because = models.CharField(_("Reason"), max_length=255)
    since = models.DateField(pgettext_lazy("day", "From"))
    until = models.DateField(_("Until"))
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    reason: str  # `because`, where the reader may know it: only rows of `for_member` have it
    objects: ClassVar[Any] = tenant_manager(WaiverQuerySet)

    class Meta:
        ordering = ["-until", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="waiver_until_after_since"),
            models.CheckConstraint(condition=~Q(because=""), name="waiver_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="waiver_ended_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_waives_display()}: {self.partnership}"


class RosterAnswer(TenantModel):
    """What a principal said of a partner in September; the latest of a school year counts. Insert-only.

    `school_year` is named by its first half. A partner that was missing becomes a partnership instead.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="roster_answers")
    school_year = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=10, choices=RosterAnswerKind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["partnership", "school_year"], name="roster_answer_of_year")]

    def __str__(self) -> str:
        return f"{self.partnership}: {self.get_answer_display()}"
