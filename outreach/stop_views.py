"""The page on which district staff stop all mail, and start it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.urls_in import redirect_in

from .forms import StopForm
from .rules import sees_mail, stops_mail
from .stops import NothingChanged, current_stop, stops_so_far
from .stops import start as start_mail
from .stops import stop as stop_mail


@access(see=sees_mail)
def stops(request: MemberRequest) -> HttpResponse:
    """Whether all mail is stopped, and when it was before."""
    return _page(request, StopForm())


@require_POST
@access(see=sees_mail, do=stops_mail)
def stop(request: MemberRequest) -> HttpResponse:
    """Stop all mail of the district, with a reason."""
    form = StopForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        stop_mail(reason=form.cleaned_data["reason"], by=request.membership)
    except NothingChanged:
        messages.warning(request, _("All mail was stopped already."))
    return redirect_in(request.district, "outreach:stops")


@require_POST
@access(see=sees_mail, do=stops_mail)
def start(request: MemberRequest) -> HttpResponseRedirect:
    """Let the district's mail go again."""
    try:
        start_mail(by=request.membership)
    except NothingChanged:
        messages.warning(request, _("Mail was started already."))
    return redirect_in(request.district, "outreach:stops")


def _page(request: MemberRequest, form: StopForm) -> HttpResponse:
    context = {
        "form": form,
        "stop": current_stop(),
        "rows": stops_so_far(),
        "may_stop": stops_mail(request.membership),
    }
    return render(request, "outreach/stops.html", context)
