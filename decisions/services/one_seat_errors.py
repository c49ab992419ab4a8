"""Why a write can be refused where one seat decides: after advice, or what was given to it."""

from django.utils.translation import gettext_lazy as _

from .errors import Refused


class NobodyDecides(Refused):
    """By this method one seat decides, and how the group decides names none that votes today."""

    words = _("By this way one seat decides, and none that votes today is named. Name it in “How we decide”.")


class MandateWanted(Refused):
    """A matter is given to one seat, and nothing says what it may decide."""

    words = _("A matter is given to one seat: say what it may decide, such as: repairs of up to $500 a year.")


class GivenByCharterAlone(Refused):
    """A question is to be given to one seat, and how the group decides gives none of its kind."""

    words = _(
        "Only “How we decide” gives a matter to one seat, and says what it may decide. Choose another way."
    )


class NotDecidedYet(Refused):
    """One seat decides, and it has not said yes or no."""

    words = _("The seat that decides has not said yes or no yet. Record what it decided, and why.")


class NobodyLeftToDecide(NotDecidedYet):
    """One seat decides, and it stepped out."""

    words = _("The seat that decides stepped out, so nobody decides this. Take the question back.")


class AdviceFirst(Refused):
    """One seat decides after advice, and too few have given theirs while there is time."""

    words = _(
        "First comes advice: one seat decides once as many have answered as this group agreed on, or once "
        "the time to answer is over."
    )


class WhyWanted(Refused):
    """One seat decides, and says why."""

    words = _("The seat that decides says why: write its reason.")
