"""To whom a letter goes: another person, where the one whom it names has left."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.models import Membership
from accounts.predicates import holds
from accounts.urls_in import coming_back, redirect_in, url_in
from accounts.versions import ChangedMeanwhile
from letters import queries, services
from letters.addressing import has_left, left_words
from letters.forms import AddressForm
from letters.models import Letter
from letters.rules import writes
from partners.models import Partner
from partners.rules import edits_directory

from .acts import NOT_DONE


@require_POST
@access(of=Letter, do=writes)
def address(request: MemberRequest, letter: Letter) -> HttpResponseRedirect:
    """Let a letter that waits go to another person at the partner."""
    form = AddressForm(request.POST, letter=letter)
    if not form.is_valid():
        messages.error(request, _("Choose to whom this letter goes."))
        return redirect_in(request.district, "letters:page", uid=letter.uid)
    try:
        services.address_to(letter=letter, by=request.membership, **form.cleaned_data)
    except (ChangedMeanwhile, services.NotThisState):
        messages.error(request, NOT_DONE["changed"]())
    else:
        name = letter.contact.name
        messages.success(request, _("The letter goes to %(name)s now. Read it once more.") % {"name": name})
    return redirect_in(request.district, "letters:page", uid=letter.uid)


def about_contact(letter: Letter, by: Membership) -> dict[str, Any]:
    """What a page says of a letter whose contact has left: `gone` in words, and whom one can choose.

    Out: {} where the contact is still there; else gone, somebody_else and, where nobody else is there,
    add_contact_url for those who may add somebody. At most one query.
    """
    if not has_left(letter.contact):
        return {}
    partner = letter.partnership.partner.winner
    return {
        "gone": left_words(letter.contact),
        "somebody_else": queries.contacts_of(letter.partnership).exists(),
        "add_contact_url": add_contact_url(partner, "letters:page", letter, by),
    }


def add_contact_url(partner: Partner, page: str, back_to: Any, by: Membership) -> str:
    """The form that adds a person at a partner and leads back to a page; "" for who may not add one."""
    if not holds(edits_directory, by):
        return ""
    add = url_in(by.district, "partners:add_contact", uid=partner.uid)
    return coming_back(add, url_in(by.district, page, uid=back_to.uid))
