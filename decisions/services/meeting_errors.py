"""Why what concerns a meeting can be refused."""

from django.utils.translation import gettext_lazy as _

from .errors import Refused


class CalledOff(Refused):
    """The meeting does not take place."""

    words = _("This meeting was called off. Plan another one.")


class AttendanceTaken(Refused):
    """It was recorded who was there: the meeting took place."""

    words = _("It is recorded who was at this meeting, so it can't be called off any more.")


class NotYet(Refused):
    """Who is there is recorded on the day of a meeting, not before."""

    words = _("This meeting is on a later day. Record who is there on that day.")


class EndsBeforeMeeting(Refused):
    """The time to answer a question is over before the meeting at which it is to be taken."""

    words = _(
        "Its time to answer ends before this meeting does. Leave out the last day, or take it to an earlier "
        "meeting; where the time is over, begin a further round."
    )


class NotOfThisMeeting(Refused):
    """The meeting is another group's, or was called off."""

    words = _("This is no meeting of this group, or it was called off. Choose another one.")


class SameMeeting(Refused):
    """The further round would be at the meeting of the round before, which took place."""

    words = _("The round before was at this meeting. A further round comes at a later one: choose another.")
