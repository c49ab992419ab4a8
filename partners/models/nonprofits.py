"""The register of nonprofits: one table for all districts. A row becomes a partner when somebody picks it."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models


class Nonprofit(models.Model):
    """An exempt organization as a public register has it, for all districts alike.

    Source: the IRS's Exempt Organizations Business Master File. `ein` and `postal_code` are text: they keep
    their leading zeros. In whose care mail is sent is left out: it names persons. Amounts are in dollars.
    """

    ein = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=255)
    sort_name = models.CharField(max_length=255, db_collation="C")
    street = models.CharField(max_length=255, blank=True)
    city = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=2, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    ntee = models.CharField(max_length=4, blank=True)
    subsection = models.CharField(max_length=2, blank=True)
    ruling = models.CharField(max_length=6, blank=True)
    income = models.BigIntegerField(null=True, blank=True)
    revenue = models.BigIntegerField(null=True, blank=True)
    as_of = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["state", "postal_code", "ein"], name="nonprofit_by_place"),
            GinIndex(OpClass("sort_name", name="gin_trgm_ops"), name="nonprofit_name_trigrams"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ein__regex=r"^[0-9]{9}$"), name="nonprofit_ein_is_nine_digits"
            )
        ]

    def __str__(self) -> str:
        return self.name
