"""Which partners are one and the same, and which only look so."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import Membership
from accounts.tenancy import PublicId, TenantModel

from .directory import Partner


class Merge(TenantModel, PublicId):
    """One partner that was found to be another: it points to that one, and nothing below it moves.

    `fields` is what the merge wrote on the winner, {field: [was, now]}. An undo restores what nobody has
    changed since; `kept` names the fields that stayed as somebody had written them meanwhile.
    """

    winner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    loser = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    fields = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kept = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(winner=F("loser")), name="merge_of_two"),
            models.UniqueConstraint(
                fields=["loser"], condition=Q(undone_at=None), name="merge_into_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loser} into {self.winner}"


class NotSame(TenantModel):
    """Two partners that somebody looked at and found to be two; the one with the lower key comes first."""

    one = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="not_same_in_order"),
            models.UniqueConstraint(fields=["one", "other"], name="not_same_once"),
        ]

    def __str__(self) -> str:
        return f"{self.one} is not {self.other}"
