"""The September roster: a page with one form."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import clock
from accounts.access import MemberRequest, access
from accounts.models import School
from accounts.rules import is_principal
from accounts.urls_in import redirect_in, url_in
from partners import services
from partners.roster_forms import RosterForm
from partners.roster_queries import roster_of
from partners.rules import answers_roster


@access(do=is_principal)
def mine(request: MemberRequest) -> HttpResponse:
    """The roster of one's school, or which of one's schools."""
    schools = list(School.objects.reached_by(request.membership))
    if len(schools) == 1:
        return redirect_in(request.district, "building:roster", uid=schools[0].uid)
    return render(request, "building/rosters.html", {"schools": schools})


@access(do=answers_roster, of=School)
def roster(request: MemberRequest, school: School) -> HttpResponse:
    """Which partners are still here, which are gone, and who is missing."""
    rows = roster_of(school)
    form = RosterForm(request.POST or None, rows=rows)
    if form.is_valid():
        services.answer_roster(school=school, by=request.membership, **form.said)
        messages.success(request, _kept(form.left_open))
        return redirect_in(request.district, "building:list")
    context = {
        "form": form,
        "school": school,
        "rows": rows,
        "year": school.district.school_year_of(clock.today(school)),
        "back": url_in(request.district, "building:list"),
    }
    return render(request, "building/roster.html", context)


def _kept(left_open: int) -> str:
    """That it is kept, and how many wait still."""
    if not left_open:
        return _("Kept. The list of this school is as you said.")
    words = ngettext(
        "Kept. %(n)s partner still waits for your answer.",
        "Kept. %(n)s partners still wait for your answer.",
        left_open,
    )
    return words % {"n": left_open}
