"""Agreements: what ends in the district, a partner's, one with all that belongs to it, shared data."""

import uuid
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import clock
from accounts.access import MemberRequest, access
from accounts.predicates import holds
from accounts.urls_in import redirect_in, url_in
from accounts.versions import ChangedMeanwhile
from partners import agreement_queries, services
from partners.agreed_enums import AgreementStatus
from partners.agreement_forms import AgreementForm, ClausesForm, EndForm, FileForm, SharingForm
from partners.fields import say_changed_meanwhile
from partners.models import Agreement, AgreementFile, DataSharing, Partner
from partners.rules import keeps_papers, opens_files, takes_directory_out

from .as_file import as_csv
from .papers import as_attachment
from .records import saved, values_of


@access()
def ending(request: MemberRequest) -> HttpResponse:
    """Agreements and papers that end soon, and what partners handed over."""
    within = _within(request)
    context = {
        "rows": agreement_queries.ending(request.membership, within),
        "offered": agreement_queries.offered_papers(request.membership),
        "within": within,
        "choices": agreement_queries.WITHIN,
        "may_edit": holds(keeps_papers, request.membership),
        "may_take_out": holds(takes_directory_out, request.membership),
    }
    return render(request, "agreements/list.html", context)


@access(see=takes_directory_out)
def ending_csv(request: MemberRequest) -> StreamingHttpResponse:
    """The same as a file for a spreadsheet."""
    lines = [[_("Partner"), _("What"), _("Last day")]]
    rows = agreement_queries.ending(request.membership, _within(request))
    lines += [[row.partner.name, row.what, row.ends.isoformat()] for row in rows]
    return as_csv(request, lines, "agreements-and-papers")


@access(of=Partner)
def of_partner(request: MemberRequest, partner: Partner) -> HttpResponse:
    """A partner's agreements."""
    context = {
        "partner": partner,
        "rows": agreement_queries.agreements_of(request.membership, partner),
        "may_edit": holds(keeps_papers, request.membership),
    }
    return render(request, "agreements/of_partner.html", context)


@access(of=Agreement)
def page(request: MemberRequest, agreement: Agreement) -> HttpResponse:
    """An agreement: how far it is, who signed it, its clauses, files and shared data."""
    context = {
        "agreement": agreement,
        "partner": agreement.partner.winner,
        "page": agreement_queries.agreement_page(request.membership, agreement),
        "may_edit": holds(keeps_papers, request.membership),
        "may_open": holds(opens_files, request.membership),
        "is_in_force": agreement.status == AgreementStatus.IN_FORCE,
    }
    return render(request, "agreements/page.html", context)


@access(do=keeps_papers, of=Partner)
def add(request: MemberRequest, partner: Partner) -> HttpResponse:
    """A new agreement."""
    form = AgreementForm(request.POST or None, partner=partner)
    if form.is_valid():
        made = services.add_agreement(partner=partner, by=request.membership, **values_of(form))
        return redirect_in(request.district, "agreements:page", uid=made.uid)
    back = url_in(request.district, "agreements:of_partner", uid=partner.uid)
    return _form(request, form, partner, _("Add an agreement"), _("Add this agreement"), back)


@access(do=keeps_papers, of=Agreement)
def edit(request: MemberRequest, agreement: Agreement) -> HttpResponse:
    """Change an agreement."""
    form = AgreementForm(request.POST or None, instance=agreement, partner=agreement.partner)
    if saved(request, form, services.edit_agreement, agreement=agreement):
        return _to_page(request, agreement)
    return _of(request, form, agreement, _("Edit the agreement"), _("Save this agreement"))


@access(do=keeps_papers, of=Agreement)
def renew(request: MemberRequest, agreement: Agreement) -> HttpResponse:
    """The agreement that takes this one's place, with its clauses."""
    start = {"title": agreement.title, "kind": agreement.kind, "schools": list(agreement.schools.all())}
    form = AgreementForm(request.POST or None, initial=start, partner=agreement.partner)
    if form.is_valid():
        try:
            made = services.add_agreement(
                partner=agreement.partner, by=request.membership, renews=agreement, **values_of(form)
            )
        except services.RenewedAlready:
            messages.error(request, _("Somebody renewed it meanwhile. Here is how it stands now."))
            return _to_page(request, agreement)
        return _to_page(request, made)
    return _of(request, form, agreement, _("Renew the agreement"), _("Add the renewal"))


@access(do=keeps_papers, of=Agreement)
def end(request: MemberRequest, agreement: Agreement) -> HttpResponse:
    """End an agreement before its last day."""
    form = EndForm(request.POST or None, agreement=agreement, today=clock.today(request.district))
    if form.is_valid():
        try:
            services.end_agreement(agreement=agreement, by=request.membership, **form.cleaned_data)
            messages.success(request, _("Ended early. For the days before it still counts."))
        except (ChangedMeanwhile, services.NotInForce):
            messages.error(request, _("It is not in force any more, or somebody changed it just now."))
        return _to_page(request, agreement)
    title = _("End it early")
    return _of(request, form, agreement, title, _("End this agreement"), danger=True)


@access(do=keeps_papers, of=Agreement)
def clauses(request: MemberRequest, agreement: Agreement) -> HttpResponse:
    """The checklist: what is addressed, and how far."""
    form = ClausesForm(request.POST or None, agreement=agreement)
    if form.is_valid():
        try:
            services.settle_clauses(
                agreement=agreement,
                version=form.cleaned_data["version"],
                by=request.membership,
                clauses=form.clauses,
            )
        except ChangedMeanwhile:
            agreement.refresh_from_db()
            say_changed_meanwhile(form, agreement.version)
        else:
            return _to_page(request, agreement)
    title, submit, template = _("Clauses"), _("Save the clauses"), "agreements/clauses.html"
    return _of(request, form, agreement, title, submit, template=template)


@access(do=keeps_papers, of=Agreement)
def add_file(request: MemberRequest, agreement: Agreement) -> HttpResponse:
    """One more file: what was sent, or what was signed."""
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        services.add_agreement_file(agreement=agreement, by=request.membership, upload=form.file)
        return _to_page(request, agreement)
    return _of(request, form, agreement, _("Add a file"), _("Add this file"))


@access(do=opens_files, of=Agreement)
def file(request: MemberRequest, agreement: Agreement, file: uuid.UUID) -> HttpResponse:
    """A file of an agreement, byte for byte."""
    kept = get_object_or_404(AgreementFile, agreement=agreement, file__uid=file)
    return as_attachment(kept.file)


@access(do=keeps_papers, of=Agreement)
def sharing(request: MemberRequest, agreement: Agreement) -> HttpResponse:
    """What data is shared under an agreement: its entry in the register."""
    entry = DataSharing.objects.filter(agreement=agreement).first()
    form = SharingForm(request.POST or None, instance=entry)
    if saved(request, form, services.register_sharing, agreement=agreement):
        return _to_page(request, agreement)
    return _of(request, form, agreement, _("Shared data"), _("Save this entry"))


@access()
def register(request: MemberRequest) -> HttpResponse:
    """Which data the district shares, with whom, by which right and until when."""
    context = {
        "rows": agreement_queries.sharing_register(request.membership),
        "may_edit": holds(keeps_papers, request.membership),
        "may_take_out": holds(takes_directory_out, request.membership),
    }
    return render(request, "agreements/register.html", context)


@access(see=takes_directory_out)
def register_csv(request: MemberRequest) -> StreamingHttpResponse:
    """The register as a file for a spreadsheet."""
    fields = ("data", "purpose", "legal_basis", "receivers", "protection", "destroyed_when")
    names = [str(DataSharing._meta.get_field(name).verbose_name) for name in fields]  # type: ignore[union-attr]
    lines = [[_("Partner"), _("Agreement"), *names, _("Reviewed on")]]
    for row in agreement_queries.sharing_register(request.membership):
        said = [getattr(row, name) for name in fields]
        day = row.reviewed_on.isoformat() if row.reviewed_on else ""
        lines.append([row.agreement.partner.winner.name, row.agreement.title, *said, day])
    return as_csv(request, lines, "data-sharing")


@require_POST
@access(do=keeps_papers, of=DataSharing)
def reviewed(request: MemberRequest, entry: DataSharing) -> HttpResponseRedirect:
    """Somebody read the entry today, and it is right."""
    with suppress(ChangedMeanwhile):
        services.review_sharing(entry=entry, by=request.membership)
        messages.success(request, _("Reviewed today, under your name."))
    return redirect_in(request.district, "agreements:register")


def _within(request: MemberRequest) -> int:
    asked = request.GET.get("within", "")
    return next((days for days in agreement_queries.WITHIN if str(days) == asked), 90)


def _to_page(request: MemberRequest, agreement: Agreement) -> HttpResponseRedirect:
    return redirect_in(request.district, "agreements:page", uid=agreement.uid)


def _of(
    request: MemberRequest, form: Any, agreement: Agreement, title: str, submit: str, **how: Any
) -> HttpResponse:
    """A form about one agreement, which leads back to its page."""
    back = url_in(request.district, "agreements:page", uid=agreement.uid)
    return _form(request, form, agreement.partner.winner, title, submit, back, **how)


def _form(
    request: MemberRequest,
    form: Any,
    partner: Partner,
    title: str,
    submit: str,
    back: str,
    danger: bool = False,
    template: str = "partners/form.html",
) -> HttpResponse:
    context = {"form": form, "partner": partner, "title": title, "submit": submit, "back": back}
    return render(request, template, context | {"danger": danger})
