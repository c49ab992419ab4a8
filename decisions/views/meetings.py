"""Pages of meetings: planned, held, written up."""

from collections.abc import Sequence

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.urls_in import redirect_in
from accounts.versions import ChangedMeanwhile
from decisions import services
from decisions.meeting_forms import (
    AgendaForm,
    AttendanceForm,
    ChangeMeetingForm,
    MeetingForm,
    MinutesForm,
    written,
)
from decisions.models import Decision, Group, Meeting, Seat
from decisions.pages.meetings import (
    meeting_page,
    meetings_of,
    open_elsewhere,
    open_questions,
    proposed,
    roll_words,
    seats_at,
)
from decisions.rules import keeps_decisions

from .going import to_meeting, to_page


@access(of=Group)
def meetings(request: MemberRequest, group: Group) -> HttpResponse:
    """All meetings of a group: those to come, then those that were."""
    may_write = keeps_decisions(request.membership, group)
    context = {"group": group, "page": meetings_of(group), "may_write": may_write}
    return render(request, "decisions/meetings.html", context)


@access(of=Group, do=keeps_decisions)
def new_meeting(request: MemberRequest, group: Group) -> HttpResponse:
    """Plan a meeting; the form proposes when."""
    waiting = open_questions(group)
    initial = {**proposed(group), "questions": [one.uid for one in waiting if _is_free(one)]}
    form = MeetingForm(request.POST or None, district=request.district, questions=waiting, initial=initial)
    if form.is_valid():
        said = dict(form.cleaned_data)
        carries = said.pop("questions", ())
        try:
            meeting = services.plan_meeting(group=group, carries=carries, **said, by=request.membership)
        except services.Refused as refused:
            form.add_error("questions", refused.words)
        else:
            messages.success(request, _("The meeting is planned. Next: tell the seats, or print the agenda."))
            return to_meeting(request, meeting)
    return render(request, "decisions/new_meeting.html", {"form": form, "group": group})


def _is_free(decision: Decision) -> bool:
    """Whether an open question waits for a meeting: it is on no agenda, or its meeting is over; and no last
    day ends it before."""
    return decision.closes_at is None and (decision.meeting is None or decision.meeting.is_over)


@access(of=Meeting)
def meeting(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    """A meeting: when and where, who is there, what is decided, and the minutes."""
    may_write = keeps_decisions(request.membership, meeting)
    page = meeting_page(meeting)
    context = {"meeting": meeting, "page": page, "may_write": may_write}
    return render(request, "decisions/meeting.html", {**context, "form": AgendaForm(questions=page.waiting)})


@access(of=Meeting, do=keeps_decisions)
def change_meeting(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    """Change when and where a meeting is, and what for."""
    form = ChangeMeetingForm(request.POST or None, district=request.district, initial=written(meeting))
    conflict = _("Somebody changed this meeting just now. Open this page anew.")
    if _changed(request, meeting, form, conflict):
        messages.success(request, _("Changed. Those who have the old day need to hear of it."))
        return to_meeting(request, meeting)
    return render(request, "decisions/change_meeting.html", {"form": form, "meeting": meeting})


def _changed(request: MemberRequest, meeting: Meeting, form: Form, conflict: str) -> bool:
    """Whether what was typed is kept; else the form says why not. `conflict`: where somebody was faster."""
    if not form.is_valid():
        return False
    try:
        services.change_meeting(meeting=meeting, **form.cleaned_data, by=request.membership)
    except ChangedMeanwhile:
        form.add_error(None, conflict)
    except services.CalledOff as refused:
        form.add_error(None, refused.words)
    return form.is_valid()


@require_POST
@access(of=Meeting, do=keeps_decisions)
def call_off(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    """Say that a meeting does not take place."""
    try:
        services.call_off_meeting(meeting=meeting, version=meeting.version, by=request.membership)
    except ChangedMeanwhile:
        messages.error(request, _("Somebody changed this meeting just now. Look again."))
    except services.AttendanceTaken as refused:
        messages.error(request, str(refused.words))
    else:
        messages.success(request, _("The meeting is called off. Its questions wait for another one."))
    return to_meeting(request, meeting)


@access(of=Meeting, do=keeps_decisions)
def attendance(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    """Who is here: everyone with one button, or a tick a seat."""
    lines = seats_at(meeting)
    seats = [line.seat for line in lines]
    form = AttendanceForm(request.POST if request.method == "POST" else None, seats=seats)
    if form.is_valid():
        return _keep_roll(request, meeting, seats, form)
    if form.is_bound:
        messages.error(request, _("A seat changed meanwhile. Look at the list once more."))
    context = {"meeting": meeting, "seats": lines, "roll_words": roll_words(meeting)}
    return render(request, "decisions/attendance.html", context)


def _keep_roll(
    request: MemberRequest, meeting: Meeting, seats: Sequence[Seat], form: AttendanceForm
) -> HttpResponse:
    """Keep who is here; where that is everyone, the list comes once more, for those who are not."""
    everyone = "everyone" in request.POST
    here = seats if everyone else form.cleaned_data["here"]
    try:
        services.record_attendance(meeting=meeting, seats=seats, here=here, by=request.membership)
    except services.Refused as refused:
        messages.error(request, str(refused.words))
        return to_meeting(request, meeting)
    if everyone:
        return redirect_in(request.district, "decisions:attendance", uid=meeting.uid)
    messages.success(request, meeting_page(meeting).quorum_words)
    return to_meeting(request, meeting)


@access(of=Meeting, do=keeps_decisions)
def minutes(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    """Write down in short what was said."""
    form = MinutesForm(request.POST or None, initial={"version": meeting.version, "minutes": meeting.minutes})
    conflict = _("Somebody changed this meeting just now. Copy your text, then open this page anew.")
    if _changed(request, meeting, form, conflict):
        messages.success(request, _("The minutes are kept. Next: plan when you meet again."))
        return to_meeting(request, meeting)
    return render(request, "decisions/minutes.html", {"form": form, "meeting": meeting})


@require_POST
@access(of=Meeting, do=keeps_decisions)
def put_on_agenda(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    """Have an open question taken at this meeting."""
    form = AgendaForm(request.POST, questions=open_elsewhere(meeting))
    if form.is_valid():
        decision = form.cleaned_data["question"]
        try:
            services.put_on_agenda(decision=decision, meeting=meeting, by=request.membership)
        except services.Refused as refused:
            messages.error(request, str(refused.words))
        else:
            words = _("%(reference)s is on the agenda.")
            messages.success(request, words % {"reference": decision.reference})
    else:
        messages.error(request, _("Choose an open question first."))
    return to_meeting(request, meeting)


@require_POST
@access(of=Decision, do=keeps_decisions)
def take_off_agenda(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Have an open question wait for another meeting."""
    meeting = decision.meeting
    try:
        services.put_on_agenda(decision=decision, meeting=None, by=request.membership)
    except services.AlreadyClosed as refused:
        messages.error(request, str(refused.words))
    else:
        words = _("%(reference)s is off the agenda and stays open.")
        messages.success(request, words % {"reference": decision.reference})
    if meeting is None:
        return to_page(request, decision)
    return to_meeting(request, meeting)
