"""One letter: read, signed, sent back, kept as signed, answered, withdrawn."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.deputies import signs_for
from accounts.forms import VersionForm
from accounts.rules import is_staff
from accounts.urls_in import redirect_in, url_in
from accounts.versions import ChangedMeanwhile
from letters import going_out, queries, services
from letters.composing import as_it_stands, for_signature
from letters.enums import Answer, EventKind, State
from letters.forms import AddressForm, NoteForm, ReplyForm
from letters.models import Letter, Reply, SignedLetter
from letters.placeholders import Placeholder
from letters.recent import recent_letters
from letters.rules import is_signed, signs, writes
from letters.sheet import preview

from .acts import NOT_DONE, carry_out
from .contact import about_contact


@access(of=Letter)
def page(request: MemberRequest, letter: Letter) -> HttpResponseBase:
    """A letter as it stands: for its signer with Sign and Send back; once signed, as it was signed."""
    if letter.state == State.DRAFT and writes(request.membership, letter):
        return redirect_in(request.district, "letters:edit", uid=letter.uid)
    whole = queries.whole(Letter.objects.filter(pk=letter.pk)).get()
    context: dict[str, Any] = {
        "letter": whole,
        "history": queries.history(whole),
        "may_write": writes(request.membership, whole),
        "may_sign": signs(request.membership, whole),
        "version": {"version": whole.version},
        "sheet": preview(as_it_stands(whole), request.membership),
    }
    if whole.signed_at is None:
        latest = context["history"][-1] if context["history"] else None
        given_up = latest if latest and latest.kind == EventKind.VOIDED else None
        context |= {
            "given_up": given_up,
            "approvals": queries.approvals(whole),
            "may_approve": whole.waits_for_approval and is_staff(request.membership),
            **_before_signing(request, whole),
        }
        return render(request, "letters/waiting.html", context)
    kept = queries.kept_as_signed(whole)
    context |= {
        "signed": kept,
        "partner_then": kept.values[Placeholder.PARTNER_NAME],
        "replies": queries.replies(whole),
        "posted": going_out.posted(whole),
        "stage_moved": going_out.stage_moved(whole),
        "by_hand": going_out.reply_by_hand(whole),
        "replacing": whole.replaced_by.exclude(state=State.DISCARDED).last(),
        "form": ReplyForm(),
    }
    return render(request, "letters/signed.html", context)


@require_POST
@access(of=Letter, do=signs)
def sign(request: MemberRequest, letter: Letter) -> HttpResponseRedirect:
    """Sign the version that was on the screen."""
    form = VersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, NOT_DONE["changed"]())
        return redirect_in(request.district, "letters:page", uid=letter.uid)
    letter.version = form.cleaned_data["version"]
    return carry_out(request, letter, "sign")


@require_POST
@access(of=Letter, do=signs)
def send_back(request: MemberRequest, letter: Letter) -> HttpResponseRedirect:
    """Give it back to those who prepared it, with a note."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say in the note what should change."))
        return redirect_in(request.district, "letters:page", uid=letter.uid)
    try:
        services.send_back(letter=letter, by=request.membership, **form.cleaned_data)
    except (ChangedMeanwhile, services.NotThisState):
        messages.error(request, NOT_DONE["changed"]())
        return redirect_in(request.district, "letters:page", uid=letter.uid)
    name = letter.prepared_by.user.name
    messages.success(request, _("Sent back with your note. %(name)s finds it on Today.") % {"name": name})
    return redirect_in(request.district, "letters:to_sign")


@access(of=Letter)
def pdf(request: MemberRequest, letter: Letter) -> HttpResponse:
    """The PDF, byte for byte as it was signed."""
    kept: SignedLetter | None = SignedLetter.objects.filter(letter=letter).first()
    if kept is None:
        raise Http404
    response = HttpResponse(bytes(kept.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{kept.reference}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@access(of=Letter, do=writes & is_signed)
def reply(request: MemberRequest, letter: Letter) -> HttpResponse:
    """Keep what the partner answered, and how we know."""
    form = ReplyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose the answer they gave."))
    else:
        kept = services.record_reply(letter=letter, by=request.membership, **form.cleaned_data)
        undo = url_in(request.district, "letters:take_reply_back", uid=letter.uid)
        messages.success(request, _answer_kept(kept), extra_tags=undo)
    return redirect_in(request.district, "letters:page", uid=letter.uid)


@require_POST
@access(of=Letter, do=writes & is_signed)
def mail(request: MemberRequest, letter: Letter) -> HttpResponse:
    """Ask that the letter is mailed."""
    form = VersionForm(request.POST)
    try:
        if form.is_valid():
            services.want_mail(letter=letter, version=form.cleaned_data["version"], by=request.membership)
            messages.success(request, _("It is in the mail going out."))
    except ChangedMeanwhile:
        messages.error(request, NOT_DONE["changed"]())
    except services.NotThisState:
        messages.error(request, _("Their record has no e-mail address, or the letter was withdrawn."))
    return redirect_in(request.district, "letters:page", uid=letter.uid)


@require_POST
@access(of=Letter, do=signs & is_signed)
def withdraw(request: MemberRequest, letter: Letter) -> HttpResponse:
    """Say that the letter no longer stands; whoever checks its code reads so."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say in a few words why it is withdrawn."))
        return redirect_in(request.district, "letters:page", uid=letter.uid)
    try:
        services.withdraw_letter(
            letter=letter,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["note"],
            by=request.membership,
        )
    except (ChangedMeanwhile, services.NotThisState):
        messages.error(request, NOT_DONE["changed"]())
    else:
        words = _("%(reference)s is withdrawn. Whoever checks its code reads so from now on.")
        messages.success(request, words % {"reference": letter.reference})
    return redirect_in(request.district, "letters:page", uid=letter.uid)


def _before_signing(request: MemberRequest, letter: Letter) -> dict[str, Any]:
    """What one should know of a letter that waits: what else the partner got, whether its contact has left;
    and who signs sees the sheet as they would sign it, a deputy also for whom."""
    if letter.state != State.TO_SIGN:
        return {}
    by = request.membership
    known: dict[str, Any] = {
        "recent": recent_letters(letter.partnership.partner, letter.school, by),
        **about_contact(letter, by),
    }
    if known.get("gone") and writes(by, letter):
        known["address_form"] = AddressForm(letter=letter)
    principal = signs_for(by, letter.school_id, letter.signer_id)
    if principal is not None:
        known["sheet"] = preview(for_signature(letter, by, principal), by)
        known["signs_for"] = principal if principal.pk != by.pk else None
    return known


def _answer_kept(reply: Reply) -> str:
    kept = _("Kept: %(partner)s answered “%(answer)s”.") % {
        "partner": reply.letter.partnership.partner.name,
        "answer": reply.get_answer_display(),
    }
    if reply.answer == Answer.NOT_NOW:
        return kept
    return " ".join([kept, _("It stays on Today until somebody has talked with them.")])
