"""Letters that wait for a signature, one after the other: read and put off, and signed together."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.deputies import may_sign
from accounts.forms import VersionForm
from accounts.urls_in import redirect_in, url_in
from accounts.versions import ChangedMeanwhile
from letters import queries, services
from letters.models import Letter
from letters.rules import signs
from letters.services.several import Tried

from .acts import NOT_DONE

WHY_NOT: dict[type[Exception], Callable[[], str]] = {
    services.NotLookedAt: lambda: _("Read it first."),
    ChangedMeanwhile: lambda: _("It reads otherwise than when you read it. Read it again."),
    services.NotThisState: lambda: _("It does not wait for a signature any more."),
    services.NotTheSigner: lambda: _("You do not sign for its school."),
}


@require_POST
@access(of=Letter, do=signs)
def later(request: MemberRequest, letter: Letter) -> HttpResponseRedirect:
    """Keep that the letter was read, and lead on to the next one that was not; after the last to the list."""
    form = VersionForm(request.POST)
    try:
        if not form.is_valid():
            raise ChangedMeanwhile
        services.look_at(letter=letter, version=form.cleaned_data["version"], by=request.membership)
    except (ChangedMeanwhile, services.NotThisState):
        messages.error(request, NOT_DONE["changed"]())
        return redirect_in(request.district, "letters:page", uid=letter.uid)
    following = queries.next_to_read(request.membership)
    if following is None:
        return redirect_in(request.district, "letters:to_sign")
    return redirect_in(request.district, "letters:page", uid=following.uid)


@require_POST
@access(see=may_sign)
def sign(request: MemberRequest) -> HttpResponseRedirect:
    """Sign those of the ticked letters that the person has read; what became of each is said."""
    ticked = _ticked(request)
    letters = queries.several(request.membership, ticked)
    if not letters:
        messages.error(request, _("Tick the letters that you want to sign."))
        return redirect_in(request.district, "letters:to_sign")
    tried = services.sign_several(letters=letters, by=request.membership)
    _tell_signed(request, [one for one in tried if one.signed is not None])
    for one in tried:
        if one.refused is not None:
            _tell_refused(request, one, one.refused)
    left = len(letters) - len(tried)
    if left:
        words = ngettext(
            "%(n)d letter was not begun and waits as before. Sign it now.",
            "%(n)d letters were not begun and wait as before. Sign them now.",
            left,
        )
        messages.warning(request, words % {"n": left})
    return redirect_in(request.district, "letters:to_sign")


def _ticked(request: HttpRequest) -> list[UUID]:
    """The letters that the form names; what is no name of a letter is passed over."""
    found = []
    for text in request.POST.getlist("letter"):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _tell_signed(request: MemberRequest, tried: Sequence[Tried]) -> None:
    """One sentence that names each signed letter with its reference, which leads to it."""
    if not tried:
        return
    begin = ngettext("%(n)d letter is signed:", "%(n)d letters are signed:", len(tried)) % {"n": len(tried)}
    each = format_html_join(
        "; ",
        _("{}, to {}"),
        ((_link(request, one.letter, str(one.signed)), _partner(one.letter)) for one in tried),
    )
    messages.success(request, format_html("{} {}.", begin, each))


def _tell_refused(request: MemberRequest, one: Tried, refused: Exception) -> None:
    """Why one letter is not signed, with its partner, which leads to it."""
    link = _link(request, one.letter, _partner(one.letter))
    if isinstance(refused, services.SignatureWaits):
        words = _(
            "{link}: signed as {reference}. The PDF is being made; there is nothing left for you to do."
        )
        messages.warning(request, format_html(words, link=link, reference=refused.reference))
        return
    messages.error(request, format_html(_("Not signed, to {link}: {why}"), link=link, why=_why(refused)))


def _why(refused: Exception) -> str:
    if isinstance(refused, services.ContactGone):
        return refused.words
    if isinstance(refused, services.LetterIncomplete):
        return " ".join(gap.words for gap in refused.problems)
    if isinstance(refused, services.CannotPrint):
        return _("The letter cannot be printed. %(why)s") % {"why": refused.why}
    return WHY_NOT[type(refused)]()


def _partner(letter: Letter) -> str:
    return str(letter.partnership.partner.name)


def _link(request: MemberRequest, letter: Letter, words: str) -> SafeString:
    page = url_in(request.district, "letters:page", uid=letter.uid)
    return format_html('<a href="{}">{}</a>', page, words)
