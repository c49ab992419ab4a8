"""Which letters somebody has read before they sign them (services/several.py)."""

from __future__ import annotations

from django.db import models

from accounts.models import Membership
from accounts.tenancy import TenantModel


class Look(TenantModel):
    """Somebody who signs read a letter that waits, and put it off. Insert-only.

    `version` is the letter's, and `sheet` the SHA-256 of what its page showed: a letter that reads otherwise
    since was not read.
    """

    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="looks")
    version = models.PositiveIntegerField()
    sheet = models.CharField(max_length=64)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["letter", "by", "version"], name="look_by_letter")]

    def __str__(self) -> str:
        return f"{self.letter_id}, {self.version}"
