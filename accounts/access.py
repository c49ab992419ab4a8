"""The one door: every view declares who may see it and who may do it.

What one may not see is 404; what one may see but not do is 403; signed out is a redirect to sign in. The
check `accounts.E001` walks the URLconf and refuses to start where a view declares nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from .models import District, Membership, User
from .predicates import Predicate, holds
from .rules import is_member

View = Callable[..., HttpResponseBase]

# Routes of libraries, by name: what they show is decided by the library (sign-in, language). Of the sign-in
# library's only these are routed (accounts/urls_sign_in.py).
LIBRARY_ROUTES = {
    "account_change_password",
    "account_confirm_email",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_set_password",
    "account_signup",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "set_language",
}

if TYPE_CHECKING:

    class MemberRequest(HttpRequest):
        """A request inside a district, by somebody whose membership holds today."""

        user: User
        membership: Membership
        district: District
        counted: dict[str, int]  # by route: what a page counted, so that the navigation need not

else:
    MemberRequest = HttpRequest


def access(
    see: Predicate = is_member, do: Predicate | None = None, of: type[models.Model] | None = None
) -> Callable[[View], View]:
    """Declare a view of a district's page.

    `see` fails with 404 and `do` with 403. With `of`, the object is fetched by the URL's `uid` among those
    that `of.objects.for_member(membership)` shows (else 404), both rules are asked about it, and the view
    gets it. One that was merged into another leads, when it is looked at, to the same page of that one.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: MemberRequest, district: str, **kwargs: Any) -> HttpResponseBase:
            thing = None
            if of is not None:
                visible = guarded.of.objects.for_member(request.membership)  # type: ignore[attr-defined]
                thing = visible.filter(uid=kwargs.pop("uid")).first()
                if thing is None:
                    raise Http404
            if not holds(guarded.see, request.membership, thing):  # type: ignore[attr-defined]
                raise Http404
            instead = getattr(thing, "merged_into", None)
            if instead is not None and request.method in ("GET", "HEAD"):
                return _same_page(request, district=district, uid=instead.uid, **kwargs)
            rule = guarded.do  # type: ignore[attr-defined]
            if rule is not None and not holds(rule, request.membership, thing):
                raise PermissionDenied
            return view(request, thing, **kwargs) if of is not None else view(request, **kwargs)

        guarded.see, guarded.do, guarded.of = see, do, of  # type: ignore[attr-defined]
        return guarded

    return declare


def _same_page(request: MemberRequest, **kwargs: Any) -> HttpResponseBase:
    """A redirect to the page of the same name, of something else."""
    asked = f"?{query}" if (query := request.META.get("QUERY_STRING")) else ""
    return HttpResponseRedirect(reverse(resolve(request.path).view_name, kwargs=kwargs) + asked)


def require(rule: Predicate, membership: Membership, thing: Any) -> None:
    """Ask a rule about something that a view found itself. Raises PermissionDenied (403)."""
    if not holds(rule, membership, thing):
        raise PermissionDenied


def public(reason: str) -> Callable[[View], View]:
    """Declare a view that needs no sign-in, and why."""

    def declare(view: View) -> View:
        opened = login_not_required(view)
        opened.public = reason  # type: ignore[attr-defined]
        return opened

    return declare


def signed_in(reason: str) -> Callable[[View], View]:
    """Declare a view outside any district that needs a person but no membership, and why."""

    def declare(view: View) -> View:
        view.signed_in = reason  # type: ignore[attr-defined]
        return view

    return declare


def routes(
    resolver: URLResolver | None = None, names: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern]]:
    """Every route of the URLconf with its full name, such as `partners:page`."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*names, entry.namespace) if entry.namespace else names
            yield from routes(entry, inner)
        else:
            yield ":".join((*names, entry.name or "")), entry


def is_declared(view: Any) -> bool:
    """Whether a view says who may see it."""
    return any(hasattr(view, mark) for mark in ("see", "public", "signed_in"))


@register("urls")
def every_view_declares_access(**kwargs: Any) -> list[CheckMessage]:
    """One error for each route whose view declares nothing and is not a listed route of a library."""
    return [
        Error(
            f"The view of route '{name}' does not say who may see it.",
            hint="Put @access(...), @public('why') or @signed_in('why') over the view (accounts/access.py).",
            id="accounts.E001",
        )
        for name, route in routes()
        if name not in LIBRARY_ROUTES and not is_declared(route.callback)
    ]
