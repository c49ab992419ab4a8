"""Why a write on this floor can be refused; each says it in words for the page."""

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """A write that was not made; `words` is a sentence for the person who tried."""

    words = _("This was not recorded.")


class NameTaken(Refused):
    """Another group of the same school, or of the district, has this name."""

    words = _("There is a group with this name already.")


class SeatTaken(Refused):
    """The organization or the school has a seat in the group already: one seat, one voice."""

    words = _("They have a seat in this group already: one seat, one voice.")


class YouthHasNoName(Refused):
    """A youth seat stores no name: the adult ally answers for it."""

    words = _("A youth seat keeps no name. Name the adult ally in the seat's words instead.")


class NoVotingSeats(Refused):
    """The group has no seat that votes today."""

    words = _("This group has no seat that votes today. Add its seats first.")


class ReasonWanted(Refused):
    """Another method than the agreed one needs a recorded reason."""

    words = _("This is another way than the group agreed on. Say why.")


class NotByAnswers(Refused):
    """By this method not answers alone decide, and nobody records the rest yet."""

    words = _("The portal can't count by this way to decide yet.")


class OptionsWanted(Refused):
    """The method chooses one of several options, and there are fewer than two, or two alike."""

    words = _("This way to decide chooses one of several options. Write at least two, one a line, each once.")


class NoOptionsWanted(Refused):
    """The method answers one question: options have no part in it."""

    words = _(
        "By this way to decide a question is answered as it stands. Leave the options empty, or choose a way "
        "that chooses one of several."
    )


class AlreadyClosed(Refused):
    """The decision is closed: nothing more is counted."""

    words = _("What was decided changes only by a new decision.")


class AnswersEnded(Refused):
    """The day until which answers are taken is over."""

    words = _("Answers were taken until a time that has passed. Close the decision now.")


class RoundOver(Refused):
    """A further round began after the answers were asked for: they belong to the one before."""

    words = _("A further round began meanwhile. Your answers were not recorded; ask all seats once more.")


class SteppedOut(Refused):
    """The seat stepped out of this decision."""

    words = _("This seat stepped out of the decision and has no answer in it.")


class AlreadyErased(Refused):
    """The text is erased already."""

    words = _("This text is erased already.")


class NothingDeferred(Refused):
    """Another round opens only where a quorum answered and the rule defers the question."""

    words = _("A second round opens only when enough seats have answered and the rule puts the question off.")


class NotAdopted(Refused):
    """How a group decides is itself decided: by an adopted decision of its own about it, used once."""

    words = _("How we decide is itself decided: choose an adopted decision of this group about it.")
