"""Letters to many: the table of what would go wrong, the signature of all in one act, and what goes out."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.deputies import signs_for
from accounts.forms import VersionForm
from accounts.job_pages import answer_to_poll, shown_to
from accounts.predicates import holds
from accounts.rules import steers_job, works_here
from accounts.urls_in import redirect_in
from accounts.versions import ChangedMeanwhile
from letters import batch_files, batch_pages, services
from letters.batch_enums import BatchState
from letters.batch_forms import BatchForm
from letters.forms import NoteForm
from letters.models import Batch
from letters.rules import signs, writes
from press.documents import PressUnavailable

from .acts import NOT_DONE


@access(see=works_here)
def batches(request: MemberRequest) -> HttpResponse:
    """The latest batches of one's schools."""
    found = batch_pages.batches_page(request.membership)
    return render(request, "letters/batches/list.html", {"batches": found})


@access(of=Batch)
def page(request: MemberRequest, batch: Batch) -> HttpResponse:
    """A batch as it stands: the table to mend, the letters to sign, how far the signing is, what goes out."""
    whole = Batch.objects.whole().get(pk=batch.pk)
    if whole.state == BatchState.PREPARING:
        return _preparing(request, whole, BatchForm(batch=whole))
    if whole.state == BatchState.TO_SIGN:
        return _waiting(request, whole)
    if whole.state == BatchState.CANCELLED:
        return render(request, "letters/batches/cancelled.html", {"batch": whole})
    return _signed(request, whole)


@require_POST
@access(of=Batch, do=writes)
def mend(request: MemberRequest, batch: Batch) -> HttpResponse:
    """Keep what was chosen in the table; then look again, or hand the letters in."""
    whole = Batch.objects.whole().get(pk=batch.pk)
    form = BatchForm(request.POST, batch=whole)
    if not form.is_valid():
        if whole.state != BatchState.PREPARING:
            return _told(request, batch, NOT_DONE["state"]())
        return _preparing(request, whole, form)
    chosen = form.cleaned_data

    def keep() -> str:
        services.mend_batch(
            batch=whole,
            version=chosen["version"],
            choices=form.choices,
            by=request.membership,
            reason=chosen["reason"],
            by_mail=chosen["by_mail"],
        )
        if request.POST.get("then") != "hand_in":
            return _("Kept, and looked at again.")
        shown = request.POST.get("shown", "")
        return _handed_in(whole, int(shown) if shown.isdecimal() else 0, request)

    return _carry_out(request, batch, keep)


@require_POST
@access(of=Batch, do=signs)
def sign(request: MemberRequest, batch: Batch) -> HttpResponse:
    """Sign all letters of the batch as they were on the screen."""

    def signed() -> str:
        services.sign_batch(batch=batch, version=_version(request), by=request.membership)
        return _("Signed. The letters are being printed; you can leave this page.")

    return _carry_out(request, batch, signed)


@require_POST
@access(of=Batch, do=signs)
def send_back(request: MemberRequest, batch: Batch) -> HttpResponse:
    """Give the batch back to those who prepared it, with a note."""
    form = NoteForm(request.POST)

    def sent_back() -> str:
        if not form.is_valid():
            raise services.ReasonMissing
        services.send_back_batch(batch=batch, by=request.membership, **form.cleaned_data)
        return _("Sent back with your note.")

    return _carry_out(request, batch, sent_back)


@require_POST
@access(of=Batch, do=writes)
def cancel(request: MemberRequest, batch: Batch) -> HttpResponse:
    """Give the batch up before it is signed."""

    def cancelled() -> str:
        services.cancel_batch(batch=batch, version=_version(request), by=request.membership)
        return _("Cancelled. None of its letters goes out.")

    return _carry_out(request, batch, cancelled)


@access(of=Batch)
def print_part(request: MemberRequest, batch: Batch, number: int) -> HttpResponse:
    """One file for the printer: the signed pages in the order of the envelopes."""
    found = {part.number: part for part in batch_files.parts(batch_files.printed_of(batch).count())}
    if number not in found:
        raise Http404
    part = found[number]
    name = f"letters-{part.first}-{part.last}.pdf"
    return _as_file(batch_files.print_file(batch, part), "application/pdf", name)


@access(of=Batch)
def labels(request: MemberRequest, batch: Batch) -> HttpResponse:
    """Address labels in the same order."""
    if not batch_files.printed_of(batch).exists():
        raise Http404
    try:
        content = batch_files.labels(batch)
    except PressUnavailable:
        return _told(request, batch, _("The labels cannot be printed right now. Try again in a minute."))
    except services.CannotPrint as refused:
        return _told(request, batch, _("The labels cannot be printed. %(why)s") % {"why": refused.why})
    return _as_file(content, "application/pdf", "labels-avery-5160.pdf")


@access(of=Batch)
def as_csv(request: MemberRequest, batch: Batch) -> HttpResponse:
    """The list of the signed letters."""
    content = batch_files.as_list(batch).encode("utf-8-sig")
    return _as_file(content, "text/csv; charset=utf-8", "letters.csv")


@access(of=Batch)
def as_zip(request: MemberRequest, batch: Batch) -> StreamingHttpResponse:
    """Every signed PDF."""
    response = StreamingHttpResponse(batch_files.zipped(batch), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="letters.zip"'
    return response


def _preparing(request: MemberRequest, batch: Batch, form: BatchForm) -> HttpResponse:
    shown = batch_pages.preparing_page(batch, request.membership)
    may_write = writes(request.membership, batch)
    return render(
        request, "letters/batches/preparing.html", {"page": shown, "form": form, "may_write": may_write}
    )


def _waiting(request: MemberRequest, batch: Batch) -> HttpResponse:
    membership = request.membership
    principal = signs_for(membership, batch.school_id, batch.signer_id)
    context = {
        "page": batch_pages.waiting_page(batch),
        "may_sign": principal is not None,
        "may_write": writes(membership, batch),
        "signs_for": principal if principal and principal.pk != membership.pk else None,
    }
    return render(request, "letters/batches/waiting.html", context)


def _signed(request: MemberRequest, batch: Batch) -> HttpResponse:
    found = batch_pages.signed_page(batch)
    shown = shown_to(request, found.job)
    if answer := answer_to_poll(request, shown):
        return answer
    context = {
        "page": found,
        "shown": shown,
        "steers": holds(steers_job, request.membership, found.job),
        "may_sign": signs(request.membership, batch),
        "may_write": writes(request.membership, batch),
    }
    return render(request, "letters/batches/signed.html", context)


def _handed_in(batch: Batch, shown: int, request: MemberRequest) -> str:
    count = services.hand_in_batch(batch=batch, version=batch.version, shown=shown, by=request.membership)
    words = ngettext(
        "%(n)d letter is handed in. %(signer)s finds it under “To sign”.",
        "%(n)d letters are handed in. %(signer)s finds them under “To sign”.",
        count,
    )
    return words % {"n": count, "signer": batch.signer.user.name if batch.signer else ""}


def _carry_out(request: MemberRequest, batch: Batch, act: Callable[[], str]) -> HttpResponseRedirect:
    """Do it, and say what was done, or why it was not."""
    try:
        messages.success(request, act())
    except (ChangedMeanwhile, services.NotThisState):
        messages.error(request, _("Somebody changed this meanwhile. Here it is as it stands now."))
    except services.ListChanged:
        messages.warning(
            request, _("The number of letters has changed meanwhile. Look, and hand them in again.")
        )
    except services.NothingToSign:
        messages.error(request, _("There is no letter to hand in yet, or nobody signs for the school."))
    except services.ReasonMissing:
        messages.error(request, _("Say in the note what should change."))
    except services.LetterTooLong:
        messages.error(request, _("The longest of these letters is longer than a page."))
    except PressUnavailable:
        messages.error(request, NOT_DONE["press"]())
    except services.CannotPrint as refused:
        messages.error(request, _("The letter cannot be printed. %(why)s") % {"why": refused.why})
    return redirect_in(request.district, "letters:batch", uid=batch.uid)


def _version(request: MemberRequest) -> int:
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise ChangedMeanwhile
    version: int = form.cleaned_data["version"]
    return version


def _told(request: MemberRequest, batch: Batch, words: str) -> HttpResponseRedirect:
    messages.error(request, words)
    return redirect_in(request.district, "letters:batch", uid=batch.uid)


def _as_file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
