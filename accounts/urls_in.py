"""URLs of a district's pages, outside templates."""

from typing import Any

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse

from .models import District


def url_in(district: District, name: str, **kwargs: Any) -> str:
    """The path of a page of this district."""
    return reverse(name, kwargs={"district": district.slug, **kwargs})


def redirect_in(district: District, name: str, **kwargs: Any) -> HttpResponseRedirect:
    """Go to a page of this district."""
    return HttpResponseRedirect(url_in(district, name, **kwargs))


def absolute(path: str) -> str:
    """A path as it stands in mail and on paper: with the portal's address."""
    return f"{settings.PORTAL_BASE_URL}{path}"
