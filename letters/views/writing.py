"""Writing a letter: who and what, then text and values with the sheet beside them."""

from contextlib import suppress
from typing import Any, cast

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.forms import VersionForm
from accounts.models import School
from accounts.urls_in import redirect_in
from accounts.versions import ChangedMeanwhile
from letters import queries, refusals, services
from letters.addressing import gone_words, has_left
from letters.composing import as_it_stands, compose
from letters.draft_rows import draft_rows
from letters.enums import EventKind, State
from letters.forms import DraftForm, WhoForm
from letters.meanings import side_list
from letters.missing import left_out_of, missing_of
from letters.models import Letter
from letters.picture_queries import bytes_for
from letters.reading import problem_links, value_rows
from letters.recent import recent_letters
from letters.rules import signs, writes
from letters.sheet import Sheet, preview, proof
from partners.models import Partnership
from press import client
from press.documents import PressUnavailable, Refusal

from .acts import NOT_DONE, carry_out
from .contact import about_contact, add_contact_url


@access(of=Partnership, do=writes)
def write(request: MemberRequest, partnership: Partnership) -> HttpResponseBase:
    """Who and what; all is proposed, so that one click leads on, or, for who signs, to the signature."""
    form = WhoForm(request.POST or None, partnership=partnership, by=request.membership)
    if form.is_valid():
        letter = services.prepare_letter(partnership=partnership, by=request.membership, **form.cleaned_data)
        if letter.state != State.DRAFT:  # a second click: the first one has signed it already
            return redirect_in(request.district, "letters:page", uid=letter.uid)
        if request.POST.get("then") == "sign":
            return carry_out(request, letter, "sign")
        own = signs(request.membership, letter)
        next_act = _("Check it, then sign it.") if own else _("Check it, then hand it in for signature.")
        messages.success(request, " ".join([_("Your draft is kept."), next_act]))
        return redirect_in(request.district, "letters:edit", uid=letter.uid)
    partner, school = partnership.partner.winner, cast("School", partnership.school)  # `writes` asks for one
    context: dict[str, Any] = {
        "form": form,
        "partnership": partnership,
        "may_sign": False,
        "recent": recent_letters(partner, school, request.membership),
        "add_contact_url": add_contact_url(partner, "letters:write", partnership, request.membership),
    }
    if form.initial["contact"] and not form.is_bound:
        names = ("contact", "kind", "language")
        proposed = services.propose_letter(
            partnership=partnership, by=request.membership, **{name: form.initial[name] for name in names}
        )
        sheet = compose(proposed)
        context |= {
            "proposed": proposed,
            "sheet": preview(sheet, request.membership),
            "problems_in_sheet": sheet.problems,
            "may_sign": signs(request.membership, proposed)
            and not sheet.problems
            and not form.fit.always_reason,
        }
    return render(request, "letters/write.html", context)


@access(of=Letter, do=writes)
def edit(request: MemberRequest, letter: Letter) -> HttpResponseBase:
    """Text, people and dates of a draft; saving shows the sheet anew, handing in leads to its signer."""
    if letter.state != State.DRAFT:
        return redirect_in(request.district, "letters:page", uid=letter.uid)
    form = DraftForm(request.POST or None, letter=letter)
    if not form.is_valid():
        return show_draft(request, letter, form)
    try:
        services.edit_draft(
            letter=letter, version=form.cleaned_data["version"], by=request.membership, **form.changes
        )
    except ChangedMeanwhile:
        return show_conflict(request, letter, form)
    except services.NotThisState:
        messages.error(request, NOT_DONE["state"]())
        return redirect_in(request.district, "letters:page", uid=letter.uid)
    act = request.POST.get("then", "")
    if act != "hand_in":  # handing in counts them itself
        _count_pages(letter)
    if act in ("hand_in", "sign"):
        return carry_out(request, letter, act)
    messages.success(request, _("Draft saved."))
    return redirect_in(request.district, "letters:edit", uid=letter.uid)


@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
@access(of=Letter)
def preview_frame(request: MemberRequest, letter: Letter) -> HttpResponse:
    """The sheet alone, for the frame beside the form."""
    whole = queries.whole(Letter.objects.filter(pk=letter.pk)).get()
    return render(request, "letters/frame.html", {"sheet": preview(as_it_stands(whole), request.membership)})


@access(of=Letter)
def proof_pdf(request: MemberRequest, letter: Letter) -> HttpResponseBase:
    """The printed page of a letter that is not signed yet: gaps are named on it, and it has no code.

    A signature leaves one printed page, the PDF that is kept: this leads there.
    """
    if letter.signed_at is not None:
        return redirect_in(request.district, "letters:pdf", uid=letter.uid)
    if letter.state == State.SIGNING:
        messages.info(request, _("It is signed, and its PDF is being made. Look again in a minute."))
        return redirect_in(request.district, "letters:page", uid=letter.uid)
    whole = queries.whole(Letter.objects.filter(pk=letter.pk)).get()
    sheet = compose(whole)
    try:
        [made] = client.render([proof(sheet, bytes_for(sheet))])
    except PressUnavailable:
        messages.error(request, NOT_DONE["press"]())
        return redirect_in(request.district, "letters:page", uid=letter.uid)
    if isinstance(made, Refusal):
        messages.error(request, refusals.sentence(refusals.kept(made)))
        return redirect_in(request.district, "letters:page", uid=letter.uid)
    return HttpResponse(made.content, content_type="application/pdf")


@require_POST
@access(of=Letter, do=writes)
def discard(request: MemberRequest, letter: Letter) -> HttpResponseRedirect:
    """Take a draft out of the lists."""
    form = VersionForm(request.POST)
    if form.is_valid():
        try:
            services.discard_letter(
                letter=letter, version=form.cleaned_data["version"], by=request.membership
            )
        except (ChangedMeanwhile, services.NotThisState):
            messages.error(request, NOT_DONE["changed"]())
            return redirect_in(request.district, "letters:edit", uid=letter.uid)
        partner = letter.partnership.partner.name
        messages.success(request, _("The draft to %(partner)s is discarded.") % {"partner": partner})
    return redirect_in(request.district, "letters:list")


def _count_pages(letter: Letter) -> None:
    """Count a draft's pages for the warning; while it cannot be printed there is none, and it is saved."""
    with suppress(PressUnavailable, services.CannotPrint):
        services.count_pages(letter=letter)


def show_draft(request: MemberRequest, letter: Letter, form: DraftForm, **more: Any) -> HttpResponse:
    """The page of a draft, with the form as it was typed: what is missing first, then text and sheet."""
    whole = queries.whole(Letter.objects.filter(pk=letter.pk)).get()
    sheet = compose(whole)
    asked = "check" in request.GET and not form.is_bound
    context = {
        "letter": whole,
        "form": form,
        "fields": draft_rows(form, whole),
        "sheet": sheet,
        "rows": value_rows(whole, sheet, request.membership),
        "missing": [(row, form.field_for(row.name)) for row in missing_of(whole, sheet, request.membership)],
        "left_out": left_out_of(whole, sheet),
        "problems": _problems(whole, sheet) if asked else [],
        "placeholders": side_list(sheet.values),
        "may_sign": signs(request.membership, letter),
        "sent_back": letter.events.filter(kind=EventKind.SENT_BACK).select_related("by__user").last(),
        "recent": recent_letters(whole.partnership.partner, whole.school, request.membership),
        **about_contact(whole, request.membership),
        **more,
    }
    return render(request, "letters/edit.html", context)


def _problems(letter: Letter, sheet: Sheet) -> list[tuple[str, str]]:
    """What keeps a draft from its signature, each with where to mend it."""
    gone = [("#id_contact", gone_words(letter.contact))] if has_left(letter.contact) else []
    return [*gone, *(problem_links(sheet.problems) if sheet.problems or not letter.signer else [])]


def show_conflict(request: MemberRequest, letter: Letter, form: DraftForm) -> HttpResponse:
    """Keep what was typed, and let it be saved over what somebody else saved meanwhile."""
    letter.refresh_from_db()
    form.data = {name: form.data[name] for name in form.data} | {"version": str(letter.version)}
    form.add_error(
        None, _("Somebody changed this letter meanwhile. Your text is below; compare and save again.")
    )
    return show_draft(request, letter, form)
