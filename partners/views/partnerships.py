"""Where a partner stands: starting with a school, moving along the road, the contact log."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.access import MemberRequest, access
from accounts.urls_in import redirect_back, redirect_in, way_back
from accounts.versions import ChangedMeanwhile
from partners import queries, services
from partners.fields import say_changed_meanwhile
from partners.models import Partner, Partnership
from partners.rules import edits_partnership, logs_contacts, starts_partnerships
from partners.work_forms import CallForm, StageForm, StartForm


@access(do=starts_partnerships, of=Partner)
def start(request: MemberRequest, partner: Partner) -> HttpResponse:
    """Begin with one more school, at whatever stage it stands."""
    form = StartForm(request.POST or None, partner=partner, by=request.membership)
    if form.is_valid():
        with suppress(services.PartnershipExists):  # by a second tap just now
            services.start_partnership(partner=partner, by=request.membership, **form.cleaned_data)
        return redirect_in(request.district, "partners:page", uid=partner.uid)
    context = {"form": form, "title": _("Start with a school"), "submit": _("Start with this school")}
    return _form(request, partner, context)


@access(do=edits_partnership, of=Partnership)
def stage(request: MemberRequest, partnership: Partnership) -> HttpResponse:
    """Move a partnership along its road, and say who looks after it."""
    form = StageForm(request.POST or None, partnership=partnership, by=request.membership)
    if form.is_valid():
        try:
            services.edit_partnership(partnership=partnership, by=request.membership, **form.cleaned_data)
        except ChangedMeanwhile:
            partnership.refresh_from_db()
            say_changed_meanwhile(form, partnership.version)
        else:
            return redirect_back(request, request.district, "partners:page", uid=partnership.partner.uid)
    title = _("With %(school)s") % {"school": partnership.school or request.district}
    context = {"form": form, "title": title, "submit": _("Save where it stands")}
    return _form(request, partnership.partner, context)


@access(see=logs_contacts)
def call(request: MemberRequest) -> HttpResponse:
    """With whom it was: those one dealt with last, and a search."""
    q = request.GET.get("q", "").strip()
    context = {"q": q, "partners": queries.to_call(request.membership, q)}
    return render(request, "partners/call.html", context)


@access(do=logs_contacts, of=Partner)
def log_call(request: MemberRequest, partner: Partner) -> HttpResponse:
    """One line in the contact log; all but the sentence is filled in."""
    form = CallForm(request.POST or None, partner=partner, by=request.membership)
    if form.is_valid():
        services.log_interaction(partner=partner, by=request.membership, **form.cleaned_data)
        messages.success(request, _("Kept in the contact log."))
        return redirect_in(request.district, "partners:page", uid=partner.uid)
    context = {"form": form, "title": _("Log a call"), "submit": _("Keep this")}
    return _form(request, partner, context)


def _form(request: MemberRequest, partner: Partner, context: dict[str, object]) -> HttpResponse:
    back = way_back(request, request.district, "partners:page", uid=partner.uid)
    return render(request, "partners/form.html", {"partner": partner, "back": back, **context})
