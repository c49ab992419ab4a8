"""Handing in and signing, as pages ask for them: each way in which it can fail has its words."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.access import MemberRequest, require
from accounts.urls_in import redirect_in, url_in
from accounts.versions import ChangedMeanwhile
from letters import services
from letters.approval import Need
from letters.enums import State
from letters.models import MOST_PAGES, Letter
from letters.rules import signs
from press.documents import PressUnavailable

NOT_DONE: dict[str, Callable[[], str]] = {
    "changed": lambda: _("Somebody changed this letter meanwhile. Here it is as it stands now."),
    "state": lambda: _("This letter is not waiting for that any more. Here it is as it stands now."),
    "long": lambda: _("This letter is longer than a page. Shorten a part, or let it have two pages."),
    "longer": lambda: _("This letter is longer than two pages. Shorten a part and try again."),
    "press": lambda: _("The letter cannot be printed right now. It is kept; try again in a minute."),
}


def carry_out(request: MemberRequest, letter: Letter, act: str) -> HttpResponseRedirect:
    """Hand a letter in, or sign it; out comes the way to the next page, and a message says what happened."""
    if act == "sign":
        require(signs, request.membership, letter)
    try:
        words = _sign(request, letter) if act == "sign" else _hand_in(request, letter)
    except services.LetterIncomplete as gaps:
        if letter.state == State.DRAFT:
            edit = url_in(request.district, "letters:edit", uid=letter.uid)
            return HttpResponseRedirect(f"{edit}?check#errors")
        title = _("This letter can't be signed yet: something is missing")
        messages.error(request, " ".join([f"{title}.", *(gap.words for gap in gaps.problems)]))
    except services.ContactGone as gone:
        if letter.state == State.DRAFT:
            edit = url_in(request.district, "letters:edit", uid=letter.uid)
            return HttpResponseRedirect(f"{edit}?check#errors")
        messages.error(request, gone.words)
    except ChangedMeanwhile:
        messages.error(request, NOT_DONE["changed"]())
    except services.NotThisState:
        messages.error(request, NOT_DONE["state"]())
    except services.LetterTooLong as long:
        messages.error(request, NOT_DONE["longer" if long.pages > MOST_PAGES else "long"]())
    except PressUnavailable:
        messages.error(request, NOT_DONE["press"]())
    except services.CannotPrint as refused:
        messages.error(request, _("The letter cannot be printed. %(why)s") % {"why": refused.why})
    except services.SignatureWaits as waits:
        words = _("Signed as %(reference)s. The PDF is being made; there is nothing left for you to do.")
        messages.warning(request, words % {"reference": waits.reference})
    else:
        messages.success(request, words)
        return (
            redirect_in(request.district, "letters:to_sign")
            if _from_list(request, act)
            else _page(request, letter)
        )
    return _page(request, letter)


def _sign(request: MemberRequest, letter: Letter) -> str:
    try:
        signed = services.sign_letter(
            letter=letter, version=letter.version, by=request.membership, two_pages=_two_pages(request)
        )
    except services.NeedsApproval as asked:
        return _ask_approval(request, letter, asked.need)
    page = url_in(request.district, "letters:page", uid=letter.uid)
    return format_html(
        _("Signed: {link}, to {partner}."),
        link=format_html('<a href="{}">{}</a>', page, signed.reference),
        partner=letter.partnership.partner.name,
    )


def _ask_approval(request: MemberRequest, letter: Letter, need: Need) -> str:
    """Put it before district staff instead: what they approve comes back to be signed."""
    if letter.state == State.DRAFT:
        services.hand_in(
            letter=letter, version=letter.version, by=request.membership, two_pages=_two_pages(request)
        )
    else:
        services.ask_approval(letter=letter, version=letter.version, by=request.membership)
    why = {
        Need.ADDRESSEE: _("Its text is not the district's, and it goes to a business or a faith-based body."),
        Need.RULE: _("It has a text of your school's own that was not approved yet."),
    }
    then = _("It waits for district staff now. Once they approved it, it is under “To sign”.")
    return " ".join([_("Not signed yet."), why[need], then])


def _hand_in(request: MemberRequest, letter: Letter) -> str:
    services.hand_in(
        letter=letter, version=letter.version, by=request.membership, two_pages=_two_pages(request)
    )
    signer = letter.signer.user.name if letter.signer else ""
    if letter.waits_for_approval:
        words = _("Handed in. District staff approve it first; then %(signer)s finds it under “To sign”.")
        return words % {"signer": signer}
    return _("Handed in. %(signer)s finds it under “To sign”.") % {"signer": signer}


def _two_pages(request: MemberRequest) -> bool:
    """Whether the page said that the letter takes two, and the person goes on."""
    return "two_pages" in request.POST


def _from_list(request: MemberRequest, act: str) -> bool:
    """Whether the person came from the list of what waits for a signature."""
    return act == "sign" and "from_list" in request.POST


def _page(request: MemberRequest, letter: Letter) -> HttpResponseRedirect:
    return redirect_in(request.district, "letters:page", uid=letter.uid)
