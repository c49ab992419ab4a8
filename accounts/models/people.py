"""People, their memberships in districts, and invitations."""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.links import PersonalLink
from accounts.roles import Role
from accounts.tenancy import PublicId, TenantModel, TenantQuerySet, Versioned, tenant_manager

if TYPE_CHECKING:
    from .deputies import Deputy


class UserManager(BaseUserManager["User"]):
    """People are found by their e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The person with this address. Raises User.DoesNotExist."""
        return self.get(email=(username or "").lower())

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A new person; without a password they sign in after following their invitation."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(PublicId, AbstractBaseUser):
    """A person with an account, in any number of districts; what they may do is in their memberships."""

    email = models.EmailField(_("E-mail"), unique=True)
    name = models.CharField(_("Name"), max_length=120)
    language = models.CharField(_("Language"), max_length=5, default="en")
    is_active = models.BooleanField(default=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_is_lower_case")
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(TenantQuerySet):
    """Reads of memberships."""

    def on(self, day: datetime.date) -> Self:
        """Those that hold on that day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)

    def signers(self, day: datetime.date) -> Self:
        """Those who sign letters in their own name on that day: principals."""
        return self.on(day).filter(role=Role.PRINCIPAL)

    def at_school(self, school_id: int | OuterRef) -> Self:
        """Those that cover a school: all of the district, or the school by name. Where the query around
        it has no school, they are those of all of the district."""
        return self.filter(Q(whole_district=True) | Q(schools=school_id)).distinct()


class Membership(TenantModel, PublicId, Versioned):
    """What a person is in a district: one role, for the whole of it or for listed schools, from and until."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("Role"), max_length=12, choices=Role.choices)
    title = models.CharField(_("Title"), max_length=120, blank=True)
    whole_district = models.BooleanField(_("The whole district"), default=False)
    schools = models.ManyToManyField("accounts.School", through="MembershipSchool", related_name="+")
    since = models.DateField(pgettext_lazy("day", "From"))
    until = models.DateField(_("Until"), null=True, blank=True)

    held_deputies: list[Deputy]  # of the deputy: only on rows of queries.people_page
    _stands_in_for: list[Deputy]  # as accounts/deputies.py read them, once a row
    objects: ClassVar[Any] = tenant_manager(MembershipQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "district"], name="membership_one_role_a_district"),
            models.CheckConstraint(
                condition=~Q(role=Role.STAFF) | Q(whole_district=True), name="membership_staff_whole_district"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="membership_until_after_since",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.name}, {self.get_role_display()}"

    @cached_property
    def school_list(self) -> list[Any]:
        """The schools named in the membership; empty for the whole district."""
        return list(self.schools.all())

    @cached_property
    def school_ids(self) -> frozenset[int]:
        """Keys of the schools named in the membership."""
        return frozenset(school.pk for school in self.school_list)

    @property
    def only_school(self) -> Any:
        """The school of a membership that names just one; None for several, and for the whole district."""
        if self.whole_district or len(self.school_list) != 1:
            return None
        return self.school_list[0]

    def holds_on(self, day: datetime.date) -> bool:
        """Whether the membership holds on that day; MembershipQuerySet.on asks the same of the database."""
        return self.since <= day and (self.until is None or day <= self.until)

    def covers(self, school_id: int | None) -> bool:
        """Whether the membership reaches this school; None stands for the district itself."""
        return self.whole_district or school_id in self.school_ids


class MembershipSchool(TenantModel):
    """A school that a membership names."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey("accounts.School", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "school"], name="membership_school_once")
        ]

    def __str__(self) -> str:
        return f"{self.membership} at {self.school}"


class Invitation(TenantModel, PersonalLink):
    """A personal link with which a person joins a district; staff write it, outreach mails it."""

    link_kind = "invitation"

    email = models.EmailField(_("E-mail"))
    role = models.CharField(_("Role"), max_length=12, choices=Role.choices)
    title = models.CharField(_("Title"), max_length=120, blank=True)
    whole_district = models.BooleanField(_("The whole district"), default=False)
    schools = models.ManyToManyField("accounts.School", through="InvitationSchool", related_name="+")
    until = models.DateField(_("Until"), null=True, blank=True)
    invited_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    mail_wanted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(role=Role.STAFF) | Q(whole_district=True), name="invitation_staff_whole_district"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()}"


class InvitationSchool(TenantModel):
    """A school that an invitation names."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey("accounts.School", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invitation", "school"], name="invitation_school_once")
        ]

    def __str__(self) -> str:
        return f"{self.invitation} at {self.school}"
