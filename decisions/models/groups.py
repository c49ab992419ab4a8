"""Groups that decide, their seats, who sits in them, and how each group decides."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Membership, School
from accounts.tenancy import PublicId, TenantModel, Versioned, tenant_manager
from decisions.enums import Kind, OpenMeetings, Standing
from decisions.querysets import GroupQuerySet, SeatHolderQuerySet, SeatQuerySet
from decisions.rule import Rule
from decisions.words import METHOD_WORDS
from partners.enums import Sector
from partners.models import Contact, Partner

METHODS = [(method.value, label) for method, label in METHOD_WORDS.items()]


class Group(TenantModel, PublicId, Versioned):
    """A group that decides: the district's (no school), or a school's.

    `open_meetings` and `between_meetings` answer the two questions that come before how it decides; the
    second is off until district staff answer the first.
    """

    name = models.CharField(_("Name"), max_length=120)
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    open_meetings = models.CharField(
        _("Are its meetings open to the public by law?"),
        max_length=3,
        choices=OpenMeetings.choices,
        blank=True,
    )
    between_meetings = models.BooleanField(_("May it decide between meetings?"), default=False)
    first_answered_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    first_answered_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = tenant_manager(GroupQuerySet)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "school", "name"], name="group_name_unique", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(open_meetings="", first_answered_by__isnull=True, first_answered_at__isnull=True)
                | ~Q(open_meetings="") & Q(first_answered_by__isnull=False, first_answered_at__isnull=False),
                name="group_first_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """Its name with its school's: two schools may call a group the same. Reads the school."""
        return f"{self.name}, {self.school}" if self.school else self.name


class Seat(TenantModel, PublicId, Versioned):
    """One seat, one voice: an organization, a school, or a person who speaks for a group of people."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="seats")
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    people_label = models.CharField(
        _("Who it speaks for"),
        max_length=120,
        blank=True,
        help_text=_("Such as: Parent, Lincoln Middle School."),
    )
    sector = models.CharField(_("Sector"), max_length=20, choices=Sector.choices)
    standing = models.CharField(
        _("Standing"), max_length=10, choices=Standing.choices, default=Standing.VOTES
    )
    since = models.DateField(pgettext_lazy("day", "From"))
    until = models.DateField(_("Until"), null=True, blank=True)

    sitting: list[SeatHolder]  # who sits in it: only seats of pages/groups.py have it
    objects: ClassVar[Any] = tenant_manager(SeatQuerySet)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(partner__isnull=False, school__isnull=True, people_label="")
                | Q(partner__isnull=True, school__isnull=False, people_label="")
                | Q(partner__isnull=True, school__isnull=True) & ~Q(people_label=""),
                name="seat_is_exactly_one",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="seat_until_after_since"
            ),
            models.UniqueConstraint(
                fields=["group", "partner"],
                condition=Q(partner__isnull=False, until__isnull=True),
                name="seat_one_voice_a_partner",
            ),
            models.UniqueConstraint(
                fields=["group", "school"],
                condition=Q(school__isnull=False, until__isnull=True),
                name="seat_one_voice_a_school",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Whose seat it is; reads the partner or the school."""
        return self.people_label or str(self.partner or self.school)

    @property
    def keeps_no_name(self) -> bool:
        """Whether it is a youth seat: it stores no name, and the adult ally answers for it."""
        return bool(self.people_label) and self.sector == Sector.YOUTH


class SeatHolder(TenantModel):
    """Who sits in a seat: a partner's contact, one of us, or a name with a way to reach them.

    A youth seat has no name: the adult ally answers for it. `until`: their last day; where it comes before
    `since`, somebody else was named on the same day.
    """

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="holders")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("Name"), max_length=120, blank=True)
    reach = models.CharField(_("How to reach them"), max_length=200, blank=True)
    language = models.CharField(_("Language"), max_length=5, choices=settings.LANGUAGES, default="en")
    deputy = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = tenant_manager(SeatHolderQuerySet)

    class Meta:
        ordering = ["deputy", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contact__isnull=False, membership__isnull=True, name="")
                | Q(contact__isnull=True, membership__isnull=False, name="")
                | Q(contact__isnull=True, membership__isnull=True) & ~Q(name=""),
                name="seat_holder_is_exactly_one",
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.contact or self.membership)

    @property
    def email(self) -> str:
        """The address at which they get mail; empty where we have none. Reads whoever it names."""
        if self.contact:
            return str(self.contact.email)
        if self.membership:
            return str(self.membership.user.email)
        try:
            validate_email(self.reach)
        except ValidationError:
            return ""
        return self.reach

    @property
    def speaks(self) -> str:
        """The language in which we write to them."""
        if self.contact:
            return str(self.contact.language)
        return str(self.membership.user.language) if self.membership else self.language

    @property
    def called(self) -> str:
        """Their name alone, as we address them."""
        return str(self.membership.user.name) if self.membership else str(self)

    def has_left(self, today: datetime.date) -> bool:
        """Whether their term is over, or they left their organization, or us."""
        if self.until is not None and self.until < today:
            return True
        if self.contact:
            return self.contact.left_on is not None
        ends = self.membership.until if self.membership else None
        return ends is not None and ends < today


class Charter(TenantModel):
    """One version of how a group decides, adopted by a decision of the group itself. Insert-only."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="charters")
    n = models.PositiveIntegerField()
    adopted_by = models.OneToOneField("Decision", on_delete=models.PROTECT, related_name="charter")
    in_force_from = models.DateField()
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-n"]
        constraints = [models.UniqueConstraint(fields=["group", "n"], name="charter_version_unique")]

    def __str__(self) -> str:
        return f"{self.group}, version {self.n}"


class CharterRule(TenantModel):
    """The rule for one kind of decision, or (no kind) for all others. Insert-only; decisions/rule.py checks
    it."""

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="rules")
    kind = models.CharField(max_length=10, choices=Kind.choices, blank=True)
    method = models.CharField(max_length=20, choices=METHODS)
    params = models.JSONField()

    class Meta:
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(fields=["charter", "kind"], name="charter_rule_once_a_kind")]

    def __str__(self) -> str:
        return f"{self.charter}: {self.kind or 'all others'}"

    @property
    def rule(self) -> Rule:
        """The rule as a value."""
        return Rule.from_params(self.method, self.params)
