"""The register: one chain of events a district, without personal data; what is personal is sealed apart."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.tenancy import TenantModel
from decisions.ledger import GENESIS

from .decisions import Position, Recusal


class Event(TenantModel):
    """One entry of the register, as decisions/ledger.py writes it. Insert-only."""

    seq = models.PositiveBigIntegerField()
    decision_uid = models.UUIDField()
    body = models.TextField()
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["district", "decision_uid", "seq"], name="event_of_decision"),
            models.Index(fields=["hash"], name="event_by_hash"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["district", "seq"], name="event_seq_unique"),
            models.UniqueConstraint(fields=["district", "hash"], name="event_hash_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.seq}: {self.hash[:8]}"


class ChainHead(TenantModel):
    """The last event of a district's chain: its row is the lock under which the next one is written."""

    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district"], name="chain_head_once")]

    def __str__(self) -> str:
        return f"{self.seq}: {self.hash[:8]}"


class Sealed(TenantModel):
    """What an event says of a person, kept apart: the event holds only a salted digest of it.

    Written once, and erased at most once (docs/register.md): text and salt go, and `erasure` is the event
    that says so. A trigger refuses every other change, and the application's role may not delete.
    `position` or `recusal`: what the text was said with, and where pages read it.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="sealed")
    digest = models.CharField(max_length=64)
    salt = models.CharField(max_length=32, blank=True)
    person = models.JSONField(null=True, blank=True)
    position = models.OneToOneField(
        Position, null=True, blank=True, on_delete=models.PROTECT, related_name="sealed"
    )
    recusal = models.OneToOneField(
        Recusal, null=True, blank=True, on_delete=models.PROTECT, related_name="sealed"
    )
    erasure = models.OneToOneField(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="erased"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "digest"], name="sealed_once"),
            models.CheckConstraint(
                condition=Q(erasure__isnull=True, person__isnull=False) & ~Q(salt="")
                | Q(erasure__isnull=False, person__isnull=True, salt=""),
                name="sealed_kept_or_erased",
            ),
            models.CheckConstraint(
                condition=Q(position__isnull=True) | Q(recusal__isnull=True), name="sealed_with_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return self.digest[:8]

    def text(self, name: str) -> str:
        """One of its texts, several as one; empty once it is erased."""
        text: str | list[str] = (self.person or {}).get(name, "")
        return text if isinstance(text, str) else "; ".join(text)
