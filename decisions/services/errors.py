"""Why a write on this floor can be refused; each says it in words for the page."""

import datetime
from typing import Any

from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Refused(Exception):
    """A write that was not made; `words` is a sentence for the person who tried."""

    words: Any = _("This was not recorded.")


class NameTaken(Refused):
    """Another group of the same school, or of the district, has this name."""

    words = _("There is a group with this name already.")


class SeatTaken(Refused):
    """The organization or the school has a seat in the group already: one seat, one voice."""

    words = _("They have a seat in this group already: one seat, one voice.")


class EndsTooEarly(Refused):
    """The last day of a term is over already, or comes before its first."""

    words = _("This day is over, or comes before the first. Choose today or a later one.")


class YouthHasNoName(Refused):
    """A youth seat stores no name: the adult ally answers for it."""

    words = _("A youth seat keeps no name. Name the adult ally in the seat's words instead.")


class OnlyInMeetings(Refused):
    """The group may not decide between its meetings, or district staff have not said yet that it may."""

    words = _(
        "This group decides only in its meetings. District staff say on its page “How we decide” whether it "
        "may be asked between them."
    )


class NoVotingSeats(Refused):
    """The group has no seat that votes today."""

    words = _("This group has no seat that votes today. Add its seats first.")


class ReasonWanted(Refused):
    """Another method than the agreed one needs a recorded reason."""

    words = _("This is another way than the group agreed on. Say why.")


class WithoutReason(Refused):
    """A question is taken back, or a decision is kept, only with a reason."""

    words = _("Say why: it stands in the record.")


class NothingToChange(Refused):
    """Only what was decided and still stands can be replaced, changed in part, or ended."""

    words = _("Only what was decided and still stands can be changed. Look at what changed it since.")


class EarlierGone(Refused):
    """What the question would change was replaced or ended since it was put. `words` say by what."""

    def __init__(self, earlier: str, later: str) -> None:
        text = _(
            "%(earlier)s no longer stands: %(later)s replaced or ended it. Take this question back, and put "
            "a new one if there is still something to change."
        )
        self.words = text % {"earlier": earlier, "later": later}
        super().__init__(self.words)


class OfAnotherGroup(Refused):
    """A decision is changed by the group that took it."""

    words = _("A decision is changed by the group that took it. Choose that group.")


class NothingToReview(Refused):
    """The decision does not stand any more, or nobody meant to look at it again."""

    words = _("This decision does not come back for review.")


class ReviewTooEarly(Refused):
    """The next review is to come after today, and after the decision is in effect."""

    words = _("Choose a later day: after today, and not before the decision is in effect.")


class StillOpen(Refused):
    """What is to be done follows from a decision, and there is none yet."""

    words = _("This question is still open: close it first.")


class NotTheirsToClose(Refused):
    """The group named whose role counts and closes its questions, and it is another's. `words` say whose."""

    def __init__(self, who: str) -> None:
        self.words = _("You cannot close this question. %(who)s") % {"who": who}
        super().__init__(self.words)


class SilenceNotAllowed(Refused):
    """The method takes silence as a yes, and how the group decides does not allow that."""

    words = _(
        "By how this group decides, silence is not a yes. Choose another way to decide, or let the group "
        "adopt first that it may be one."
    )


class SilenceNeverShares(Refused):
    """The method takes silence as a yes, and the question is about sharing data."""

    words = _("Silence is never a yes to sharing data. Choose another way to decide.")


class DeadlineWanted(Refused):
    """The method decides by a deadline, and the question has none."""

    words = _("This way decides by a deadline: say until when a seat may object.")


class NoticeRuns(Refused):
    """The group agreed on notice: so many days between asking and closing. `words` name the first day."""

    def __init__(self, days: int, first_day: datetime.date) -> None:
        text = ngettext(
            "By how this group decides, %(n)d day lies between asking and closing: not before %(day)s.",
            "By how this group decides, %(n)d days lie between asking and closing: not before %(day)s.",
            days,
        )
        self.words = text % {"n": days, "day": formats.date_format(first_day, "DATE_FORMAT")}
        super().__init__(self.words)


class TooEarly(Refused):
    """The method decides by a deadline that is not over, and nobody has objected."""

    words = _("It is too early to close: until the last day for answers a seat can still object.")


class NoticeNotKept(Refused):
    """Silence is not a yes in this question, so that nobody's notice is recorded."""

    words = _("Silence is not a yes in this question: nothing depends on who was told of it.")


class ToldTooLate(Refused):
    """What is left until the deadline is less than the notice on which the group agreed."""

    words = _("It is too late for that: less time is left than the notice on which this group agreed.")


class NoProxies(Refused):
    """The charter does not let one seat answer for another."""

    words = _("By how this group decides, no seat answers for another. Record each answer as its own.")


class OptionsWanted(Refused):
    """The method chooses one of several options, and there are fewer than two, or two alike."""

    words = _("This way to decide chooses one of several options. Write at least two, one a line, each once.")


class NoOptionsWanted(Refused):
    """The method answers one question: options have no part in it."""

    words = _(
        "By this way to decide a question is answered as it stands. Leave the options empty, or choose a way "
        "that chooses one of several."
    )


class OptionsApart(Refused):
    """The Spanish options are not as many as the options, or two of them are alike."""

    words = _("Write as many options in Spanish as in English: one a line, in the same order, each once.")


class AlreadyClosed(Refused):
    """The decision is closed: nothing more is counted."""

    words = _("What was decided changes only by a new decision.")


class AnswersEnded(Refused):
    """The day until which answers are taken is over."""

    words = _("The time for answers is over. What is in is counted now, or goes to a further round.")


class RoundOver(Refused):
    """A further round began after the answers were asked for: they belong to the one before."""

    words = _("A further round began meanwhile. Your answers were not recorded; ask all seats once more.")


class RoundBegan(RoundOver):
    """The same, where somebody wrote the question of the round before in Spanish."""

    words = _(
        "A further round began meanwhile, and nothing was kept yet. Look at the question as it stands now, "
        "and at what you wrote, then keep it."
    )


class SteppedOut(Refused):
    """The seat stepped out of this decision."""

    words = _("This seat stepped out of the decision and has no answer in it.")


class InSpanishAlready(Refused):
    """The question has its Spanish: what was asked stays as it was asked."""

    words = _("This question is written in Spanish already.")


class NoVote(Refused):
    """The seat advises or observes: it is not asked for an answer."""

    words = _("This seat has no vote in this question.")


class FilesFull(Refused):
    """The question has as many files as one takes."""

    words = _("This question has ten files already. Put several papers into one file.")


class AlreadyErased(Refused):
    """The text is erased already."""

    words = _("This text is erased already.")


class NothingDeferred(Refused):
    """Another round opens only where a quorum answered and the rule defers the question."""

    words = _("A second round opens only when enough seats have answered and the rule puts the question off.")


class NotAdopted(Refused):
    """How a group decides is itself decided: by an adopted decision of its own about it, used once."""

    words = _("How we decide is itself decided: choose an adopted decision of this group about it.")
