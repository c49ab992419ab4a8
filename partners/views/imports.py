"""Taking a community directory file in: upload, progress, outcome."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.job_pages import answer_to_poll, shown_to
from accounts.predicates import holds
from accounts.rules import steers_job
from accounts.urls_in import redirect_in
from partners.interchange.jobs import queue_import, queue_rest
from partners.interchange.outcome import earlier_imports, import_page
from partners.models import ImportBatch
from partners.rules import edits_directory
from partners.work_forms import ImportForm


@access(see=edits_directory)
def upload(request: MemberRequest) -> HttpResponse:
    """Hand a community directory file over."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        name, content = form.cleaned_data["upload"]
        batch = queue_import(
            name=name,
            content=content,
            source=form.cleaned_data["source"],
            by=request.membership,
        )
        return redirect_in(request.district, "partners:imported", uid=batch.uid)
    earlier = earlier_imports(request.membership)
    return render(request, "partners/import.html", {"form": form, "earlier": earlier})


@access(see=edits_directory, of=ImportBatch)
def imported(request: MemberRequest, batch: ImportBatch) -> HttpResponse:
    """How far an import is, and what came of it; one can leave the page and come back."""
    page = import_page(batch)
    shown = shown_to(request, page.job) if page.job else None
    answer = answer_to_poll(request, shown) if shown else None
    steers = bool(page.job) and holds(steers_job, request.membership, page.job)
    context = {"page": page, "batch": batch, "shown": shown, "steers": steers}
    return answer or render(request, "partners/imported.html", context)


@require_POST
@access(see=edits_directory, of=ImportBatch)
def import_rest(request: MemberRequest, batch: ImportBatch) -> HttpResponse:
    """Take the file in without the rows that can't be used."""
    queue_rest(batch=batch, by=request.membership)
    return redirect_in(request.district, "partners:imported", uid=batch.uid)
