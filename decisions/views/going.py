"""Where the pages of decisions lead once something is done."""

from django.http import HttpResponseRedirect

from accounts.access import MemberRequest
from accounts.urls_in import redirect_in
from decisions.models import Decision, Meeting


def to_page(request: MemberRequest, decision: Decision) -> HttpResponseRedirect:
    """To a decision's page."""
    return redirect_in(request.district, "decisions:page", uid=decision.uid)


def to_meeting(request: MemberRequest, meeting: Meeting) -> HttpResponseRedirect:
    """To a meeting's page."""
    return redirect_in(request.district, "decisions:meeting", uid=meeting.uid)
