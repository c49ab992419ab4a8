"""Decisions and meetings as files: the record of one, what a group decided in a year, an agenda, a calendar's
entry."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _

from accounts.access import MemberRequest, access
from accounts.urls_in import redirect_in
from decisions import meeting_paper, paper
from decisions.meeting_file import as_calendar
from decisions.models import Decision, Group, Meeting
from decisions.pages.decision import decision_page
from partners.views.as_file import as_csv, as_file
from press.documents import PressUnavailable

from .going import to_meeting, to_page


@access(of=Decision)
def record_pdf(request: MemberRequest, decision: Decision) -> HttpResponseBase:
    """The record of a decision as PDF."""
    back = to_page(request, decision)
    return _pdf(request, lambda: paper.record_pdf(decision), decision.reference, back)


@access(of=Decision)
def record_csv(request: MemberRequest, decision: Decision) -> HttpResponseBase:
    """A decision's answers as a table."""
    return as_csv(request, paper.record_lines(decision_page(decision)), what=decision.reference)


@access(of=Group)
def how_pdf(request: MemberRequest, group: Group) -> HttpResponseBase:
    """How a group decides as PDF."""
    back = redirect_in(request.district, "decisions:how", uid=group.uid)
    return _pdf(request, lambda: paper.how_pdf(group), "how-we-decide", back)


@access(of=Group)
def register_pdf(request: MemberRequest, group: Group, year: int) -> HttpResponseBase:
    """What a group decided in a year as PDF."""
    back = redirect_in(request.district, "decisions:group", uid=group.uid)
    return _pdf(request, lambda: paper.register_pdf(group, year), f"register-{year}", back)


@access(of=Group)
def register_csv(request: MemberRequest, group: Group, year: int) -> HttpResponseBase:
    """What a group decided in a year as a table."""
    return as_csv(request, paper.register_lines(group, year), what=f"register-{year}")


@access(of=Meeting)
def agenda_pdf(request: MemberRequest, meeting: Meeting) -> HttpResponseBase:
    """A meeting's agenda as PDF."""
    back = to_meeting(request, meeting)
    return _pdf(request, lambda: meeting_paper.agenda_pdf(meeting), f"agenda-{meeting.day}", back)


@access(of=Meeting)
def meeting_ics(request: MemberRequest, meeting: Meeting) -> HttpResponseBase:
    """A meeting for a calendar program."""
    return as_file(
        request,
        [as_calendar(meeting)],
        ending="ics",
        media_type="text/calendar; charset=utf-8; method=PUBLISH",
        what=f"meeting-{meeting.day}",
    )


def _pdf(
    request: MemberRequest, make: Callable[[], bytes], name: str, back: HttpResponseRedirect
) -> HttpResponseBase:
    """The paper, or back to where one came from with what to do instead."""
    try:
        content = make()
    except PressUnavailable:
        messages.error(request, _("It cannot be printed right now. Try again in a minute."))
        return back
    except paper.CannotPrint:
        messages.error(request, _("It cannot be printed. Take the table instead, and tell district staff."))
        return back
    return as_file(request, [content], ending="pdf", media_type="application/pdf", what=name)
