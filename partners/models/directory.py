"""The directory: partners, where they are, what they do, whom we talk to (docs/data-model.md, "partners")."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, School
from accounts.tenancy import PublicId, TenantModel, Versioned, tenant_manager
from partners.enums import PartnerKind, Sector, Tier
from partners.querysets import ContactQuerySet, PartnerQuerySet, ServiceQuerySet


class Need(TenantModel):
    """A need of the district's students, from a list that the district edits."""

    code = models.SlugField()
    label = models.CharField(max_length=120)
    label_es = models.CharField(max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order", "label"]
        constraints = [models.UniqueConstraint(fields=["district", "code"], name="need_code_unique")]

    def __str__(self) -> str:
        spanish = (get_language() or "en").startswith("es")
        return self.label_es if spanish and self.label_es else self.label


class SchoolFigure(TenantModel, PublicId, Versioned):
    """One figure of *Our school in numbers*: aggregate, with its source and year; never about one student."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    need = models.ForeignKey(Need, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sentence = models.CharField(
        max_length=200, help_text=_("Such as: 2 in 10 of our sixth graders missed a month.")
    )
    sentence_es = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.sentence


class Partner(TenantModel, PublicId, Versioned):
    """A partner organization (HSDS `organization`)."""

    name = models.CharField(_("Name"), max_length=255)
    aliases = ArrayField(models.CharField(max_length=255), default=list, blank=True)
    kind = models.CharField(
        _("Kind"), max_length=12, choices=PartnerKind.choices, default=PartnerKind.UNKNOWN
    )
    sectors = ArrayField(models.CharField(max_length=20, choices=Sector.choices), default=list, blank=True)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    description = models.TextField(_("What they do"), blank=True)
    website = models.CharField(_("Website"), max_length=300, blank=True)
    ein = models.CharField(_("EIN"), max_length=10, blank=True)
    owner = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)
    assured_on = models.DateField(null=True, blank=True)
    assured_by = models.CharField(max_length=120, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # Copies that the list is sorted by: the soonest open next step, the soonest end of an agreement in force.
    next_on = models.DateField(null=True, blank=True, editable=False)
    ends_on = models.DateField(null=True, blank=True, editable=False)
    # Of its website, else of its first contact's e-mail (partners/domains.py): what likely pairs share.
    domain = models.CharField(max_length=253, blank=True, editable=False)
    # What the search reads (partners/search.py): the name spelled out, in bytewise order so that the index
    # serves its beginnings, and every word of the record with its district.
    sort_name = models.CharField(max_length=255, editable=False, db_collation="C")
    lexemes = SearchVectorField(default="", editable=False)

    objects: ClassVar[Any] = tenant_manager(PartnerQuerySet)

    class Meta:
        indexes = [
            GinIndex(fields=["lexemes"], name="partner_lexemes"),
            GinIndex(fields=["sectors"], name="partner_sectors"),
            GinIndex(fields=["tags"], name="partner_tags"),
            models.Index(fields=["district", "sort_name", "id"], name="partner_by_name"),
            models.Index(fields=["district", "changed_at", "id"], name="partner_by_change"),
            models.Index(fields=["district", "next_on", "id"], name="partner_by_next_step"),
            models.Index(fields=["district", "ends_on", "id"], name="partner_by_end"),
            models.Index(fields=["district", "domain"], name="partner_by_domain"),
            models.Index(fields=["district", "ein"], name="partner_by_ein"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(assured_on__isnull=True, assured_by="")
                | Q(assured_on__isnull=False) & ~Q(assured_by=""),
                name="partner_assured_on_and_by",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="partner_merged_into_another",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def winner(self) -> Partner:
        """The partner that it was merged into, else itself."""
        return self.merged_into or self

    @property
    def sector_labels(self) -> list[str]:
        """The sectors in words."""
        return [str(Sector(code).label) for code in self.sectors]

    @property
    def sectors_in_words(self) -> str:
        """The sectors as they stand in a sentence: "Mental health, youth-serving organization"."""
        first, *others = self.sector_labels or [""]
        return ", ".join([first, *(label[0].lower() + label[1:] for label in others)])


class Site(TenantModel, PublicId, Versioned):
    """A place of a partner (HSDS `location` with its address)."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(_("Name"), max_length=255, blank=True)
    street = models.CharField(_("Street"), max_length=255, blank=True)
    street2 = models.CharField(_("Suite or floor"), max_length=255, blank=True)
    city = models.CharField(_("City"), max_length=120, blank=True)
    state = models.CharField(_("State"), max_length=40, blank=True)
    postal_code = models.CharField(_("ZIP code"), max_length=12, blank=True)
    phone = models.CharField(_("Phone"), max_length=60, blank=True)
    is_mailing = models.BooleanField(_("Letters go here"), default=False)
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-is_mailing", "pk"]

    def __str__(self) -> str:
        return self.name or self.street or self.partner.name


class Service(TenantModel, PublicId, Versioned):
    """What a partner does for students (HSDS `service`)."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="services")
    name = models.CharField(_("Name"), max_length=255)
    description = models.TextField(_("What it is"), blank=True)
    needs = models.ManyToManyField(Need, through="ServiceNeed", related_name="+")
    schools = models.ManyToManyField("accounts.School", through="ServiceSchool", related_name="+")
    tiers = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    grades = models.CharField(_("Grades"), max_length=60, blank=True)
    languages = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    capacity = models.PositiveIntegerField(_("Room for"), null=True, blank=True)
    since = models.DateField(pgettext_lazy("day", "From"), null=True, blank=True)
    until = models.DateField(_("Until"), null=True, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    objects: ClassVar[Any] = tenant_manager(ServiceQuerySet)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="service_until_after_since",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tier_labels(self) -> list[str]:
        """For how many students it is, in words."""
        return [str(Tier(tier).label) for tier in self.tiers]

    @property
    def not_offered(self) -> str:
        """The word of the directory that it came from, such as "defunct", where that is not "active"."""
        status = str(self.extra.get("status", ""))
        return "" if status.lower() in ("", "active") else status


class ServiceNeed(TenantModel):
    """A need that a service meets."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "need"], name="service_need_once")]

    def __str__(self) -> str:
        return f"{self.service}: {self.need}"


class ServiceSchool(TenantModel):
    """A school that a service reaches."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "school"], name="service_school_once")]

    def __str__(self) -> str:
        return f"{self.service} at {self.school}"


class Contact(TenantModel, PublicId, Versioned):
    """A person at a partner: named, with a role; "left" instead of deleted, and erased on request.

    Of one who was erased nothing is left that names them or leads to them; `__str__` says so in words.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("Name"), max_length=120)
    salutation = models.CharField(
        _("Salutation"), max_length=120, blank=True, help_text=_("Such as: Ms. Alvarez.")
    )
    role = models.CharField(_("Role"), max_length=120, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    phone = models.CharField(_("Phone"), max_length=60, blank=True)
    language = models.CharField(_("Language"), max_length=5, choices=settings.LANGUAGES, default="en")
    left_on = models.DateField(_("Left the organization on"), null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    extra = models.JSONField(default=dict, blank=True)

    objects: ClassVar[Any] = tenant_manager(ContactQuerySet)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) & ~Q(name="")
                | Q(erased_at__isnull=False, left_on__isnull=False, extra={})
                & Q(name="", salutation="", role="", email="", phone=""),
                name="contact_erased_or_named",
            )
        ]

    def __str__(self) -> str:
        return self.name or gettext("A person whose name was erased")
