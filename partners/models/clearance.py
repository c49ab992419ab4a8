"""What a school decides itself of who may be in the building: the yes, waivers, the roster of September."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import clock
from accounts.models import Membership
from accounts.tenancy import PublicId, TenantModel, tenant_manager
from partners.agreed_enums import WAIVABLE, RosterAnswerKind
from partners.querysets import ApprovalQuerySet, WaiverQuerySet
from partners.spans import Span, span

from .partnerships import Partnership


class Approval(TenantModel):
    """What a principal said of a partner in the building: yes, or why not any more. Insert-only.

    Each takes the place of the one before; what the partnership says of it is a copy of the last.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="approvals")
    is_yes = models.BooleanField()
    until = models.DateField(_("Until"), null=True, blank=True)
    because = models.CharField(_("Reason"), max_length=255, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    reason: str  # `because`, where the reader may know it: only rows of `for_member` have it
    objects: ClassVar[Any] = tenant_manager(ApprovalQuerySet)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_yes=True, because="") | Q(is_yes=False, until=None) & ~Q(because=""),
                name="approval_taken_back_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.by}: {self.partnership}"

    @property
    def on(self) -> datetime.date:
        """The local day on which it was said."""
        return clock.local_day(self.at, self.district)

    @property
    def span(self) -> Span:
        """The days of a yes to which nothing is said later."""
        return span(self.on, self.until)


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

    @property
    def span(self) -> Span | None:
        """The days on which it holds; one that was ended does up to the day before. None: never."""
        ended = self.ended_at and clock.local_day(self.ended_at, self.district)
        return span(self.since, self.until).before(ended)


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
