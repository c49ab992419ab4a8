"""The days on which a district, or one school of it, is closed."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.tenancy import PublicId, TenantModel, TenantQuerySet, Versioned, tenant_manager

if TYPE_CHECKING:
    from .people import Membership


class HolidayQuerySet(TenantQuerySet):
    """Reads of holidays."""

    def for_member(self, membership: Membership) -> Self:
        """The district's, and those of the schools that the membership reaches."""
        rows = super().for_member(membership)
        if membership.whole_district:
            return rows
        return rows.filter(Q(school=None) | Q(school__in=membership.school_ids))

    def from_day(self, day: datetime.date) -> Self:
        """Those that are not over on that day."""
        return self.filter(last_day__gte=day)


class Holiday(TenantModel, PublicId, Versioned):
    """Days without school, first and last included; without a school they hold for the whole district."""

    school = models.ForeignKey(
        "accounts.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    first_day = models.DateField()
    last_day = models.DateField()
    name = models.CharField(max_length=120)

    objects: ClassVar[Any] = tenant_manager(HolidayQuerySet)

    class Meta:
        ordering = ["first_day", "last_day", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="holiday_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["district", "school", "first_day", "last_day", "name"],
                nulls_distinct=False,
                name="holiday_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def days(self) -> str:
        """The day, or the first and the last, in words."""
        first, last = (date_format(day, "DATE_FORMAT") for day in (self.first_day, self.last_day))
        return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}
