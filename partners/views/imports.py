"""Taking a file in: handed over, its columns and schools named, looked at, taken in, taken back."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.job_pages import answer_to_poll, shown_to
from accounts.predicates import holds
from accounts.rules import steers_job
from accounts.urls_in import redirect_in
from partners.import_forms import ColumnsForm, ImportForm, SchoolsForm
from partners.interchange import wizard
from partners.interchange.jobs import NotNow, next_step, queue_import, queue_step
from partners.interchange.outcome import (
    APPLY,
    LOOK,
    UNDO,
    earlier_imports,
    import_page,
    rows_left_out,
)
from partners.interchange.preview_page import preview_page
from partners.interchange.problems import Refused
from partners.interchange.source import zipped
from partners.models import ImportBatch
from partners.rules import edits_directory, picks_nonprofits


@access(see=edits_directory)
def upload(request: MemberRequest) -> HttpResponse:
    """Hand a sheet or a community directory file over."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        name, content = form.cleaned_data["upload"]
        begin = wizard.begin_sheet if form.is_sheet else queue_import
        try:
            batch = begin(
                name=name, content=content, source=form.cleaned_data["source"], by=request.membership
            )
            return redirect_in(request.district, "partners:imported", uid=batch.uid)
        except Refused as refusal:
            form.add_error("upload", [str(problem) for problem in refusal.problems])
    earlier = earlier_imports(request.membership)
    may_pick = holds(picks_nonprofits, request.membership)
    return render(request, "partners/import.html", {"form": form, "earlier": earlier, "may_pick": may_pick})


@access(see=edits_directory, of=ImportBatch)
def columns(request: MemberRequest, batch: ImportBatch) -> HttpResponse:
    """Say what each column of a sheet is."""
    if not _is_open(batch):
        return _to_import(request, batch)
    form = ColumnsForm(request.POST or None, batch=batch, by=request.membership)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("stage", "school")}
        try:
            with next_step(batch=batch, step=LOOK, by=request.membership) as stored:
                wizard.choose_columns(batch=stored, columns=form.columns, by=request.membership, **said)
        except NotNow as reason:
            messages.warning(request, str(reason))
        return _to_import(request, batch)
    return render(request, "partners/import_columns.html", {"form": form, "batch": batch})


@require_POST
@access(see=edits_directory, of=ImportBatch)
def import_sheet(request: MemberRequest, batch: ImportBatch) -> HttpResponse:
    """Take another sheet of a workbook; where it can't be taken, the page says why."""
    if not _is_open(batch):
        return _to_import(request, batch)
    try:
        wizard.choose_sheet(batch=batch, sheet=request.POST.get("sheet", ""), by=request.membership)
        return redirect_in(request.district, "partners:import_columns", uid=batch.uid)
    except Refused as refusal:
        problems = [("#sheet", str(problem)) for problem in refusal.problems]
    form = ColumnsForm(batch=batch, by=request.membership)
    context = {"form": form, "batch": batch, "problems": problems}
    context["problems_title"] = _("Choose another sheet")
    return render(request, "partners/import_columns.html", context)


@access(see=edits_directory, of=ImportBatch)
def import_schools(request: MemberRequest, batch: ImportBatch) -> HttpResponse:
    """Say which schools are meant by names that none of them has."""
    if not _is_open(batch) or not batch.options.get("unknown"):
        return _to_import(request, batch)
    form = SchoolsForm(request.POST or None, batch=batch)
    if form.is_valid():
        try:
            with next_step(batch=batch, step=LOOK, by=request.membership) as stored:
                wizard.choose_schools(batch=stored, meant=form.meant, by=request.membership)
        except NotNow as reason:
            messages.warning(request, str(reason))
        return _to_import(request, batch)
    return render(request, "partners/import_schools.html", {"form": form, "batch": batch})


@access(see=edits_directory, of=ImportBatch)
def imported(request: MemberRequest, batch: ImportBatch) -> HttpResponse:
    """How far an import is, and what came of it; one can leave the page and come back."""
    if _is_open(batch) and batch.job is None:
        return redirect_in(request.district, "partners:import_columns", uid=batch.uid)
    page = import_page(batch)
    shown = shown_to(request, page.job) if page.job else None
    answer = answer_to_poll(request, shown) if shown else None
    if answer is None and page.is_preview and batch.options.get("unknown"):
        return redirect_in(request.district, "partners:import_schools", uid=batch.uid)
    steers = bool(page.job) and holds(steers_job, request.membership, page.job)
    context = {"page": page, "batch": batch, "shown": shown, "steers": steers}
    if page.is_preview:
        context["preview"] = preview_page(batch)
    return answer or render(request, "partners/imported.html", context)


@require_POST
@access(see=edits_directory, of=ImportBatch)
def import_apply(request: MemberRequest, batch: ImportBatch) -> HttpResponse:
    """Take a file in as it was looked at, by the look which the page showed."""
    said = {name: request.POST.getlist(name) for name in ("same", "theirs", "shown")}
    look = request.POST.get("look", "")
    try:
        with next_step(batch=batch, step=APPLY, by=request.membership, look=look) as stored:
            wizard.choose_rows(batch=stored, **said)
    except NotNow as reason:
        messages.warning(request, str(reason))
    return _to_import(request, batch)


@require_POST
@access(see=edits_directory, of=ImportBatch)
def import_undo(request: MemberRequest, batch: ImportBatch) -> HttpResponse:
    """Take an import back."""
    queue_step(batch=batch, step=UNDO, by=request.membership)
    return _to_import(request, batch)


@require_POST
@access(see=edits_directory, of=ImportBatch)
def import_look(request: MemberRequest, batch: ImportBatch) -> HttpResponse:
    """Look at the file once more, where that, or the import, was cancelled."""
    queue_step(batch=batch, step=LOOK, by=request.membership)
    return _to_import(request, batch)


@access(see=edits_directory, of=ImportBatch)
def import_left_out(request: MemberRequest, batch: ImportBatch) -> HttpResponse:
    """The rows that were left out, each with its reason: as CSV, of a directory file as a zip of CSV."""
    files = rows_left_out(batch)
    is_sheet = batch.kind == wizard.SHEET
    content = b"".join(files.values()) if is_sheet else zipped(files)
    response = HttpResponse(content, content_type="text/csv" if is_sheet else "application/zip")
    name = f"{_('left-out')}.{'csv' if is_sheet else 'zip'}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _is_open(batch: ImportBatch) -> bool:
    """Whether it is a sheet whose columns can be named: one that is not taken in yet."""
    return batch.kind == wizard.SHEET and batch.applied_at is None


def _to_import(request: MemberRequest, batch: ImportBatch) -> HttpResponseRedirect:
    return redirect_in(request.district, "partners:imported", uid=batch.uid)
