"""Possible partners nearby: the register of nonprofits, from which one is picked."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.models import District, School
from accounts.urls_in import redirect_in
from partners.enums import Sector
from partners.models import Nonprofit
from partners.nonprofit_queries import PAGE, nonprofits_near
from partners.queries import covered_schools
from partners.rules import picks_nonprofits
from partners.services.nonprofits import PartnerAlready, pick_nonprofit


@access(see=picks_nonprofits)
def possible(request: MemberRequest) -> HttpResponse:
    """Nonprofits by place, name and sector, near one's school at first."""
    schools = covered_schools(request.membership)
    school = _chosen(request, request.GET.get("school", ""), schools)
    typed = {name: _typed(request, name) for name in ("place", "q", "sector")}
    if typed["sector"] not in Sector:
        typed["sector"] = ""
    near: str | School | District = typed["place"] or school or request.district
    found = nonprofits_near(near, typed["sector"], PAGE + 1, name=typed["q"])
    context = {
        "found": found[:PAGE],
        "more": len(found) > PAGE,
        "is_empty": not found and not Nonprofit.objects.exists(),
        "schools": schools,
        "school": school,
        "sectors": Sector.choices,
        **typed,
    }
    return render(request, "partners/possible.html", context)


@require_POST
@access(see=picks_nonprofits)
def pick(request: MemberRequest, ein: str) -> HttpResponse:
    """Make a nonprofit a possible partner of one's school, or of the district."""
    nonprofit = get_object_or_404(Nonprofit, ein=ein)
    school = _chosen(request, request.POST.get("school", ""), covered_schools(request.membership))
    try:
        partner = pick_nonprofit(nonprofit=nonprofit, school=school, by=request.membership)
        messages.success(request, _("Added as a possible partner. Next: write to them."))
    except PartnerAlready as already:
        [partner] = already.args
        messages.info(request, _("This one is a partner already. Here it is."))
    return redirect_in(request.district, "partners:page", uid=partner.uid)


def _typed(request: MemberRequest, name: str) -> str:
    """What was typed, without a NUL, which the database does not take as text."""
    return request.GET.get(name, "").replace("\0", "").strip()[:100]


def _chosen(request: MemberRequest, slug: str, schools: list[School]) -> School | None:
    """The school of that short name, else the member's first; for the district's own people none.

    Raises Http404 where the member has no school that is open.
    """
    named = next((school for school in schools if school.slug == slug), None)
    if named or request.membership.whole_district:
        return named
    if not schools:
        raise Http404
    return schools[0]
