"""The lists of this app. Labels are the words that pages show."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.outgoing import sent_words


class State(models.TextChoices):
    """Where a message stands. The last six are final, though a person may send an uncertain one again."""

    WAITING = "waiting", _("Ready to send")
    QUEUED = "queued", _("Going out")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    SKIPPED = "skipped", _("Skipped")
    FAILED = "failed", _("Failed")
    UNCERTAIN = "uncertain", _("Uncertain")
    SUPPRESSED = "suppressed", _("Blocked")
    CANCELLED = "cancelled", _("Taken back")


UNSENT = (State.WAITING, State.QUEUED)


def state_words(state: str) -> str:
    """A state as pages show it: where nothing leaves the portal, "Sent" would not be true."""
    return sent_words() if state == State.SENT else str(State(state).label)


class Reason(models.TextChoices):
    """Why a message stands where it stands."""

    KIND_OFF = "kind_off", _("This kind of mail is not switched on.")
    ANSWERED = "answered", _("They have answered.")
    TALKED = "talked", _("They have talked with us since.")
    DECIDED = "decided", _("The question is closed.")
    WITHDRAWN = "withdrawn", _("The letter was withdrawn.")
    MOVED = "moved", _("Its date moved; a new reminder took its place.")
    LEFT = "left", _("This person has left the organization.")
    NO_ADDRESS = "no_address", _("We have no e-mail address for this person.")
    TOO_OLD = "too_old", _("Its day was more than 14 days ago.")
    LINK_ENDED = "link_ended", _("The invitation was used, taken back or ran out.")
    GONE = "gone", _("What it was about is no longer there.")
    BLOCKED = "blocked", _("This address wants no mail of this kind, or could not be reached.")
    CAPPED_DAY = "capped_day", _("This address has had its 2 messages for one day.")
    CAPPED_WEEK = "capped_week", _("This address has had its 5 messages for 7 days.")
    KEPT_FREE = "kept_free", _("What this address may still get is kept free for mail with a deadline.")
    RESTING = "resting", _("Reminders rest at night and on weekends.")
    RETRY = "retry", _("The mail server asked us to try again later.")
    UNCHECKED = "unchecked", _("Whether it is still needed could not be found out; the portal tries again.")
    AWAY = "away", _("The mail server could not be reached.")
    CRASHED = "crashed", _("Sending was interrupted; it goes again with the same message number.")
    REFUSED = "refused", _("The mail server refused it.")
    TRIES = "tries", _("The mail server put it off too many times.")
    BROKEN = "broken", _("The message could not be put together.")
    LOST = "lost", _("The connection broke after the message was handed over. It may have arrived.")
    BY_HAND = "by_hand", _("One of us decided so.")


CAPPED = (Reason.CAPPED_DAY, Reason.CAPPED_WEEK, Reason.KEPT_FREE)
EVERY_REMINDER = "reminders"
"""In place of a kind: all reminders and notices, kinds of later too. Not what a person sends."""


class SuppressedBecause(models.TextChoices):
    """Why nothing more may go to an address."""

    ASKED = "asked", _("They asked us to stop.")
    BOUNCED = "bounced", _("Mail to this address came back.")
    COMPLAINED = "complained", _("They reported our mail as unwanted.")
    UNSUBSCRIBED = "unsubscribed", _("They want no more mail of this kind.")
