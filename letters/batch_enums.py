"""The lists of letters to many: how far a batch is, and what stands against a letter of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    """How far a batch is."""

    PREPARING = "preparing", _("Being prepared")
    TO_SIGN = "to_sign", _("Waiting for signature")
    SIGNING = "signing", _("Being signed")
    DONE = "done", _("Signed")
    CANCELLED = "cancelled", _("Cancelled")


OPEN_BATCHES = (BatchState.PREPARING, BatchState.TO_SIGN, BatchState.SIGNING)
WAITING_BATCHES = (BatchState.TO_SIGN, BatchState.SIGNING)


class BatchLanguage(models.TextChoices):
    """In which language the letters of a batch are."""

    OWN = "own", _("Each person's own language")
    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")


class Against(models.TextChoices):
    """What stands against a letter of a batch: what would go wrong, or why it was left out."""

    BY_HAND = "by_hand", _("Left out by hand")
    GONE = "gone", _("No longer in the directory")
    UNDER_WAY = "under_way", _("A letter to it is under way already")
    NOBODY = "nobody", _("No contact: a letter needs a named person")
    ALL_LEFT = "all_left", _("Everybody we know there has left")
    STAGE = "stage", _("At this stage a letter needs a reason")
    KIND = "kind", _("This letter is not the one for its stage: that needs a reason")
    APPROVAL = "approval", _("The district approves a letter to it first: write to it alone")
    RECENT = "recent", _("A letter went to it in the last 30 days")
    MISSING = "missing", _("A value is missing")
