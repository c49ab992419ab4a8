"""Today, mail going out, its kinds with their switch, and a partner's timeline."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import clock
from accounts.access import MemberRequest, access
from accounts.predicates import holds
from accounts.rules import is_member, works_here
from accounts.urls_in import redirect_in
from partners.models import Partner
from partners.rules import logs_contacts

from . import kind_queries, queries, registry, services
from .enums import SuppressedBecause
from .forms import NotNowForm
from .models import Message
from .rules import blocks_addresses, sees_mail, switches_kinds, takes_mail_back
from .timeline import timeline
from .today import next_monday, today_page


@access(see=works_here)
def today(request: MemberRequest) -> HttpResponse:
    """What needs this person: at most seven items, or all of them when asked for."""
    everything = request.GET.get("all") == "1"
    page = today_page(request.membership, everything=everything)
    request.counted = {"outreach:today": page.total}
    return render(request, "outreach/today.html", {"page": page, "everything": everything})


@require_POST
@access(see=works_here)
def not_now(request: MemberRequest) -> HttpResponse:
    """Put an item of one's own Today away: done, or off until Monday."""
    form = NotNowForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    what = {"kind": form.cleaned_data["kind"], "items": form.cleaned_data["items"], "by": request.membership}
    if form.cleaned_data["act"] == "done":
        services.mark_done(**what)
        messages.success(request, _("Done."))
    else:
        monday = next_monday(clock.today(request.district))
        services.put_off(until=monday, **what)
        messages.success(
            request, _("Put off until %(day)s.") % {"day": date_format(monday, "MONTH_DAY_FORMAT")}
        )
    return redirect_in(request.district, "outreach:today")


@access(see=sees_mail)
def mail(request: MemberRequest) -> HttpResponse:
    """Mail going out, and what has gone, each with its reason."""
    page = queries.mail_page(
        request.membership, folder=request.GET.get("state", ""), before=request.GET.get("before", "")
    )
    return render(request, "outreach/mail.html", {"page": page})


@access(see=sees_mail, of=Message)
def message(request: MemberRequest, message: Message) -> HttpResponse:
    """One message: what it says and what happened to it."""
    context = {
        "message": message,
        "page": queries.message_page(message, request.membership),
        "may_act": takes_mail_back(request.membership),
        "may_block": blocks_addresses(request.membership),
    }
    return render(request, "outreach/message.html", context)


@require_POST
@access(see=sees_mail, do=takes_mail_back, of=Message)
def cancel(request: MemberRequest, message: Message) -> HttpResponseRedirect:
    """Take a message back."""
    try:
        services.cancel(message=message, by=request.membership)
    except services.NotThisState:
        messages.warning(request, _("It has gone already."))
    else:
        messages.success(request, _("Taken back. It will not go."))
    return redirect_in(request.district, "outreach:message", uid=message.uid)


@require_POST
@access(see=sees_mail, do=takes_mail_back, of=Message)
def send_again(request: MemberRequest, message: Message) -> HttpResponseRedirect:
    """Send a message that failed, or may not have arrived, once more."""
    try:
        services.send_again(message=message, by=request.membership)
    except services.NotThisState:
        messages.warning(request, _("It is going out already."))
    else:
        messages.success(request, _("It goes again, with the same message number."))
    return redirect_in(request.district, "outreach:message", uid=message.uid)


@require_POST
@access(see=sees_mail, do=blocks_addresses, of=Message)
def block(request: MemberRequest, message: Message) -> HttpResponseRedirect:
    """Write no more to an address, since its owner asked so."""
    services.suppress(
        district=request.district,
        address=message.to,
        because=SuppressedBecause.ASKED,
        by=request.membership,
    )
    messages.success(request, _("Nothing more goes to this address."))
    return redirect_in(request.district, "outreach:message", uid=message.uid)


@access(see=sees_mail)
def kinds(request: MemberRequest) -> HttpResponse:
    """The kinds of mail, and which of them go out."""
    return render(request, "outreach/kinds.html", {"rows": kind_queries.kind_rows()})


@access(see=sees_mail)
def kind(request: MemberRequest, kind: str) -> HttpResponse:
    """One kind of mail: what it would send in the next 14 days, and its switch."""
    source = registry.mail_source(kind)
    if source is None:
        raise Http404
    page = kind_queries.kind_page(source, request.membership)
    context = {"page": page, "row": page.row, "may_switch": switches_kinds(request.membership)}
    return render(request, "outreach/kind.html", context)


@require_POST
@access(see=sees_mail, do=switches_kinds)
def switch(request: MemberRequest, kind: str) -> HttpResponseRedirect:
    """Switch a kind on, having seen what it would send; or off."""
    source = registry.mail_source(kind)
    if source is None:
        raise Http404
    on = request.POST.get("to") == "on"
    if on and request.POST.get("seen") != kind_queries.kind_page(source, request.membership).seen:
        messages.warning(request, _("The list changed since you opened it. Look again, then switch it on."))
        return redirect_in(request.district, "outreach:kind", kind=kind)
    services.switch(kind=kind, on=on, by=request.membership)
    messages.success(request, _("Switched on.") if on else _("Switched off. Nothing of this kind goes out."))
    return redirect_in(request.district, "outreach:kind", kind=kind)


@access(see=is_member, of=Partner)
def of_partner(request: MemberRequest, partner: Partner) -> HttpResponse:
    """The tab of a partner's page: everything that happened, the latest first."""
    lines = timeline(partner, request.membership)
    may_log = holds(logs_contacts, request.membership)
    return render(
        request, "outreach/of_partner.html", {"partner": partner, "lines": lines, "may_log": may_log}
    )
