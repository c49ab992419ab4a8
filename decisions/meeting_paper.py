"""A meeting's agenda on paper: a tagged PDF that can be handed out, with what each question needs."""

from __future__ import annotations

from django.utils import formats
from django.utils.translation import gettext as _

from .models import Meeting
from .pages.meetings import meeting_page
from .paper import printed


def agenda_pdf(meeting: Meeting) -> bytes:
    """When and where, the items, the questions that are taken there, and what is to be reported. Raises
    CannotPrint, PressUnavailable."""
    words = {"group": meeting.group.full_name, "day": formats.date_format(meeting.day, "DATE_FORMAT")}
    title = _("Agenda of %(group)s, %(day)s") % words
    return printed("agenda", title, {"meeting": meeting, "page": meeting_page(meeting)})
