"""Asking seats by personal link: sent by mail, copied, taken back; and what came by them, seen to."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.urls_in import absolute, redirect_in
from decisions import services
from decisions.models import AnswerLink, Decision, DecisionSeat, LinkNote
from decisions.open_forms import SpanishForm
from decisions.pages.asking import asking_page
from decisions.queries import OPTIONS_ES, lacks_spanish
from decisions.rules import keeps_decisions
from decisions.told_form import ToldForm


@access(of=Decision, do=keeps_decisions)
def ask(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Who is asked, and how; the button sends the question to all whom mail reaches."""
    if request.method == "POST":
        try:
            sent = services.send_links(decision=decision, by=request.membership)
        except services.Refused as refused:
            messages.warning(request, str(refused.words))
        else:
            _say_sent(request, len(sent))
        return _back(request, decision)
    context = {"decision": decision, "page": asking_page(decision)}
    return render(request, "decisions/ask.html", context)


def _say_sent(request: MemberRequest, n: int) -> None:
    if not n:
        messages.warning(request, _("Nothing was sent: mail reaches no seat that has not answered."))
        return
    words = ngettext(
        "The question goes to %(n)d seat by mail now.", "The question goes to %(n)d seats by mail now.", n
    )
    messages.success(request, words % {"n": n})


@access(of=Decision, do=keeps_decisions)
def told(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Record which seats were told of a question on which silence is a yes, and how."""
    seats = [one.seat for one in asking_page(decision).untold]
    if not seats:
        messages.info(request, _("No seat of this question waits for its notice."))
        return _back(request, decision)
    form = ToldForm(request.POST or None, seats=seats)
    if form.is_valid():
        try:
            kept = services.record_told(decision=decision, **form.cleaned_data, by=request.membership)
        except services.Refused as refused:
            messages.warning(request, str(refused.words))
        else:
            words = ngettext("Recorded: %(n)d seat was told.", "Recorded: %(n)d seats were told.", len(kept))
            messages.success(request, words % {"n": len(kept)})
        return _back(request, decision)
    return render(request, "decisions/told.html", {"form": form, "decision": decision})


@access(of=Decision, do=keeps_decisions)
def in_spanish(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Write the question in Spanish, too, and its options: what is not written yet."""
    asked = decision.rounds.latest("n")
    lacks = lacks_spanish(decision, asked)
    if not lacks:
        messages.info(request, str(services.InSpanishAlready.words))
        return _back(request, decision)
    form = SpanishForm(request.POST or None, asked=asked, lacks=lacks)
    if form.is_valid():
        try:
            services.add_spanish(decision=decision, **form.cleaned_data, by=request.membership)
        except services.OptionsApart as apart:
            form.add_error(OPTIONS_ES, apart.words)
        except services.RoundBegan as began:
            form.add_error(None, began.words)
        except services.Refused as refused:
            messages.warning(request, str(refused.words))
            return _back(request, decision)
        else:
            messages.success(request, _("The question is written in Spanish, too."))
            return _back(request, decision)
    context = {"form": form, "decision": decision, "asked": asked}
    return render(request, "decisions/in_spanish.html", context)


@require_POST
@access(of=DecisionSeat, do=keeps_decisions)
def copy_link(request: MemberRequest, seat: DecisionSeat) -> HttpResponse:
    """Show the address of a seat's link; that somebody took it is kept."""
    try:
        link = services.copy_link(seat=seat, by=request.membership)
    except services.Refused as refused:
        messages.error(request, str(refused.words))
        return _back(request, seat.decision)
    address = absolute(reverse("decide:page", kwargs={"token": link.token}))
    context = {"decision": seat.decision, "seat": seat, "link": link, "address": address}
    response = render(request, "decisions/link.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@access(of=AnswerLink, do=keeps_decisions)
def take_link_back(request: MemberRequest, link: AnswerLink) -> HttpResponse:
    """End a link: whoever opens it is told."""
    services.take_link_back(link=link, by=request.membership)
    words = _("The link of %(seat)s is taken back. It takes no answer any more.")
    messages.success(request, words % {"seat": link.decision_seat.label})
    return _back(request, link.decision_seat.decision)


@require_POST
@access(of=LinkNote, do=keeps_decisions)
def settle_note(request: MemberRequest, note: LinkNote) -> HttpResponse:
    """One of us has seen to what came by a link."""
    services.settle_note(note=note, by=request.membership)
    messages.success(request, _("Done. It stays in the history."))
    return _back(request, note.link.decision_seat.decision)


def _back(request: MemberRequest, decision: Decision) -> HttpResponseRedirect:
    return redirect_in(request.district, "decisions:ask", uid=decision.uid)
