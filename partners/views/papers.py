"""A partner's papers: the tab, entering and renewing, what partners handed over, the files."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from accounts.access import MemberRequest, access
from accounts.models import StoredFile
from accounts.predicates import holds
from accounts.urls_in import redirect_back, redirect_in, way_back
from accounts.work import read_file
from partners import services
from partners.agreed_enums import PaperState
from partners.forms import VersionedForm
from partners.models import Paper, Partner
from partners.paper_forms import AcceptForm, DeclineForm, PaperForm
from partners.paper_queries import papers_of
from partners.rules import keeps_papers, opens_files

from .records import saved, values_of


@access(of=Partner)
def papers(request: MemberRequest, partner: Partner) -> HttpResponse:
    """What a partner gave us, until when it counts, and what waits for us."""
    context = {
        "partner": partner,
        "papers": papers_of(request.membership, partner),
        "may_edit": holds(keeps_papers, request.membership),
        "may_open": holds(opens_files, request.membership),
    }
    return render(request, "partners/papers.html", context)


@access(do=keeps_papers, of=Partner)
def add_paper(request: MemberRequest, partner: Partner) -> HttpResponse:
    """One more paper."""
    form = PaperForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        services.add_paper(partner=partner, by=request.membership, **values_of(form))
        messages.success(request, _("Kept. It counts from today on."))
        return redirect_back(request, request.district, "partners:papers", uid=partner.uid)
    return _form(request, form, partner, _("Add a paper"), _("Add this paper"))


@access(do=keeps_papers, of=Paper)
def renew_paper(request: MemberRequest, paper: Paper) -> HttpResponse:
    """The paper that takes the place of one that ends."""
    if paper.state != PaperState.ACCEPTED or paper.superseded_by_id is not None:
        return _meanwhile(request, paper)
    start = {"kind": paper.kind, "school": paper.school_id}
    form = PaperForm(request.POST or None, request.FILES or None, initial=start)
    if form.is_valid():
        try:
            services.add_paper(partner=paper.partner, by=request.membership, renews=paper, **values_of(form))
        except services.NotThisPaper:
            return _meanwhile(request, paper)
        messages.success(request, _("Renewed. The paper before stays in the list."))
        return _to_papers(request, paper)
    title = _("Renew: %(paper)s") % {"paper": paper.get_kind_display()}
    return _form(request, form, paper.partner, title, _("Keep the new paper"))


@access(do=keeps_papers, of=Paper)
def edit_paper(request: MemberRequest, paper: Paper) -> HttpResponse:
    """Put right what was typed of a paper."""
    if paper.state != PaperState.ACCEPTED:
        return _meanwhile(request, paper)
    form = PaperForm(request.POST or None, request.FILES or None, instance=paper)
    if saved(request, form, services.edit_paper, paper=paper):
        return _to_papers(request, paper)
    return _form(request, form, paper.partner, paper.get_kind_display(), _("Save this paper"))


@access(do=keeps_papers, of=Paper)
def accept_paper(request: MemberRequest, paper: Paper) -> HttpResponse:
    """Take a paper that a partner handed over, with the days that stand on it."""
    if paper.state != PaperState.OFFERED:
        return _meanwhile(request, paper)
    form = AcceptForm(request.POST or None, instance=paper)
    try:
        if saved(request, form, services.accept_paper, paper=paper):
            messages.success(request, _("Accepted. It counts from today on."))
            return _to_papers(request, paper)
    except services.NotThisPaper:  # the one that it renews was renewed meanwhile
        return _meanwhile(request, paper)
    title = _("Accept: %(paper)s") % {"paper": paper.get_kind_display()}
    return _form(request, form, paper.partner, title, _("Accept this paper"), paper)


@access(do=keeps_papers, of=Paper)
def decline_paper(request: MemberRequest, paper: Paper) -> HttpResponse:
    """Send a paper that a partner handed over back."""
    if paper.state != PaperState.OFFERED:
        return _meanwhile(request, paper)
    form = DeclineForm(request.POST or None, instance=paper)
    if saved(request, form, services.decline_paper, paper=paper):
        messages.success(request, _("Sent back, with your reason."))
        return _to_papers(request, paper)
    title = _("Send back: %(paper)s") % {"paper": paper.get_kind_display()}
    return _form(request, form, paper.partner, title, _("Send this paper back"), paper)


@access(do=opens_files, of=Paper)
def paper_file(request: MemberRequest, paper: Paper) -> HttpResponse:
    """The file of a paper, byte for byte as it was handed over."""
    if paper.file is None:
        raise Http404
    return as_attachment(paper.file)


def as_attachment(file: StoredFile) -> HttpResponse:
    """A kept file, to be saved and never shown inside the portal."""
    response = HttpResponse(read_file(file), content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _meanwhile(request: MemberRequest, paper: Paper) -> HttpResponseRedirect:
    """Say to the second of two people that it is decided."""
    messages.error(request, _("Somebody decided this meanwhile. Here is how it stands now."))
    return redirect_in(request.district, "partners:papers", uid=paper.partner.uid)


def _to_papers(request: MemberRequest, paper: Paper) -> HttpResponseRedirect:
    return redirect_back(request, request.district, "partners:papers", uid=paper.partner.uid)


def _form(
    request: MemberRequest,
    form: VersionedForm,
    partner: Partner,
    title: str,
    submit: str,
    offered: Paper | None = None,
) -> HttpResponse:
    back = way_back(request, request.district, "partners:papers", uid=partner.uid)
    context = {"form": form, "partner": partner, "title": title, "submit": submit, "back": back}
    return render(request, "partners/paper_form.html", context | {"offered": offered})
