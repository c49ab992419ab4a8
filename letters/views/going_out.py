"""A signed letter on its way: posted, answered, taken back, written anew."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.urls_in import redirect_in, url_in
from letters import services
from letters.answer_forms import AnewForm
from letters.going_out import reply_by_hand
from letters.models import Batch, Letter
from letters.rules import is_signed, writes

from .acts import NOT_DONE


def _nothing() -> str:
    return _("There is nothing to take back: it was before, or something has changed since.")


@require_POST
@access(of=Letter, do=writes & is_signed)
def posted(request: MemberRequest, letter: Letter) -> HttpResponseRedirect:
    """Say that it was printed and posted."""
    try:
        services.note_posted(letter=letter, by=request.membership)
    except services.NotThisState:
        messages.error(request, NOT_DONE["state"]())
    else:
        words = _("%(reference)s is kept as posted today.") % {"reference": letter.reference}
        undo = url_in(request.district, "letters:not_posted", uid=letter.uid)
        messages.success(request, words, extra_tags=undo)
    return redirect_in(request.district, "letters:page", uid=letter.uid)


@require_POST
@access(of=Letter, do=writes & is_signed)
def not_posted(request: MemberRequest, letter: Letter) -> HttpResponseRedirect:
    """Take back that it was posted, and the stage that this moved."""
    try:
        services.take_posting_back(letter=letter, by=request.membership)
    except services.NothingToTakeBack:
        messages.error(request, _nothing())
    else:
        messages.success(request, _("Taken back: %(reference)s waits to be posted.") % {"reference": letter})
    return redirect_in(request.district, "letters:page", uid=letter.uid)


@require_POST
@access(of=Batch, do=writes)
def batch_posted(request: MemberRequest, batch: Batch) -> HttpResponseRedirect:
    """Say that all letters of a batch that go on paper were printed and posted."""
    count = services.note_batch_posted(batch=batch, by=request.membership)
    if count:
        words = ngettext(
            "%(n)d letter is kept as posted today.", "%(n)d letters are kept as posted today.", count
        )
        undo = url_in(request.district, "letters:batch_not_posted", uid=batch.uid)
        messages.success(request, words % {"n": count}, extra_tags=undo)
    else:
        messages.info(request, _("All of them were posted before."))
    return redirect_in(request.district, "letters:batch", uid=batch.uid)


@require_POST
@access(of=Batch, do=writes)
def batch_not_posted(request: MemberRequest, batch: Batch) -> HttpResponseRedirect:
    """Take back that a batch's letters were posted, and the stages that this moved."""
    try:
        count = services.take_batch_posting_back(batch=batch, by=request.membership)
    except services.NothingToTakeBack:
        messages.error(request, _nothing())
    else:
        words = ngettext(
            "Taken back: %(n)d letter waits to be posted.",
            "Taken back: %(n)d letters wait to be posted.",
            count,
        )
        messages.success(request, words % {"n": count})
    return redirect_in(request.district, "letters:batch", uid=batch.uid)


@require_POST
@access(of=Letter, do=writes & is_signed)
def take_reply_back(request: MemberRequest, letter: Letter) -> HttpResponseRedirect:
    """Take back the answer that one of us recorded last."""
    reply = reply_by_hand(letter)
    try:
        if reply is None:
            raise services.NothingToTakeBack
        services.take_reply_back(reply=reply, by=request.membership)
    except services.NothingToTakeBack:
        messages.error(request, _nothing())
    else:
        words = _("The answer “%(answer)s” is taken back.") % {"answer": reply.get_answer_display()}
        messages.success(request, words)
    return redirect_in(request.district, "letters:page", uid=letter.uid)


@require_POST
@access(of=Letter, do=writes & is_signed)
def take_stage_back(request: MemberRequest, letter: Letter) -> HttpResponseRedirect:
    """Restore the stage that stood before this letter moved it."""
    try:
        stage = services.take_stage_back(letter=letter, by=request.membership)
    except services.NothingToTakeBack:
        messages.error(request, _nothing())
    else:
        messages.success(request, _("The stage is “%(stage)s” again.") % {"stage": stage.label})
    return redirect_in(request.district, "letters:page", uid=letter.uid)


@require_POST
@access(of=Letter, do=writes & is_signed)
def anew(request: MemberRequest, letter: Letter) -> HttpResponseRedirect:
    """Start the letter that takes this one's place."""
    form = AnewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say in a few words, at most 255 characters, why it is written anew."))
        return redirect_in(request.district, "letters:page", uid=letter.uid)
    try:
        draft = services.write_anew(letter=letter, reason=form.cleaned_data["note"], by=request.membership)
    except services.NotThisState:
        messages.error(request, NOT_DONE["state"]())
        return redirect_in(request.district, "letters:page", uid=letter.uid)
    words = _("Here is the new draft. %(reference)s is withdrawn once this one is signed.")
    messages.success(request, words % {"reference": letter.reference})
    return redirect_in(request.district, "letters:page", uid=draft.uid)
