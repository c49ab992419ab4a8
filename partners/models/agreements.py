"""Agreements with partners: what is agreed, by whom it was signed, and the register of shared data."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Membership, School, StoredFile
from accounts.tenancy import PublicId, TenantModel, Versioned, tenant_manager
from partners.agreed_enums import (
    ENDS_SOON,
    STORED_STATUSES,
    AgreementKind,
    AgreementStatus,
    Clause,
    ClauseState,
)
from partners.querysets import AgreementQuerySet
from partners.spans import Span, span

from .directory import Partner


class Agreement(TenantModel, PublicId, Versioned):
    """An agreement of the district with a partner, for the whole district where it names no school.

    `status` is what people set; `status_on` adds what follows from the dates. A signature is recorded as a
    text: the register keeps the name as it stood. `lead_partner` is the agency for which the partner works.
    """

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField(_("Kind"), max_length=20, choices=AgreementKind.choices)
    status = models.CharField(
        _("Status"), max_length=20, choices=AgreementStatus.choices, default=AgreementStatus.DRAFT
    )
    title = models.CharField(_("Title"), max_length=200)
    starts = models.DateField(pgettext_lazy("day", "From"), null=True, blank=True)
    ends = models.DateField(_("Until"), null=True, blank=True)
    ended_on = models.DateField(_("Ended early on"), null=True, blank=True)
    schools = models.ManyToManyField("accounts.School", through="AgreementSchool", related_name="+")
    lead_partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    renews = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_by_name = models.CharField(_("Signed for the partner by"), max_length=120, blank=True)
    signed_by_title = models.CharField(_("Title"), max_length=120, blank=True)
    authorized_as = models.CharField(_("May sign because"), max_length=200, blank=True)
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    district_signed_by_name = models.CharField(_("Signed for the district by"), max_length=120, blank=True)
    district_signed_by_title = models.CharField(_("Title"), max_length=120, blank=True)
    district_authorized_as = models.CharField(_("May sign because"), max_length=200, blank=True)
    district_signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    created_at = models.DateTimeField()

    # Keys of the schools that it names, of the partner that it belongs to today, of the lead agency likewise:
    # only on the rows of partners/cleared.py.
    named: list[int]
    of: int
    lead: int | None
    objects: ClassVar[Any] = tenant_manager(AgreementQuerySet)

    class Meta:
        ordering = ["-starts", "-pk"]
        indexes = [models.Index(fields=["district", "ends", "id"], name="agreement_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=STORED_STATUSES), name="agreement_status_is_set_by_people"
            ),
            models.CheckConstraint(
                condition=~Q(status=AgreementStatus.IN_FORCE) | Q(starts__isnull=False),
                name="agreement_in_force_has_a_start",
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="agreement_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(status=AgreementStatus.TERMINATED, ended_on__isnull=False)
                | ~Q(status=AgreementStatus.TERMINATED) & Q(ended_on__isnull=True),
                name="agreement_ended_early_on_a_day",
            ),
            models.CheckConstraint(
                condition=(Q(signed_on__isnull=True) | ~Q(signed_by_name=""))
                & (Q(district_signed_on__isnull=True) | ~Q(district_signed_by_name="")),
                name="agreement_signed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(lead_partner__isnull=True) | ~Q(lead_partner=F("partner")),
                name="agreement_lead_is_another",
            ),
            models.CheckConstraint(
                condition=Q(renews__isnull=True) | ~Q(renews=F("id")), name="agreement_renews_another"
            ),
            models.UniqueConstraint(fields=["renews"], name="agreement_renewed_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def status_on(self, day: datetime.date) -> AgreementStatus:
        """How far it is on that day; AgreementQuerySet.in_force asks the same of the database."""
        status = AgreementStatus(self.status)
        if self.ended_on is not None and self.starts is not None and day < self.ended_on:
            status = AgreementStatus.IN_FORCE
        if status != AgreementStatus.IN_FORCE or self.ends is None:
            return status
        if self.ends < day:
            return AgreementStatus.EXPIRED
        soon = self.ends <= day + datetime.timedelta(days=ENDS_SOON)
        return AgreementStatus.EXPIRING if soon else status

    @property
    def span(self) -> Span | None:
        """The days on which it is in force; what ended early is so up to the day before. None: never."""
        begun = self.status in (AgreementStatus.IN_FORCE, AgreementStatus.TERMINATED)
        if not begun or self.starts is None:
            return None
        return span(self.starts, self.ends).before(self.ended_on)


class AgreementSchool(TenantModel):
    """A school for which an agreement holds."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "school"], name="agreement_school_once")]

    def __str__(self) -> str:
        return f"{self.agreement} at {self.school}"


class AgreementClause(TenantModel):
    """How far one clause of an agreement is; a clause without a row is not yet addressed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="clauses")
    code = models.CharField(max_length=20, choices=Clause.choices)
    state = models.CharField(max_length=14, choices=ClauseState.choices, default=ClauseState.OPEN)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "code"], name="agreement_clause_once")]

    def __str__(self) -> str:
        return f"{self.get_code_display()}: {self.get_state_display()}"


class AgreementFile(TenantModel):
    """A file of an agreement: what was sent, or what was signed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.file.name


class DataSharing(TenantModel, PublicId, Versioned):
    """An agreement's entry in the register of shared data: what, why, by which right, to whom, until when."""

    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, related_name="data_sharing")
    data = models.TextField(_("What data"))
    purpose = models.TextField(_("What for"))
    legal_basis = models.CharField(_("By which right"), max_length=300)
    receivers = models.CharField(_("Who receives it"), max_length=300)
    protection = models.TextField(_("How it is protected"))
    destroyed_when = models.CharField(_("When it is destroyed"), max_length=300)
    reviewed_on = models.DateField(_("Reviewed on"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_on__isnull=True, reviewed_by__isnull=True)
                | Q(reviewed_on__isnull=False, reviewed_by__isnull=False),
                name="data_sharing_reviewed_on_and_by",
            )
        ]

    def __str__(self) -> str:
        return str(self.agreement)
