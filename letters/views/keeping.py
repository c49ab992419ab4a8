"""A draft that saves itself while one types (static/js/drafts.js); without the script, its button does."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import clock
from accounts.access import MemberRequest, access
from accounts.versions import ChangedMeanwhile
from letters import services
from letters.forms import DraftForm
from letters.models import Letter
from letters.rules import writes


@require_POST
@access(of=Letter, do=writes)
def keep(request: MemberRequest, letter: Letter) -> HttpResponse:
    """Save what is right of a draft's form; what is not stays in the browser, and is told on saving.

    Out: JSON with `version` and `words`; 409 with `words` where somebody else changed the letter meanwhile,
    or where it is no draft any more.
    """
    form = DraftForm(request.POST, letter=letter)
    form.is_valid()
    try:
        if form.version_seen != letter.version or _differs(letter, form.changes):
            services.edit_draft(
                letter=letter, version=form.version_seen, by=request.membership, **form.changes
            )
    except ChangedMeanwhile:
        return _refused(_("Somebody changed this letter meanwhile. Save to see both texts and compare."))
    except services.NotThisState:
        return _refused(_("This letter is not a draft any more: your text is not saved."))
    at = time_format(clock.now().astimezone(letter.school.tz), "TIME_FORMAT")
    return JsonResponse({"version": letter.version, "words": _("Saved at %(time)s") % {"time": at}})


def _differs(letter: Letter, changes: dict[str, Any]) -> bool:
    return any(getattr(letter, name) != value for name, value in changes.items())


def _refused(words: str) -> HttpResponse:
    return JsonResponse({"words": words}, status=409)
