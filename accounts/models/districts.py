"""Districts and their schools; the offset by which a demo's clock was moved."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.tenancy import PublicId, TenantModel, TenantQuerySet, Versioned, tenant_manager
from accounts.zones import valid_zone

if TYPE_CHECKING:
    from .people import Membership

MOST_PUPILS = 20_000
FEWEST_SHOWN = 10  # students: a smaller count could point to one of them
HEX_COLOR = RegexValidator(r"^#[0-9a-f]{6}$", _("Write the color as # and six digits, such as #163d3b."))


class District(models.Model):
    """A school district: the tenant. Its slug opens every URL of its pages, /d/SLUG/."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=2, blank=True, help_text=_("Two letters, such as TX."))
    zone = models.CharField(max_length=64, default="America/Chicago", validators=[valid_zone])
    nces_id = models.CharField(max_length=7, blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    brand = models.CharField(max_length=7, default="#163d3b", validators=[HEX_COLOR])
    year_start_month = models.PositiveSmallIntegerField(default=8)
    is_sample = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(year_start_month__range=(1, 12)), name="district_year_start_is_a_month"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tz(self) -> ZoneInfo:
        """The district's time zone."""
        return ZoneInfo(self.zone)

    def school_year_of(self, day: datetime.date) -> int:
        """The calendar year in which the school year of a day began."""
        return day.year if day.month >= self.year_start_month else day.year - 1


class SchoolQuerySet(TenantQuerySet):
    """Reads of schools."""

    def open(self) -> Self:
        """Those that are not closed."""
        return self.filter(closed_on=None)

    def reached_by(self, membership: Membership) -> Self:
        """The open schools that a membership covers; Membership.covers asks the same of one school."""
        schools = self.for_member(membership).open()
        return schools if membership.whole_district else schools.filter(pk__in=membership.school_ids)


class School(TenantModel, PublicId, Versioned):
    """A school of the district; its zone is its own where a district spans two."""

    slug = models.SlugField()
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=5, help_text=_("Up to five letters that open the letters' numbers."))
    place = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    pupils = models.PositiveIntegerField(null=True, blank=True, validators=[MaxValueValidator(MOST_PUPILS)])
    nces_id = models.CharField(max_length=12, blank=True)
    zone = models.CharField(max_length=64, blank=True, validators=[valid_zone])
    closed_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = tenant_manager(SchoolQuerySet)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["district", "slug"], name="school_slug_unique"),
            models.UniqueConstraint(fields=["district", "code"], name="school_code_unique"),
            models.UniqueConstraint(
                fields=["district", "nces_id"], condition=~models.Q(nces_id=""), name="school_nces_id_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tz(self) -> ZoneInfo:
        """The school's time zone: its own, else the district's."""
        return ZoneInfo(self.zone) if self.zone else self.district.tz

    @property
    def pupils_shown(self) -> str:
        """The number of students as it may be shown: "612", "fewer than 10"; "" where it is not given."""
        if not self.pupils:
            return ""
        return str(self.pupils) if self.pupils >= FEWEST_SHOWN else gettext("fewer than 10")


class ClockOffset(models.Model):
    """One row: by how many seconds the portal's clock runs ahead. Read only where the clock may be moved."""

    seconds = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.seconds} seconds ahead"
