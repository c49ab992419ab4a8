"""The tables of letters to many: a batch, and whom it is for (docs/data-model.md, "letters")."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Job, Membership, School
from accounts.tenancy import PublicId, TenantModel, Versioned, tenant_manager
from partners.models import Contact, Partner

from .batch_enums import Against, BatchLanguage, BatchState
from .enums import Kind
from .querysets import BatchQuerySet


class Batch(TenantModel, PublicId, Versioned):
    """Letters of one template from one school to many partners, signed in one act.

    `signer` is the principal who is to sign, and from the signature on who signed; `job` is the latest one
    that signs them.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    language = models.CharField(max_length=5, choices=BatchLanguage.choices, default=BatchLanguage.OWN)
    by_mail = models.BooleanField(default=True)
    reason = models.CharField(_("Why this letter goes out now"), max_length=255, blank=True)
    note = models.CharField(_("What should change"), max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.PREPARING)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)
    signer = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = tenant_manager(BatchQuerySet)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("preparing", "cancelled"))
                | Q(signer__isnull=False, handed_in_at__isnull=False),
                name="batch_has_a_signer_once_handed_in",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("signing", "done")) | Q(job__isnull=False),
                name="batch_is_signed_by_a_job",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.school}"


class BatchRow(TenantModel):
    """One partner of a batch: to whom, what was mended or left out, and from the handing-in on its letter.

    `n` is its place in the order of the envelopes. `result` fills in what the records do not know.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rows")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    letter = models.OneToOneField(
        "letters.Letter", null=True, blank=True, on_delete=models.PROTECT, related_name="batch_row"
    )
    n = models.PositiveIntegerField(null=True, blank=True)
    left_out = models.CharField(max_length=10, choices=Against.choices, blank=True)
    write_despite = models.BooleanField(default=False)
    result = models.CharField(_("A result since then"), max_length=200, blank=True)

    class Meta:
        ordering = ["n", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "partner"], name="batch_row_once"),
            models.UniqueConstraint(fields=["batch", "n"], name="batch_row_place_once"),
            models.CheckConstraint(
                condition=Q(letter__isnull=True) | Q(left_out="", n__isnull=False),
                name="batch_row_written_or_left_out",
            ),
        ]

    def __str__(self) -> str:
        return str(self.partner)
