"""The two questions that come before how a group decides, as its page and its paper say them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from decisions.models import Group


@dataclass(frozen=True)
class FirstAnswers:
    """What district staff answered for a group. Reads who did."""

    group: Group

    @property
    def is_answered(self) -> bool:
        """Whether they did."""
        return bool(self.group.open_meetings)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Both questions with their answers."""
        return [
            (_("Meetings open to the public by law"), self._open),
            (_("Deciding between meetings"), self._between),
        ]

    @property
    def _open(self) -> str:
        return str(self.group.get_open_meetings_display()) if self.is_answered else _("Not answered yet")

    @property
    def _between(self) -> str:
        if self.is_answered:
            return _("Yes") if self.group.between_meetings else _("No")
        if self.group.between_meetings:
            return _("Yes, as before, until district staff answer both questions")
        return _("No, until district staff answer both questions")

    @property
    def said_by(self) -> str:
        """Who answered, and when; empty where nobody did."""
        group = self.group
        if group.first_answered_by is None or group.first_answered_at is None:
            return ""
        day = formats.date_format(localtime(group.first_answered_at).date(), "DATE_FORMAT")
        words = _("Answered by %(who)s on %(day)s.")
        return words % {"who": group.first_answered_by.user.name, "day": day}


def first_answers(group: Group) -> FirstAnswers:
    """What was answered, and by whom: one query."""
    return FirstAnswers(Group.objects.select_related("first_answered_by__user").get(pk=group.pk))
