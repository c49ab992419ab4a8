"""The two questions that come before how a group decides. They are of law, so district staff answer them."""

from __future__ import annotations

from accounts import clock
from accounts.models import Membership
from accounts.versions import compare_and_set
from decisions.enums import OpenMeetings
from decisions.models import Group

from .errors import OnlyInMeetings


def answer_first_questions(
    *, group: Group, open_meetings: OpenMeetings | str, between_meetings: bool, version: int, by: Membership
) -> None:
    """Whether its meetings are open by law, and whether it may decide between them; who said so is kept.

    Raises ChangedMeanwhile.
    """
    compare_and_set(
        group,
        expected=version,
        open_meetings=OpenMeetings(open_meetings),
        between_meetings=between_meetings,
        first_answered_by=by,
        first_answered_at=clock.now(),
    )


def must_decide_between(group: Group) -> None:
    """Raise OnlyInMeetings unless the group may be asked between its meetings, as it stands now."""
    if not Group.objects.filter(pk=group.pk, between_meetings=True).exists():
        raise OnlyInMeetings
