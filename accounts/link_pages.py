"""What all pages have in common that are opened by a personal link, without an account."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django_scopes import scope

from .models import District


@contextmanager
def opened(request: HttpRequest, district: District, language: str) -> Iterator[None]:
    """Within a link's district and its hours, in `language` unless whoever opened it chose another one."""
    chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    with (
        scope(district=district),
        timezone.override(district.tz),
        translation.override(translation.get_language() if chosen else language),
    ):
        yield


def opened_too_often(request: HttpRequest, instead: object = "") -> HttpResponse:
    """What an address gets that opened too many links in a minute; `instead`: what else its reader can do."""
    return private(render(request, "portal/link_too_often.html", {"instead": instead}, status=429))


def private(response: HttpResponse) -> HttpResponse:
    """Nobody keeps or lists a page whose address is a secret."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
