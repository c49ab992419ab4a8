"""The pages that belong to no app: the front door, help, and the demo's sign-in."""

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST
from django_scopes import scopes_disabled

from accounts import clock
from accounts.access import public, signed_in
from accounts.models import Membership, User
from accounts.roles import Role
from accounts.urls_in import url_in

from .demo.roles import demo_member


@signed_in("Which district to open is asked before any is open.")
def home(request: HttpRequest) -> HttpResponse:
    """Open the person's only district, or let them choose among several."""
    with scopes_disabled():
        held = [
            membership
            for membership in Membership.objects.filter(user=request.user.pk, district__closed_at=None)
            .select_related("district")
            .order_by("district__name")
            if membership.holds_on(clock.today(membership.district))
        ]
    places = [(membership, first_page(membership)) for membership in held]
    if len(places) == 1:
        return redirect(places[0][1])
    return render(request, "portal_pages/districts.html", {"places": places})


def first_page(membership: Membership) -> str:
    """Where a person begins: viewers, for whom nothing is ever due, at who may be in a building."""
    name = "building:list" if membership.role == Role.VIEWER else "outreach:today"
    return url_in(membership.district, name)


@public("Help is for everybody.")
def help_page(request: HttpRequest) -> HttpResponse:
    """What the portal is for and whom to ask."""
    return render(request, "portal_pages/help.html")


@public("The accessibility statement is for everybody (28 CFR 35, subpart H).")
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible the portal is and whom to tell of a barrier."""
    return render(request, "portal_pages/accessibility.html")


@public("The demo's role cards sign one in without a password; the route exists in a demo alone.")
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the invented person of a role, who then speaks the language of the sign-in page."""
    role = request.POST.get("role", "")
    member = demo_member(role) if role in Role.values else None
    if member is None:
        return HttpResponseBadRequest()
    User.objects.filter(pk=member.user_id).update(language=get_language() or settings.LANGUAGE_CODE)
    auth.login(request, member.user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("home")
