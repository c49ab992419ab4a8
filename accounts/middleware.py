"""What each request finds out first: the language, the clock, and the district with its membership."""

import re
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_request
from django_scopes import scope, scopes_disabled

from . import clock
from .acting import acting
from .ciphers import WrongKey
from .deputies import named_deputies
from .models import Membership
from .versions import ChangedMeanwhile

GetResponse = Callable[[HttpRequest], HttpResponse]
DISTRICT_PATH = re.compile(r"^/d/(?P<slug>[-a-zA-Z0-9_]+)/")


class LanguageMiddleware:
    """The signed-in person's language, else the cookie's, else the browser's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Speak one language for the length of the request."""
        language = getattr(request.user, "language", None) or get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class ClockMiddleware:
    """Read the clock's offset, where it can be moved."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """One reading a request."""
        clock.read()
        return self.get_response(request)


class DistrictMiddleware:
    """Pages below /d/SLUG/: find the membership that holds today, or answer 404; scope every read to it.

    Signed out, the request goes on unscoped: Django's LoginRequiredMiddleware then redirects it, whether or
    not there is such a district.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set request.district and request.membership."""
        match = DISTRICT_PATH.match(request.path_info)
        if match is None or not request.user.is_authenticated:
            return self.get_response(request)
        membership = self._membership(request, match["slug"])
        request.membership = membership  # type: ignore[attr-defined]
        request.district = membership.district  # type: ignore[attr-defined]
        zone = timezone.override(membership.district.tz)
        with scope(district=membership.district), zone, acting(membership):
            return self.get_response(request)

    @staticmethod
    def _membership(request: HttpRequest, slug: str) -> Membership:
        with scopes_disabled():
            membership: Membership | None = (
                Membership.objects.select_related("district", "user")
                .prefetch_related("schools")
                .annotate(is_named_deputy=named_deputies())
                .filter(district__slug=slug, district__closed_at=None, user=request.user.pk)
                .first()
            )
        if membership is None or not membership.holds_on(clock.today(membership.district)):
            raise Http404
        return membership


class SeenMiddleware:
    """Keep when a session was last used: its owner sees it in the list of their sessions."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Once the answer is there."""
        response = self.get_response(request)
        if request.user.is_authenticated:
            request.session.touch()  # type: ignore[attr-defined]
        return response


class UnreadableMiddleware:
    """Where one's second step was encrypted under a key that is gone: say so, and what to do, as 409."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing, until a view raises."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page that says so; any other error is not ours."""
        if not isinstance(exception, WrongKey):
            return None
        return render(request, "sign_in/unreadable.html", {"words": exception.messages[0]}, status=409)


class ConflictMiddleware:
    """Where a view leaves it to us that somebody was faster: say so, with the way back, as 409."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing, until a view raises."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page that says so; any other error is not ours."""
        if not isinstance(exception, ChangedMeanwhile):
            return None
        came_from = request.headers.get("Referer", "")
        ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
        return render(request, "409.html", {"back": came_from if ours else "/"}, status=409)
