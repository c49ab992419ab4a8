"""The lists of this app. Labels are the words that pages show."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext


class Kind(models.TextChoices):
    """Which letter it is, in the order of the road; letters/fitting.py says which one fits where.

    Source of the first and of the one to an existing partner: the toolkit's "Letter from Principal to New
    Partner" and "... to Existing Partner" (3 Bold Steps for School Community Change, EDC).
    """

    NEW_PARTNER = "new_partner", _("To a new partner")
    NEW_HERE = "new_here", _("To a partner of another school")
    FOLLOW_UP = "follow_up", _("Follow-up")
    THANKS = "thanks", _("Thanks after a first meeting")
    MEETING = "meeting", _("Invitation to a decision meeting")
    EXISTING_PARTNER = "existing_partner", _("To an existing partner")
    RENEWAL = "renewal", _("Renewal notice")
    PAUSE = "pause", _("Polite pause")


class Language(models.TextChoices):
    """The languages in which letters are written."""

    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")


IN_BOTH = {Language.ENGLISH: _("English and Spanish"), Language.SPANISH: _("Spanish and English")}
"""What a letter in two languages is called, by the first of them."""


def language_word(language: str) -> str:
    """A language as it stands inside a sentence."""
    words = {"en": pgettext("in a sentence", "English"), "es": pgettext("in a sentence", "Spanish")}
    return words[language]


class Block(models.TextChoices):
    """The parts of a letter, in the order in which they stand: one for each thing that a letter must say."""

    SUBJECT = "subject", _("Subject")
    OPENING = "opening", _("Opening")
    WHY = "why", _("Why we write")
    WHY_YOU = "why_you", _("Why you")
    ASK = "ask", _("What we ask")
    GAIN = "gain", _("What you gain")
    HOW = "how", _("How it would go")
    REPLY = "reply", _("How to answer")
    CLOSE = "close", _("What happens next")


class State(models.TextChoices):
    """How far a letter is."""

    DRAFT = "draft", _("Draft")
    TO_SIGN = "to_sign", _("Waiting for signature")
    SIGNING = "signing", _("Signed, being printed")
    SIGNED = "signed", _("Signed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DISCARDED = "discarded", _("Discarded")


class GoesBy(models.TextChoices):
    """How a signed letter goes out."""

    EMAIL = "email", _("By e-mail")
    PRINT = "print", _("Printed, by post")
    BOTH = "both", _("By e-mail and printed")


class EventKind(models.TextChoices):
    """What happened to a letter, as its history keeps it."""

    HANDED_IN = "handed_in", _("Handed in for signature")
    ADDRESSED = "addressed", _("Addressed to another person")
    SENT_BACK = "sent_back", _("Sent back")
    SIGNED = "signed", _("Signed")
    VOIDED = "voided", _("Number voided")
    PRINTED = "printed", _("Printed and posted")
    MAILED = "mailed", _("Mailed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REPLACED = "replaced", _("Replaced")
    UNDONE = "undone", _("Posting taken back")


class Answer(models.TextChoices):
    """What a partner answered to a letter."""

    YES = "yes", _("Yes")
    TALK = "talk", _("Talk to me")
    NOT_NOW = "not_now", _("Not now")


class Source(models.TextChoices):
    """How we know an answer."""

    PHONE = "phone", _("By phone")
    EMAIL = "email", _("By e-mail")
    PERSON = "person", _("In person")
    PAPER = "paper", _("By letter")
    LINK = "link", _("By personal link")
