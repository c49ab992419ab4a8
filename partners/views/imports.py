"""Taking a community directory file in: upload, progress, outcome."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.urls_in import redirect_in
from partners.interchange.jobs import queue_import, queue_rest
from partners.interchange.outcome import earlier_imports, import_page
from partners.models import ImportBatch
from partners.rules import edits_directory
from partners.tasks import take_in
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
            send=take_in.delay,
            by=request.membership,
        )
        return redirect_in(request.district, "partners:imported", uid=batch.uid)
    earlier = earlier_imports(request.membership)
    return render(request, "partners/import.html", {"form": form, "earlier": earlier})


@access(see=edits_directory, of=ImportBatch)
def imported(request: MemberRequest, batch: ImportBatch) -> HttpResponse:
    """How far an import is, and what came of it; one can leave the page and come back.

    An open page asks by itself, naming what it has shown: it is answered where there is news, and loaded
    anew where the import has ended.
    """
    page = import_page(batch)
    if "HX-Request" in request.headers and not page.is_under_way:
        return HttpResponse(headers={"HX-Refresh": "true"})
    if "HX-Request" in request.headers and request.GET.get("seen") == page.mark:
        return HttpResponse(status=204)
    return render(request, "partners/imported.html", {"page": page, "batch": batch})


@require_POST
@access(see=edits_directory, of=ImportBatch)
def import_rest(request: MemberRequest, batch: ImportBatch) -> HttpResponse:
    """Take the file in without the rows that can't be used."""
    queue_rest(batch=batch, send=lambda job_id: take_in.delay(job_id, leave_out=True), by=request.membership)
    return redirect_in(request.district, "partners:imported", uid=batch.uid)
