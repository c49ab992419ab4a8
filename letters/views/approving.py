"""What district staff approve: letters that wait for it, schools' texts, and whether those need it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.rules import is_staff, works_here
from accounts.urls_in import redirect_in
from accounts.versions import ChangedMeanwhile
from letters import queries, services, text_queries
from letters.enums import State
from letters.models import Letter, Template
from letters.rules import is_a_schools
from letters.text_forms import LetterReviewForm, ReviewForm

from .acts import NOT_DONE


@access(see=is_staff)
def approvals(request: MemberRequest) -> HttpResponse:
    """Letters and schools' texts that wait for district staff, and the rule for schools' texts."""
    context = {
        "letters": queries.to_approve_page(request.membership),
        "versions": text_queries.texts_to_approve(request.membership),
        "needs_approval": text_queries.needs_approval(),
    }
    return render(request, "letters/texts/approvals.html", context)


@require_POST
@access(see=is_staff)
def text_rule(request: MemberRequest) -> HttpResponseRedirect:
    """Say whether schools' own texts are used only once they were approved."""
    needed = request.POST.get("needed") == "yes"
    services.set_text_rule(needed=needed, by=request.membership)
    if needed:
        messages.success(request, _("Schools' own texts are used only once you approved them."))
    else:
        messages.success(request, _("Schools use their own texts as soon as they save them."))
    return redirect_in(request.district, "letters:approvals")


@require_POST
@access(see=works_here, do=is_staff & is_a_schools, of=Template)
def review_text(request: MemberRequest, template: Template) -> HttpResponseRedirect:
    """Approve the version of a school's text that was on the screen, or say what should change."""
    form = ReviewForm(request.POST, template=template)
    try:
        if form.is_valid():
            review = services.review_text(by=request.membership, **form.cleaned_data)
            messages.success(
                request,
                _("Approved.") if review.approved else _("Your note stands beside the text."),
            )
        else:
            messages.error(request, _("Somebody saved this text meanwhile. Here it is as it stands now."))
    except services.ReasonMissing:
        messages.error(request, _("Say in the note what should change."))
    return redirect_in(request.district, "letters:text", uid=template.uid)


@require_POST
@access(do=is_staff, of=Letter)
def approve(request: MemberRequest, letter: Letter) -> HttpResponseRedirect:
    """Let a letter go to its signer, or give it back with a note to those who prepared it."""
    form = LetterReviewForm(request.POST)
    if not form.is_valid():
        messages.error(request, NOT_DONE["changed"]())
        return redirect_in(request.district, "letters:page", uid=letter.uid)
    said = {name: form.cleaned_data[name] for name in ("version", "note")}
    try:
        if form.cleaned_data["approved"]:
            services.approve_letter(letter=letter, by=request.membership, **said)
        else:
            services.send_back(letter=letter, by=request.membership, **said)
    except services.ReasonMissing:
        messages.error(request, _("Say in the note what should change."))
    except (ChangedMeanwhile, services.NotThisState):
        messages.error(request, NOT_DONE["changed"]())
    else:
        messages.success(request, _said_words(letter))
        return redirect_in(request.district, "letters:approvals")
    return redirect_in(request.district, "letters:page", uid=letter.uid)


def _said_words(letter: Letter) -> str:
    if letter.state == State.TO_SIGN:
        signer = letter.signer.user.name if letter.signer else ""
        return _("Approved. %(signer)s finds it under “To sign”.") % {"signer": signer}
    name = letter.prepared_by.user.name
    return _("Sent back with your note. %(name)s finds it on Today.") % {"name": name}
