"""The register: one chain of events a district, without personal data; what is personal is sealed apart."""

from __future__ import annotations

from django.db import models

from accounts.tenancy import TenantModel
from decisions.ledger import GENESIS


class Event(TenantModel):
    """One entry of the register, as decisions/ledger.py writes it. Insert-only."""

    seq = models.PositiveBigIntegerField()
    decision_uid = models.UUIDField()
    body = models.TextField()
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["district", "decision_uid", "seq"], name="event_of_decision")]
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
    """What an event says of a person, kept apart under a salted digest; deleting the row leaves the chain
    valid."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="sealed")
    digest = models.CharField(max_length=64)
    salt = models.CharField(max_length=32)
    person = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "digest"], name="sealed_once")]

    def __str__(self) -> str:
        return self.digest[:8]
