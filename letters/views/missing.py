"""A draft's missing values: typed for this letter alone, or left out with their sentence, and back again.

Each is a button of the draft's own form, so that what else was typed is saved with it.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.urls_in import redirect_in
from accounts.versions import ChangedMeanwhile
from letters import queries, services
from letters.composing import compose
from letters.forms import BLOCK_PREFIX, DraftForm
from letters.missing import as_read
from letters.missing_forms import SUPPLIED_PREFIX
from letters.models import Letter
from letters.placeholders import in_words
from letters.rules import writes
from letters.second import block_words

from .acts import NOT_DONE
from .writing import show_conflict, show_draft


@require_POST
@access(of=Letter, do=writes)
def supply(request: MemberRequest, letter: Letter) -> HttpResponseBase:
    """Keep the values that were typed for this letter alone; `take_back` names one that goes again."""
    taken_back = request.POST.get("take_back", "")
    typed = request.POST.copy()
    if taken_back:
        typed[SUPPLIED_PREFIX + taken_back] = ""
    form, at = DraftForm(typed, letter=letter), request.POST.get("at", "")
    form.full_clean()
    field = SUPPLIED_PREFIX + at
    if field in form.fields and at not in form.supplied and field not in form.errors:
        form.add_error(field, _("Type the words that stand here in this letter."))

    def save(**kept: Any) -> str:
        services.edit_draft(**kept)
        if taken_back:
            return _("The letter has what the records say again.")
        if at not in letter.supplied:
            return _("Draft saved.")
        words = _("%(value)s: “%(text)s”, in this letter alone.")
        return words % {"value": in_words(at), "text": letter.supplied[at]}

    return _save(request, letter, form, save)


@require_POST
@access(of=Letter, do=writes)
def leave_out(request: MemberRequest, letter: Letter) -> HttpResponseBase:
    """Take a sentence out; `at` says from which block, and which placeholder stands in it."""
    block, _colon, name = request.POST.get("at", "").partition(":")

    def save(**kept: Any) -> str:
        sentence = services.leave_out(**kept, block=block, name=name)
        words = _("Left out of “%(block)s”: “%(sentence)s”")
        return words % {"block": block_words(block), "sentence": _words(letter, block, sentence)}

    return _save(request, letter, DraftForm(request.POST, letter=letter), save)


@require_POST
@access(of=Letter, do=writes)
def put_back(request: MemberRequest, letter: Letter) -> HttpResponseBase:
    """Put a sentence back that was left out; `at` is its place among them."""
    at = request.POST.get("at", "")

    def save(**kept: Any) -> str:
        block, sentence = services.put_back(**kept, n=int(at) if at.isdecimal() else -1)
        return _("Back in the letter: “%(sentence)s”") % {"sentence": _words(letter, block, sentence)}

    return _save(request, letter, DraftForm(request.POST, letter=letter), save)


def _save(
    request: MemberRequest, letter: Letter, form: DraftForm, save: Callable[..., str]
) -> HttpResponseBase:
    """Do what was asked, and save what is right of the form with it; what is wrong is shown as typed."""
    right = form.is_valid()
    old = {block["name"]: block["text"] for block in form.changes["blocks"]}
    try:
        words = save(letter=letter, version=form.version_seen, by=request.membership, **form.changes)
    except ChangedMeanwhile:
        return show_conflict(request, letter, form)
    except services.NotThisState:
        messages.error(request, NOT_DONE["state"]())
        return redirect_in(request.district, "letters:page", uid=letter.uid)
    except services.NoSuchSentence:
        messages.error(request, _("This sentence is not there any more. Nothing was changed."))
        return show_draft(request, letter, form)
    messages.success(request, words)
    if right:
        return redirect_in(request.district, "letters:edit", uid=letter.uid)
    changed = {
        BLOCK_PREFIX + block["name"]: block["text"]
        for block in letter.blocks
        if block["text"] != old[block["name"]]
    }
    form.data = {name: form.data[name] for name in form.data} | changed | {"version": str(letter.version)}
    return show_draft(request, letter, form)


def _words(letter: Letter, block: str, sentence: str) -> str:
    """A block's sentence as it would read in this letter."""
    whole = queries.whole(Letter.objects.filter(pk=letter.pk)).get()
    return as_read(sentence, compose(whole), block)
