"""The field's lists: sectors, stages, needs, tiers. Labels are the words that pages show."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    """Community sectors.

    Source: the first twelve are those of the Drug-Free Communities program (CDC); Safe Schools/Healthy
    Students required education, mental health, law enforcement and juvenile justice.
    """

    YOUTH = "youth", _("Youth")
    PARENTS = "parents", _("Parents and families")
    BUSINESS = "business", _("Business")
    MEDIA = "media", _("Media")
    SCHOOLS = "schools", _("Schools")
    YOUTH_SERVING = "youth_serving", _("Youth-serving organization")
    LAW_ENFORCEMENT = "law_enforcement", _("Law enforcement")
    FAITH = "faith", _("Faith-based")
    CIVIC = "civic", _("Civic and volunteer")
    HEALTH_CARE = "health_care", _("Health care")
    GOVERNMENT = "government", _("State, local and tribal government")
    SUBSTANCE_USE = "substance_use", _("Substance-use services")
    MENTAL_HEALTH = "mental_health", _("Mental health")
    JUVENILE_JUSTICE = "juvenile_justice", _("Juvenile justice and courts")
    SOCIAL_SERVICES = "social_services", _("Social services and child welfare")
    EARLY_CHILDHOOD = "early_childhood", _("Early childhood")
    HIGHER_EDUCATION = "higher_education", _("Higher education")
    BASIC_NEEDS = "basic_needs", _("Basic needs (housing, food)")
    PHILANTHROPY = "philanthropy", _("Philanthropy")
    OTHER = "other", _("Other")


# Beside the schools themselves, which are there anyway. Source: Safe Schools/Healthy Students.
REQUIRED_AT_THE_TABLE = (Sector.MENTAL_HEALTH, Sector.LAW_ENFORCEMENT, Sector.JUVENILE_JUSTICE)


class Stage(models.TextChoices):
    """Where one partnership stands; the first six are the road, the last three stand beside it."""

    IDENTIFIED = "identified", _("Possible")
    CONTACTED = "contacted", _("Written to")
    EXPLORING = "exploring", _("Talking")
    AGREEMENT_PENDING = "agreement_pending", _("Agreement under way")
    ACTIVE = "active", _("Active")
    RENEWAL_DUE = "renewal_due", _("Renewal due")
    PAUSED = "paused", _("Paused")
    DECLINED = "declined", _("Not now")
    ENDED = "ended", _("Ended")


WORKING = (Stage.ACTIVE, Stage.RENEWAL_DUE)
IN_TALKS = (Stage.IDENTIFIED, Stage.CONTACTED, Stage.EXPLORING, Stage.AGREEMENT_PENDING)


class Level(models.IntegerChoices):
    """Level of collaboration, defined by how decisions are shared.

    Source: Frey et al. (2006), after Hogue.
    """

    NONE = 0, _("None yet")
    NETWORKING = 1, _("Networking")
    COOPERATION = 2, _("Cooperation")
    COORDINATION = 3, _("Coordination")
    COALITION = 4, _("Coalition")
    COLLABORATION = 5, _("Collaboration")


class Cadence(models.IntegerChoices):
    """How often two who work together hear from each other: once in so many months of the school year."""

    MONTHLY = 1, _("Every month")
    THREE_A_YEAR = 4, _("At the beginning, in the middle and at the end of the school year")
    TWICE_A_YEAR = 6, _("In each half of the school year")
    YEARLY = 12, _("Every school year")

    @property
    def in_words(self) -> str:
        """As it stands inside a sentence."""
        return self.label[:1].lower() + self.label[1:]


class Tier(models.IntegerChoices):
    """For how many students a service is. Source: Multi-Tiered System of Supports (MTSS)."""

    UNIVERSAL = 1, _("For all")
    TARGETED = 2, _("For some")
    INTENSIVE = 3, _("For a few")


class PartnerKind(models.TextChoices):
    """What a partner is in law, as far as we need to know."""

    NONPROFIT = "nonprofit", _("Nonprofit")
    PUBLIC = "public", _("Public agency")
    BUSINESS = "business", _("Business")
    GROUP = "group", _("Informal group")
    UNKNOWN = "unknown", _("Not known")


class Channel(models.TextChoices):
    """How a contact took place."""

    CALL = "call", _("Call")
    MEETING = "meeting", _("Meeting")
    EMAIL = "email", _("E-mail")
    VISIT = "visit", _("Visit")
    OTHER = "other", _("Other")


class Direction(models.TextChoices):
    """Who reached out."""

    OUT = "out", _("From us")
    IN = "in", _("From them")
    BOTH = "both", _("Both talked")


class RowState(models.TextChoices):
    """What became of one row of an import."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("Same as before")
    ALIKE = "alike", _("Perhaps here already")
    INVALID = "invalid", _("Left out")


DEFAULT_NEEDS = (
    ("substance_use", _("Substance use")),
    ("mental_health", _("Mental health")),
    ("safety", _("Safety, violence and bullying")),
    ("learning", _("Learning disabilities and academic support")),
    ("trauma", _("Trauma and toxic stress")),
    ("attendance", _("Attendance")),
    ("early_childhood", _("Early childhood")),
    ("family_engagement", _("Family engagement")),
    ("basic_needs", _("Basic needs")),
    ("physical_health", _("Physical health and nutrition")),
    ("after_school", _("After-school and mentoring")),
    ("college_career", _("College and career")),
    ("reentry", _("Re-entry and juvenile justice")),
)
