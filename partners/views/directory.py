"""The list, and the tabs of a partner's page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from accounts.access import MemberRequest, access
from accounts.predicates import holds
from partners import queries
from partners.building_queries import cleared_at
from partners.enums import Sector, Stage, Tier
from partners.filters import Filters, Papers, Sort, Verified
from partners.history import history as told
from partners.link_queries import waits_in_words
from partners.list_options import list_options
from partners.models import Partner
from partners.rules import (
    edits_directory,
    edits_partnership,
    logs_contacts,
    starts_partnerships,
    takes_directory_out,
)


@access()
def partner_list(request: MemberRequest) -> HttpResponse:
    """The directory: a search's best, or all of it by pages."""
    filters = Filters.read(request.GET, options := list_options(request.membership))
    page = queries.partner_list(request.membership, filters)
    return render(
        request,
        "partners/list.html",
        {
            "page": page,
            "filters": filters,
            "options": options,
            "views": options.views,
            "here": filters.kept(options.views),
            "sectors": Sector.choices,
            "stages": Stage.choices,
            "tiers": [(str(tier), label) for tier, label in Tier.choices],
            "papers": Papers.choices,
            "verified": Verified.choices,
            "sorts": Sort.choices,
            "may_edit": holds(edits_directory, request.membership),
            "may_log": holds(logs_contacts, request.membership),
            "may_take_out": holds(takes_directory_out, request.membership),
            "next_label": _next_label(page),
            "next_url": filters.beginning(page.following.uid).url() if page.following else "",
            "first_url": filters.beginning(None).url() if filters.start else "",
            "by_name_url": filters.sorted_by("name").url(),
            "by_change_url": filters.sorted_by("changed").url(),
            "exact_url": filters.exactly().url(),
        },
    )


def _next_label(page: queries.PartnerList) -> str:
    if page.following is None:
        return ""
    label = ngettext("Next one, “%(name)s”", "Next %(count)s, from “%(name)s”", page.waiting)
    return label % {"count": page.waiting, "name": page.following.name}


@access(of=Partner)
def overview(request: MemberRequest, partner: Partner) -> HttpResponse:
    """A partner at a glance: where it stands, whom to call, what it does, what was said."""
    member = request.membership
    page = queries.partner_page(member, partner)
    may_edit = holds(edits_directory, member)
    return render(
        request,
        "partners/page.html",
        {
            "partner": partner,
            "page": page,
            "cleared": cleared_at(member, page.standings),
            "waits": waits_in_words(member, partner) if may_edit else "",
            "may_edit": may_edit,
            "may_log": holds(logs_contacts, member),
            "may_start": holds(starts_partnerships, member) and page.startable,
            "standings": [(row, holds(edits_partnership, member, row)) for row in page.standings],
        },
    )


@access(of=Partner)
def contacts(request: MemberRequest, partner: Partner) -> HttpResponse:
    """Everybody at a partner, and those who left."""
    everybody = queries.contacts_of(partner)
    return _tab(
        request,
        partner,
        "contacts",
        here=[contact for contact in everybody if contact.left_on is None],
        left=[contact for contact in everybody if contact.left_on is not None],
    )


@access(of=Partner)
def services(request: MemberRequest, partner: Partner) -> HttpResponse:
    """What a partner does for students."""
    return _tab(request, partner, "services", services=queries.services_of(partner))


@access(of=Partner)
def sites(request: MemberRequest, partner: Partner) -> HttpResponse:
    """Where a partner is."""
    return _tab(request, partner, "sites", sites=queries.sites_of(partner))


@access(of=Partner)
def history(request: MemberRequest, partner: Partner) -> HttpResponse:
    """Who changed what of a partner, and how every stage came about."""
    return _tab(request, partner, "history", lines=told(request.membership, partner))


def _tab(request: MemberRequest, partner: Partner, tab: str, **context: object) -> HttpResponse:
    may_edit = holds(edits_directory, request.membership)
    return render(request, f"partners/{tab}.html", {"partner": partner, "may_edit": may_edit, **context})
