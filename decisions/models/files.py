"""Files of a decision: what is attached to its question, and what shows that an answer was given."""

from __future__ import annotations

from django.db import models

from accounts.models import Membership, StoredFile
from accounts.tenancy import PublicId, TenantModel

from .decisions import Decision
from .register import Sealed


class Attachment(TenantModel, PublicId):
    """A file that was added to a question. Insert-only.

    Its SHA-256 stands in the register, its name is sealed there. Erased, the row stays and the file goes.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="attachments")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    sealed = models.OneToOneField(Sealed, on_delete=models.PROTECT, related_name="attachment")
    added_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name

    @property
    def is_erased(self) -> bool:
        """Whether the file is gone. Reads what is sealed."""
        return self.sealed.person is None


class Evidence(TenantModel, PublicId):
    """What shows that answers were given which somebody recorded on behalf of seats. Insert-only.

    It is for all answers of one entry of the register, beside which its text is sealed: `sealed.event`.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="evidence")
    file = models.OneToOneField(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sealed = models.OneToOneField(Sealed, on_delete=models.PROTECT, related_name="evidence")
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return f"What shows answers to {self.decision}"

    @property
    def text(self) -> str:
        """What was typed or pasted; empty where nothing was, or where it is erased."""
        return self.sealed.text("evidence")

    @property
    def is_erased(self) -> bool:
        """Whether text and file are gone. Reads what is sealed."""
        return self.sealed.person is None
