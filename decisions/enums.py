"""The lists of decisions; labels are the words that pages show."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """What a seat does in its group. Source: coalition bylaws (voting, advisory and ex officio members)."""

    VOTES = "votes", _("Votes")
    ADVISES = "advises", _("Advises")
    OBSERVES = "observes", _("Observes")


class Kind(models.TextChoices):
    """What a decision is about; how we decide may differ by kind."""

    EVERYDAY = "everyday", _("Everyday matters")
    PROGRAM = "program", _("Programs and services")
    MONEY = "money", _("Money")
    MEMBERS = "members", _("Who joins us")
    SHARING = "sharing", _("Sharing data")
    URGENT = "urgent", _("Urgent matters")
    CHARTER = "charter", _("How we decide")


class OpenMeetings(models.TextChoices):
    """Whether a group's meetings are open to the public by law, as district staff answered it."""

    YES = "yes", _("Yes")
    NO = "no", _("No")


class State(models.TextChoices):
    """Where a decision stands; its outcome is a field of its own."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Decided")


class Change(models.TextChoices):
    """What a new decision does to an earlier one, once it is adopted. Source: RONR 35 (to amend something
    previously adopted, to rescind); a substitute takes the whole place."""

    REPLACES = "replaces", _("It takes its place")
    AMENDS = "amends", _("It changes a part of it")
    ENDS = "ends", _("It ends it")


class Source(models.TextChoices):
    """How we know an answer. A reply by personal link is the seat's own; every other one was recorded by
    us."""

    MEETING = "meeting", _("Meeting")
    LINK = "link", _("Own link")
    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By phone")
    EMAIL = "email", _("By e-mail")
    LETTER = "letter", _("By letter")
    PROXY = "proxy", _("By proxy")


class AskedBy(models.TextChoices):
    """At whose request a text is erased. A list, not a name: the register keeps it."""

    PERSON = "person", _("The person whom it is about")
    SEAT = "seat", _("The seat that said it")
    AUTHORITY = "authority", _("A court or an authority")
    DISTRICT = "district", _("The district itself")


RECORDED = tuple(source for source in Source if source is not Source.LINK)
"""The sources of an answer that somebody records on behalf of a seat."""


BETWEEN = (Source.IN_PERSON, Source.PHONE, Source.EMAIL, Source.LETTER)
"""Those of an answer that was given outside a meeting. (A link was sent while that was allowed.)"""


class NoteKind(models.TextChoices):
    """What comes by a personal link beside an answer."""

    ASKS = "asks", _("Has a question first")
    COLLEAGUE = "colleague", _("Somebody else answers")
    MAY_NOT = "may_not", _("May not answer for their organization")


class Ended(models.TextChoices):
    """Why a personal link opens nothing any more."""

    RAN_OUT = "ran_out", _("It ran out.")
    TAKEN_BACK = "taken_back", _("It was taken back, or a newer one was sent.")
    PASSED_ON = "passed_on", _("It was passed on to somebody else.")
    LEFT = "left", _("Somebody else speaks for this seat now.")
