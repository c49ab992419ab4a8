"""What a signature takes and keeps: the school's numbers, and the letters as they were signed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Membership, School
from accounts.tenancy import TenantModel, tenant_manager

from .querysets import LetterNumberQuerySet


class NumberSeries(TenantModel):
    """The last number that a school took in a school year, which `year` names by its first half."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "year"], name="number_series_once")]

    def __str__(self) -> str:
        return f"{self.school} {self.year}: {self.last}"


class LetterNumber(TenantModel):
    """A number that a signature took, with all that it fixed: no number is without a row that explains it.

    It ends as a SignedLetter, or voided with a reason; in between, the sweep takes it up. `tries` counts how
    often the press stopped over it.
    """

    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="numbers")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=20)
    code = models.CharField(max_length=20, unique=True)
    fixed = models.JSONField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=255, blank=True)

    objects: ClassVar[Any] = tenant_manager(LetterNumberQuerySet)

    class Meta:
        ordering = ["school", "year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["school", "year", "number"], name="letter_number_once"),
            models.UniqueConstraint(
                fields=["letter"], condition=Q(voided_at=None), name="letter_one_number_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="")
                | Q(voided_at__isnull=False) & ~Q(void_reason=""),
                name="letter_number_voided_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class SignedLetter(TenantModel):
    """A letter kept as signed: the PDF's bytes and what they were made from. Insert-only."""

    letter = models.OneToOneField("letters.Letter", on_delete=models.PROTECT, related_name="signed")
    number = models.OneToOneField(LetterNumber, on_delete=models.PROTECT, related_name="signed_letter")
    reference = models.CharField(max_length=20)
    code = models.CharField(max_length=20, unique=True)
    sha256 = models.CharField(max_length=64)
    pdf = models.BinaryField()
    values = models.JSONField()
    recipient = models.JSONField()
    signer = models.JSONField()
    signed_at = models.DateTimeField()
    retain_until = models.DateField()

    def __str__(self) -> str:
        return self.reference
