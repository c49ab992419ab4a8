"""How much a school needs what, and who does what where several do the same."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Membership, School
from accounts.tenancy import TenantModel
from partners.enums import Tier

from .directory import Need


class NeedRating(TenantModel):
    """How high a school rates a need, 1 to 3, from a day on, with its source. Insert-only."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")
    rating = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    on = models.DateField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["school", "need", "-on", "-id"], name="need_rating_latest")]
        constraints = [
            models.CheckConstraint(condition=Q(rating__range=(1, 3)), name="need_rating_1_to_3"),
            models.CheckConstraint(condition=~Q(source=""), name="need_rating_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.need} at {self.school}: {self.rating}"


class OverlapSettlement(TenantModel):
    """Who does what where several partners do the same for a school.

    An upper floor writes it when a decision, `source_uid`, closes; a later one of the same place takes over.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")
    tier = models.PositiveSmallIntegerField(choices=Tier.choices)
    text = models.TextField()
    on = models.DateField()
    source_uid = models.UUIDField()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "need", "tier", "source_uid"], name="overlap_settled_once_by_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.need} at {self.school}: {self.text}"
