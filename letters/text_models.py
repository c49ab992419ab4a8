"""Whose text a letter may have: the district's rule, and what its staff approved. All insert-only."""

from __future__ import annotations

from django.db import models

from accounts.tenancy import TenantModel


class TextRule(TenantModel):
    """Whether schools' own texts are used only once district staff approved them; the latest row counts."""

    needs_approval = models.BooleanField()
    by = models.ForeignKey("accounts.Membership", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.needs_approval}"


class TextReview(TenantModel):
    """What district staff said of a version of a school's text: approved, or what should change."""

    version = models.ForeignKey("letters.TemplateVersion", on_delete=models.PROTECT, related_name="reviews")
    approved = models.BooleanField()
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("accounts.Membership", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.version}: {self.approved}"


class LetterApproval(TenantModel):
    """A letter's text as district staff approved it; another text needs another approval.

    `text` is what approval.text_of gives.
    """

    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="approvals")
    text = models.JSONField()
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("accounts.Membership", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.letter)
