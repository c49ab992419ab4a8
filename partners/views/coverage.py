"""Who serves what, and who is at the table."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.access import MemberRequest, access
from accounts.models import School
from accounts.predicates import holds
from accounts.urls_in import redirect_back, url_in, way_back
from partners.at_the_table import at_the_table
from partners.chosen_schools import ChosenSchools, chosen_schools
from partners.coverage_queries import cell_of, coverage, latest_ratings
from partners.findings import (
    findings_by_kind,
    grades_in_words,
    overlap_in_words,
    rating_in_words,
    tiers_in_words,
)
from partners.interchange.coverage_out import coverage_rows
from partners.models import Need
from partners.need_forms import RatingForm
from partners.rules import keeps_school, picks_nonprofits, puts_questions
from partners.services import rate_needs

from .as_file import as_csv

COLUMNS = 8
"""Schools that the grid shows at once."""


@access()
def found(request: MemberRequest) -> HttpResponse:
    """What there is to do: gaps and overlaps in sentences, each with its next act."""
    chosen = chosen_schools(request.membership, request.GET.get("school", ""))
    groups = findings_by_kind(coverage(request.membership, chosen.schools))
    rateable = [school.pk for school in chosen.schools if holds(keeps_school, request.membership, school)]
    return _page(request, "found", chosen, groups=groups, rateable=rateable)


@access()
def grid(request: MemberRequest) -> HttpResponse:
    """Need by school: services, rating and tiers; one school alone is a list."""
    chosen = chosen_schools(request.membership, request.GET.get("school", ""))
    first = int(asked) if (asked := request.GET.get("from", "")).isdecimal() and len(asked) < 6 else 0
    shown = chosen.schools[first : first + COLUMNS]
    following = chosen.schools[first + COLUMNS :]
    return _page(
        request,
        "grid",
        chosen,
        found=coverage(request.membership, shown),
        shown=shown,
        first=first,
        following=first + COLUMNS if following else 0,
        waiting=min(COLUMNS, len(following)),
    )


@access()
def table(request: MemberRequest) -> HttpResponse:
    """Which sectors work with a school or the district, which must and do not, and whom one could ask."""
    chosen = chosen_schools(request.membership, request.GET.get("school", ""))
    page = at_the_table(request.membership, chosen.schools, whole_district=chosen.is_all)
    may_pick = holds(picks_nonprofits, request.membership)
    return _page(request, "table", chosen, page=page, may_pick=may_pick)


@access()
def sheet(request: MemberRequest) -> StreamingHttpResponse:
    """The grid as CSV, for the schools that the page shows."""
    chosen = chosen_schools(request.membership, request.GET.get("school", ""))
    lines = list(coverage_rows(coverage(request.membership, chosen.schools)))
    return as_csv(request, lines, _("who-serves-what"))


@access(of=School)
def cell(request: MemberRequest, school: School, need: str) -> HttpResponse:
    """One need at one school: its rating, who works on it, and what to do next."""
    found = Need.objects.for_member(request.membership).filter(code=need).first()
    if found is None:
        raise Http404
    one = cell_of(request.membership, school, found)
    context = {
        "school": school,
        "need": found,
        "cell": one.cell,
        "elsewhere": one.elsewhere,
        "rated": rating_in_words(one.cell),
        "offers": [
            (offer, tiers_in_words(offer.tiers), grades_in_words(offer.grades)) for offer in one.cell.offers
        ],
        "overlaps": [(overlap_in_words(overlap), overlap) for overlap in one.cell.overlaps],
        "may_rate": holds(keeps_school, request.membership, school),
        "may_ask": holds(puts_questions, request.membership),
    }
    return render(request, "coverage/cell.html", context)


@access(of=School, do=keeps_school)
def rate(request: MemberRequest, school: School) -> HttpResponse:
    """How high the school's needs are, each with its source and day."""
    needs = list(Need.objects.for_member(request.membership).filter(retired_on=None))
    now = {need: rating for (_school, need), rating in latest_ratings([school.pk]).items()}
    form = RatingForm(request.POST or None, school=school, needs=needs, now=now)
    if form.is_valid():
        changed = rate_needs(
            school=school,
            ratings=form.ratings(),
            source=form.cleaned_data["source"],
            on=form.cleaned_data["on"],
            by=request.membership,
        )
        messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
        return redirect_back(request, request.district, "coverage:found")
    back = way_back(request, request.district, "coverage:found")
    return render(request, "coverage/rate.html", {"form": form, "school": school, "back": back})


def _page(request: MemberRequest, tab: str, chosen: ChosenSchools, **context: Any) -> HttpResponse:
    """One of the three pages, with its tabs and the choice of schools."""
    query = f"?school={chosen.value}" if chosen.value else ""
    labels = {"found": _("What to do"), "grid": _("Need by school"), "table": _("Who is at the table")}
    tabs = [
        {
            "label": label,
            "url": url_in(request.district, f"coverage:{name}") + query,
            "current": name == tab,
        }
        for name, label in labels.items()
    ]
    may_ask = holds(puts_questions, request.membership)
    context |= {"chosen": chosen, "tabs": tabs, "query": query, "may_ask": may_ask}
    return render(request, f"coverage/{tab}.html", context)
