"""The shell around every page: who you are, where you are, and at most six links by role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import clock
from accounts.deputies import may_sign
from accounts.models import Membership
from accounts.predicates import holds
from accounts.roles import Role
from accounts.urls_in import url_in
from letters.queries import count_to_sign
from outreach.rules import sees_mail
from outreach.stops import current_stop
from outreach.today import due_count
from partners.rules import logs_contacts

from .demo.roles import cards

TODAY = (pgettext_lazy("navigation", "Today"), "outreach:today")
PARTNERS = (pgettext_lazy("navigation", "Partners"), "partners:list")
OUR_PARTNERS = (pgettext_lazy("navigation", "Our partners"), "partners:list")
BUILDING = (pgettext_lazy("navigation", "In our building"), "building:list")
AGREEMENTS = (pgettext_lazy("navigation", "Agreements"), "agreements:list")
TO_SIGN = (pgettext_lazy("navigation", "To sign"), "letters:to_sign")
LETTERS = (pgettext_lazy("navigation", "Letters"), "letters:list")
LETTERS_AND_MAIL = (pgettext_lazy("navigation", "Letters and mail"), "letters:list")
DECISIONS = (pgettext_lazy("navigation", "Decisions"), "decisions:log")
COVERAGE = (pgettext_lazy("navigation", "Who serves what"), "coverage:found")
OUR_NEEDS = (pgettext_lazy("navigation", "Our needs"), "coverage:found")
MAIL = (pgettext_lazy("navigation", "Mail going out"), "outreach:mail")

NAVIGATION: dict[str, tuple[tuple[Any, str], ...]] = {
    Role.PRINCIPAL: (TODAY, TO_SIGN, OUR_PARTNERS, BUILDING, DECISIONS, OUR_NEEDS),
    Role.COORDINATOR: (TODAY, PARTNERS, LETTERS, DECISIONS, COVERAGE, MAIL),
    Role.PREPARER: (TODAY, PARTNERS, LETTERS, DECISIONS, COVERAGE, MAIL),
    Role.STAFF: (TODAY, PARTNERS, AGREEMENTS, LETTERS_AND_MAIL, DECISIONS, COVERAGE),
    Role.VIEWER: (BUILDING, PARTNERS, DECISIONS, COVERAGE),
}
COUNTERS: dict[str, Callable[[Membership], int]] = {
    "outreach:today": due_count,
    "letters:to_sign": count_to_sign,
}


@dataclass(frozen=True)
class NavItem:
    """One link of the navigation, with the number of things waiting behind it."""

    label: str
    url: str
    current: bool
    count: int


def shell(request: HttpRequest) -> dict[str, Any]:
    """The template variable `shell`; nothing is read from the database unless a template asks."""
    return {"shell": SimpleLazyObject(lambda: build_shell(request))}


def build_shell(request: HttpRequest) -> dict[str, Any]:
    """What base.html draws around a page; what is counted for it waits until it is drawn."""
    membership: Membership | None = getattr(request, "membership", None)
    home = reverse("home")
    if membership is None:
        user = getattr(request, "user", None)
        links = [my_sign_in()] if user and user.is_authenticated else []
        outside = {"demo": settings.DEMO, "home_url": home, "nav": [], "demo_cards": cards()}
        return {**outside, "foot_links": links}
    district = membership.district
    return {
        "demo": settings.DEMO,
        "home_url": home,
        "nav": SimpleLazyObject(lambda: navigation(request, membership)),
        "district": district,
        "today": clock.today(district),
        "place": place_of(membership),
        "person": membership.user,
        "role": membership.title or membership.get_role_display(),
        "role_code": membership.role,
        "foot_links": foot_links(membership),
        "call_url": url_in(district, "partners:call") if holds(logs_contacts, membership) else None,
        "search_url": url_in(district, "partners:list"),
        "brand_css": url_in(district, "people:brand_css"),
        "mail_stop": SimpleLazyObject(current_stop),
        "mail_url": url_in(district, "outreach:mail") if holds(sees_mail, membership) else None,
    }


def navigation(request: HttpRequest, membership: Membership) -> list[NavItem]:
    """The links of a role; the one whose section the page belongs to is current."""
    entries, district = entries_of(membership), membership.district
    sections = {url_in(district, name): name for _label, name in entries}
    sections.setdefault(url_in(district, MAIL[1]), LETTERS[1])  # where it has no link of its own
    sections[url_in(district, "outreach:care")] = PARTNERS[1]
    here = max((url for url in sections if request.path.startswith(url)), key=len, default="")
    return [
        NavItem(
            label=str(label),
            url=url_in(district, name),
            current=name == sections.get(here) and (name != "outreach:today" or request.path == here),
            count=count_behind(request, membership, name),
        )
        for label, name in entries
    ]


def entries_of(membership: Membership) -> tuple[tuple[Any, str], ...]:
    """The links of a role. For a deputy, To sign takes the second place, as it has it for principals."""
    entries = NAVIGATION[membership.role]
    if TO_SIGN in entries or not may_sign(membership):
        return entries
    return (entries[0], TO_SIGN, *entries[1:])


def my_sign_in() -> tuple[str, str]:
    """The link to one's own sign-in, in whatever district."""
    return str(_("My sign-in")), reverse("mfa_index")


def foot_links(membership: Membership) -> list[tuple[str, str]]:
    """What one sets up: the school or schools, people, oneself."""
    district = membership.district
    links = [
        (str(_("My settings")), url_in(district, "people:me")),
        (str(_("What I get by mail")), url_in(district, "outreach:preferences")),
        my_sign_in(),
    ]
    if membership.role == Role.STAFF:
        links.insert(0, (str(_("People")), url_in(district, "people:list")))
    if membership.role == Role.PRINCIPAL:
        links.insert(0, (str(_("Who signs for me")), url_in(district, "people:deputies", uid=membership.uid)))
    if membership.role == Role.VIEWER:
        return links
    jobs = _("Jobs of the district") if membership.role == Role.STAFF else _("My jobs")
    links.insert(0, (str(jobs), url_in(district, "people:jobs")))
    links.insert(0, (str(_("Holidays")), url_in(district, "holidays:list")))
    school = membership.only_school
    if school is None:
        return [(str(_("Schools")), url_in(district, "schools:list")), *links]
    return [(str(_("Our school")), url_in(district, "schools:page", uid=school.uid)), *links]


def count_behind(request: HttpRequest, membership: Membership, name: str) -> int:
    """How many things wait behind a link; a page that has counted them itself says so in its request."""
    counted: dict[str, int] = getattr(request, "counted", {})
    if name in counted:
        return counted[name]
    return COUNTERS[name](membership) if name in COUNTERS else 0


def place_of(membership: Membership) -> str:
    """Where a person works: their school, the number of their schools, or the whole district."""
    if membership.whole_district:
        return str(_("All schools"))
    if membership.only_school:
        return str(membership.only_school.name)
    return str(_("%(count)s schools") % {"count": len(membership.school_list)})
