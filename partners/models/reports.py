"""What partners report of a school year."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, School
from accounts.tenancy import PublicId, TenantModel, Versioned
from partners.agreed_enums import GoingOn

from .directory import Contact, Partner, Service
from .links import PartnerLink


class YearReport(TenantModel, PublicId, Versioned):
    """A partner's five answers of a school year, by school and service where they gave them so.

    `school_year` is named by its first half. What is empty was not reported, which is never 0; counts of
    students are sums, never about one student. `source` says how we know: by personal link, by telephone.
    What we sent back waits for the partner; `declined_because`, the last reason, stays when it comes again.
    """

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="year_reports")
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    school_year = models.PositiveSmallIntegerField()
    students = models.PositiveIntegerField(_("Students"), null=True, blank=True)
    hours = models.PositiveIntegerField(_("Hours"), null=True, blank=True)
    in_kind_cents = models.PositiveBigIntegerField(_("Value in kind"), null=True, blank=True)
    in_kind_method = models.CharField(_("How the value was found"), max_length=200, blank=True)
    result = models.CharField(_("One result, in a sentence"), max_length=300, blank=True)
    going_on = models.CharField(_("Going on next year"), max_length=10, choices=GoingOn.choices, blank=True)
    reported_at = models.DateTimeField()
    source = models.CharField(max_length=120)
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    link = models.ForeignKey(PartnerLink, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    declined_because = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ["-school_year", "pk"]
        indexes = [models.Index(fields=["district", "school_year"], name="year_report_by_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "school", "service", "school_year"],
                name="year_report_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(in_kind_cents__isnull=True) | ~Q(in_kind_method=""),
                name="year_report_value_with_method",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="year_report_accepted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True, declined_by__isnull=True)
                | Q(declined_at__isnull=False, declined_by__isnull=False, accepted_at__isnull=True)
                & ~Q(declined_because=""),
                name="year_report_declined_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}, {self.school_year}"
