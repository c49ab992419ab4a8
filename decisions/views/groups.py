"""Pages of groups: who sits in them, and how they decide."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import clock
from accounts.access import MemberRequest, access
from accounts.rules import is_staff
from accounts.urls_in import redirect_in
from accounts.versions import ChangedMeanwhile
from decisions import services
from decisions.charter_form import CharterForm
from decisions.first_form import FirstQuestionsForm
from decisions.forms import GroupForm
from decisions.models import Group, Seat
from decisions.pages.groups import group_page, how_page, seats_today, waiting_charters
from decisions.pages.levels import level_of
from decisions.pages.meetings import FEW, meetings_of
from decisions.queries import closers_for
from decisions.rules import keeps_decisions
from decisions.seat_forms import HolderForm, SeatForm, TermForm


@access(of=Group)
def group(request: MemberRequest, group: Group) -> HttpResponse:
    """A group: its seats, how it decides, what it decided."""
    page = group_page(group, clock.today(request.district))
    meetings = meetings_of(group, most_past=FEW)
    may_write = keeps_decisions(request.membership, group)
    context = {"group": group, "page": page, "meetings": meetings, "may_write": may_write}
    context["level"] = level_of(group, page.seats)
    return render(request, "decisions/group.html", context)


@access(do=keeps_decisions)
def new_group(request: MemberRequest) -> HttpResponse:
    """Start a group."""
    form = GroupForm(request.POST or None, by=request.membership)
    if form.is_valid():
        try:
            made = services.create_group(**form.cleaned_data, by=request.membership)
        except services.NameTaken as refused:
            form.add_error("name", refused.words)
        else:
            words = _("%(group)s is started. Next: give it its seats.")
            messages.success(request, words % {"group": made.name})
            return redirect_in(request.district, "decisions:group", uid=made.uid)
    return render(request, "decisions/new_group.html", {"form": form})


@access(of=Group, do=keeps_decisions)
def new_seat(request: MemberRequest, group: Group) -> HttpResponse:
    """Give somebody a seat."""
    form = SeatForm(request.POST or None)
    if form.is_valid():
        try:
            seat = services.add_seat(group=group, **form.cleaned_data, by=request.membership)
        except services.SeatTaken as refused:
            form.add_error(None, refused.words)
        except services.EndsTooEarly as refused:
            form.add_error("until", refused.words)
        else:
            words = _("%(seat)s has a seat in questions asked from now on.")
            messages.success(request, words % {"seat": seat.label})
            return redirect_in(request.district, "decisions:group", uid=group.uid)
    return render(request, "decisions/new_seat.html", {"form": form, "group": group})


@access(of=Seat, do=keeps_decisions)
def holder(request: MemberRequest, seat: Seat) -> HttpResponse:
    """Say who sits in a seat."""
    form = HolderForm(request.POST or None, seat=seat, by=request.membership)
    if form.is_valid():
        try:
            named = services.name_holder(seat=seat, **form.cleaned_data, by=request.membership)
        except services.EndsTooEarly as refused:
            form.add_error("until", refused.words)
        else:
            words = _("From today %(name)s sits in the seat of %(seat)s.")
            if named.deputy:
                words = _("From today %(name)s is the deputy in the seat of %(seat)s.")
            messages.success(request, words % {"name": named, "seat": seat.label})
            return redirect_in(request.district, "decisions:group", uid=seat.group.uid)
    return render(request, "decisions/holder.html", {"form": form, "seat": seat})


@access(of=Seat, do=keeps_decisions)
def term(request: MemberRequest, seat: Seat) -> HttpResponse:
    """Say until when a seat holds, or that no end is agreed."""
    form = TermForm(request.POST or None, initial={"until": seat.until, "version": seat.version})
    if form.is_valid():
        try:
            services.set_term(seat=seat, **form.cleaned_data, by=request.membership)
        except ChangedMeanwhile:
            messages.error(request, _("Somebody changed this seat just now. Look again."))
            return redirect_in(request.district, "decisions:term", uid=seat.uid)
        except services.Refused as refused:
            form.add_error("until", refused.words)
        else:
            messages.success(request, _("The term of %(seat)s is changed.") % {"seat": seat.label})
            return redirect_in(request.district, "decisions:group", uid=seat.group.uid)
    return render(request, "decisions/term.html", {"form": form, "seat": seat})


@require_POST
@access(of=Seat, do=keeps_decisions)
def end_seat(request: MemberRequest, seat: Seat) -> HttpResponse:
    """End a seat today; decisions that are open keep it."""
    try:
        services.end_seat(
            seat=seat, last_day=clock.today(request.district), version=seat.version, by=request.membership
        )
    except ChangedMeanwhile:
        messages.error(request, _("Somebody changed this seat just now. Look again."))
    else:
        messages.success(request, _("The seat of %(seat)s ends today.") % {"seat": seat.label})
    return redirect_in(request.district, "decisions:group", uid=seat.group.uid)


@access(of=Group)
def how(request: MemberRequest, group: Group) -> HttpResponse:
    """How a group decides, in plain words, and its former versions."""
    page = how_page(group, clock.today(request.district))
    context = {
        "group": group,
        "page": page,
        "may_write": keeps_decisions(request.membership, group),
        "may_answer": is_staff(request.membership, group),
    }
    return render(request, "decisions/how.html", context)


@access(of=Group, do=is_staff)
def first_questions(request: MemberRequest, group: Group) -> HttpResponse:
    """Answer the two questions that come before how a group decides."""
    form = FirstQuestionsForm(request.POST or None, group=group)
    if form.is_valid():
        services.answer_first_questions(group=group, **form.cleaned_data, by=request.membership)
        words = _("Kept. This holds for questions to %(group)s from now on.")
        messages.success(request, words % {"group": group.name})
        return redirect_in(request.district, "decisions:how", uid=group.uid)
    return render(request, "decisions/first_questions.html", {"form": form, "group": group})


@access(of=Group, do=keeps_decisions)
def new_how(request: MemberRequest, group: Group) -> HttpResponse:
    """Write down how the group decides, once it has adopted it."""
    today = clock.today(request.district)
    waiting = waiting_charters(group)
    form = CharterForm(
        request.POST or None,
        seats=seats_today(group, today),
        decisions=waiting,
        closers=closers_for(group, today),
    )
    if form.is_valid():
        adopted_by = form.cleaned_data["decision"]
        try:
            charter = services.adopt_charter(
                group=group,
                decision=adopted_by,
                rules=form.rules(),
                mandate=form.cleaned_data["mandate"],
                by=request.membership,
            )
        except services.Refused as refused:
            form.add_error("decision", refused.words)
        else:
            words = _("Version %(n)d of how we decide is in force. Questions asked from now on follow it.")
            messages.success(request, words % {"n": charter.n})
            return redirect_in(request.district, "decisions:how", uid=group.uid)
    return render(request, "decisions/new_how.html", {"form": form, "group": group, "waiting": waiting})
