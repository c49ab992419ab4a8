"""Needs care: the whole list, the same as a file, and a partner's tab."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.access import MemberRequest, access
from accounts.models import School
from accounts.predicates import holds
from partners.models import Partner
from partners.queries import covered_schools
from partners.views.as_file import as_csv

from . import care
from .engagement import Care
from .rules import sees_care, takes_care_out


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for: one of one's own schools, and how the partnerships stand."""

    schools: list[School]
    school: School | None
    care: Care | None

    @property
    def url(self) -> str:
        """The query of an address that asks for the same."""
        named: dict[str, object] = {}
        if self.school is not None:
            named["school"] = self.school.slug
        if self.care is not None:
            named["care"] = self.care.value
        return "?" + urlencode(named)

    @classmethod
    def read(cls, request: MemberRequest) -> Filters:
        """From an address; what it does not offer is not asked for."""
        schools = covered_schools(request.membership)
        slug, level = request.GET.get("school", ""), request.GET.get("care", "")
        return cls(
            schools,
            next((school for school in schools if school.slug == slug), None),
            next((one for one in Care if str(one.value) == level), None),
        )


@access(see=sees_care)
def care_list(request: MemberRequest) -> HttpResponse:
    """Who needs care, those that need it most first."""
    filters = Filters.read(request)
    context = {
        "page": care.care_page(request.membership, filters.school, filters.care),
        "filters": filters,
        "levels": list(reversed(Care.choices)),
        "may_take_out": holds(takes_care_out, request.membership),
    }
    return render(request, "outreach/care.html", context)


@access(see=takes_care_out)
def care_csv(request: MemberRequest) -> StreamingHttpResponse:
    """The list as filtered, all its rows, as CSV. The lines are made here: a stream forgets the language."""
    filters = Filters.read(request)
    rows = care.standing_so(care.care_rows(request.membership, school=filters.school), filters.care)
    return as_csv(request, list(care.lines(rows)), _("needs-care"))


@access(see=sees_care, of=Partner)
def care_of_partner(request: MemberRequest, partner: Partner) -> HttpResponse:
    """The tab of a partner's page: how it stands at each of one's own schools."""
    rows = care.care_rows(request.membership, partner=partner)
    return render(request, "outreach/care_of_partner.html", {"partner": partner, "rows": rows})
