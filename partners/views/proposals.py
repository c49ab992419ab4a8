"""What partners told us by personal link: we take it over, field by field, or leave it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.forms import VersionForm
from accounts.urls_in import redirect_in, url_in
from accounts.versions import ChangedMeanwhile
from partners import services
from partners.link_forms import SendBackForm
from partners.link_queries import link_to_put_right, what_partners_said
from partners.models import Partner, Proposal, YearReport
from partners.rules import edits_directory


@access(see=edits_directory)
def said(request: MemberRequest) -> HttpResponse:
    """What waits for us, partner by partner: as it is, as it should be."""
    return render(request, "partners/said.html", {"said": what_partners_said(request.membership)})


@require_POST
@access(do=edits_directory, of=Proposal)
def accept(request: MemberRequest, proposal: Proposal) -> HttpResponseRedirect:
    """Take one field over."""
    anyway = request.POST.get("anyway") == "1"
    try:
        services.accept_proposal(proposal=proposal, by=request.membership, anyway=anyway)
    except services.AlreadyDecided:
        messages.info(request, _("This was decided already, or the record is gone."))
    except (services.ChangedHere, ChangedMeanwhile):
        messages.error(
            request, _("Our record changed meanwhile. Compare, then accept it anyway or leave it.")
        )
    else:
        messages.success(request, _("Taken over."))
    return redirect_in(request.district, "partners:said")


@require_POST
@access(do=edits_directory, of=Proposal)
def decline(request: MemberRequest, proposal: Proposal) -> HttpResponseRedirect:
    """Leave the record as it is."""
    try:
        services.decline_proposal(proposal=proposal, by=request.membership)
    except services.AlreadyDecided:
        messages.info(request, _("This was decided already, or the record is gone."))
    else:
        messages.success(request, _("Not taken over. The record stays as it is."))
    return redirect_in(request.district, "partners:said")


@require_POST
@access(see=edits_directory, of=Partner)
def accept_all(request: MemberRequest, partner: Partner) -> HttpResponseRedirect:
    """Take all changes of a partner over but those where our record changed meanwhile."""
    done, left = services.accept_all(partner=partner.winner, by=request.membership)
    messages.success(
        request, ngettext("%(n)d change taken over.", "%(n)d changes taken over.", done) % {"n": done}
    )
    if left:
        words = ngettext(
            "%(n)d waits on, since our record changed meanwhile.",
            "%(n)d wait on, since our record changed meanwhile.",
            left,
        )
        messages.info(request, words % {"n": left})
    return redirect_in(request.district, "partners:said")


@require_POST
@access(see=edits_directory, of=YearReport)
def accept_report(request: MemberRequest, report: YearReport) -> HttpResponseRedirect:
    """Take the answers of a year over as they were shown."""
    seen = VersionForm(request.POST)
    try:
        if not seen.is_valid():
            raise ChangedMeanwhile
        services.accept_report(report=report, by=request.membership, **seen.cleaned_data)
    except ChangedMeanwhile:
        return _changed(request)
    messages.success(request, _("Taken over."))
    return redirect_in(request.district, "partners:said")


@access(see=edits_directory, of=YearReport)
def decline_report(request: MemberRequest, report: YearReport) -> HttpResponse:
    """Send the answers of a year back: the partner reads why, puts them right and sends them again."""
    if report.accepted_at or report.declined_at:
        messages.info(request, _("This was decided already."))
        return redirect_in(request.district, "partners:said")
    form = SendBackForm(request.POST or None, initial={"version": report.version})
    if form.is_valid():
        try:
            services.decline_report(report=report, by=request.membership, **form.cleaned_data)
        except ChangedMeanwhile:
            return _changed(request)
        messages.success(request, _sent_back(report))
        return redirect_in(request.district, "partners:said")
    context = {
        "form": form,
        "partner": report.partner.winner,
        "report": report,
        "title": _("Send the answers back"),
        "submit": _("Send these answers back"),
        "back": url_in(request.district, "partners:said"),
    }
    return render(request, "partners/send_back.html", context)


def _changed(request: MemberRequest) -> HttpResponseRedirect:
    """The partner was faster."""
    messages.error(request, _("They changed their answer meanwhile. Here is how it stands now."))
    return redirect_in(request.district, "partners:said")


def _sent_back(report: YearReport) -> str:
    """What comes next: the partner's own link, or a new one."""
    link = link_to_put_right(report)
    if link is None:
        return _("Sent back, with your reason. Their link has ended: make a new one on the contact's page.")
    day = date_format(localtime(link.expires_at), "DATE_FORMAT")
    return _("Sent back, with your reason. Their link says so, and works until %(day)s.") % {"day": day}
