"""Lists: all letters, those that wait for a signature, and a partner's."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access, require
from accounts.deputies import may_sign, stands_in_for
from accounts.rules import is_staff, works_here
from accounts.urls_in import redirect_in
from letters import going_out, queries
from letters.batch_pages import batches_to_sign
from letters.forms import StartForm
from letters.rules import writes
from letters.services.several import MOST
from partners.families import with_school
from partners.models import Partner
from partners.services import PartnershipExists, start_partnership


@access(see=works_here)
def letters(request: MemberRequest) -> HttpResponse:
    """Letters under way at one's own schools, those to post, and who wrote to whom in the district."""
    staff = is_staff(request.membership)
    context = {
        "page": queries.letters_page(request.membership),
        "to_approve": queries.count_to_approve(request.membership) if staff else None,
        "to_post": going_out.to_post(request.membership),
    }
    return render(request, "letters/list.html", context)


@access(see=may_sign)
def to_sign(request: MemberRequest) -> HttpResponse:
    """What waits for the signature of this principal, or of this deputy, who reads for whom."""
    letters: list[Any] = queries.to_sign_page(request.membership)
    context = {
        "letters": letters,
        "to_read": [letter for letter in letters if not letter.was_read],
        "read": [letter for letter in letters if letter.was_read],
        "at_once": MOST,
        "batches": batches_to_sign(request.membership),
        "stands_in_for": stands_in_for(request.membership),
    }
    return render(request, "letters/to_sign.html", context)


@access(of=Partner)
def of_partner(request: MemberRequest, partner: Partner) -> HttpResponse:
    """A partner's tab: its letters, and a start for one more."""
    may_write = works_here(request.membership)
    context = {
        "partner": partner,
        "page": queries.letters_page(request.membership, partner),
        "form": StartForm(membership=request.membership) if may_write else None,
    }
    return render(request, "letters/of_partner.html", context)


@require_POST
@access(of=Partner, do=works_here)
def start(request: MemberRequest, partner: Partner) -> HttpResponseRedirect:
    """Start a letter to a partner; one that the school does not know yet becomes a possible partner."""
    form = StartForm(request.POST, membership=request.membership)
    if not form.is_valid():
        messages.error(request, _("Choose the school that the letter comes from."))
        return redirect_in(request.district, "letters:of_partner", uid=partner.uid)
    school = form.cleaned_data["school"]
    try:
        start_partnership(partner=partner, school=school, by=request.membership)
    except PartnershipExists:  # long since, or by a second tap just now
        pass
    else:
        names = {"partner": partner.name, "school": school.name}
        messages.success(request, _("%(partner)s is now a possible partner of %(school)s.") % names)
    partnership = with_school(partner, school).earliest("pk")
    require(writes, request.membership, partnership)
    return redirect_in(request.district, "letters:write", uid=partnership.uid)
