"""Why what concerns a personal link can be refused."""

from django.utils.translation import gettext_lazy as _

from .errors import Refused


class LinkEnded(Refused):
    """There is no such link, or it ran out, was taken back or passed on, or its person sits there no more."""

    words = _("This link has ended.")


class NobodySits(Refused):
    """Nobody is named who sits in the seat: a link is for a person."""

    words = _("Nobody is named who sits in this seat. Name somebody on the group's page first.")


class HasAnswered(Refused):
    """The seat has an answer in this round: it is corrected, not passed on."""

    words = _("Your seat has answered already. To correct it, answer again.")


class PassedOnOften(Refused):
    """The seat's link was passed on as often as one question allows."""

    words = _("This was passed on three times already. Please call the person named below.")


class AskedOften(Refused):
    """As much came by the link as one question allows."""

    words = _("We have many notes by this link already. Please call the person named below.")
