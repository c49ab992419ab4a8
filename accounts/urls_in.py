"""URLs of a district's pages, outside templates."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from .models import District


def url_in(district: District, name: str, **kwargs: Any) -> str:
    """The path of a page of this district."""
    return reverse(name, kwargs={"district": district.slug, **kwargs})


def redirect_in(district: District, name: str, **kwargs: Any) -> HttpResponseRedirect:
    """Go to a page of this district."""
    return HttpResponseRedirect(url_in(district, name, **kwargs))


def coming_back(url: str, page: str) -> str:
    """The address of a form that leads on to `page` once it is saved."""
    return f"{url}?{urlencode({'next': page})}"


def way_back(request: HttpRequest, district: District, name: str, **kwargs: Any) -> str:
    """Where a form leads on: the page of this district that the address names as `next`, else this one."""
    wanted = request.GET.get("next", "")
    ours = f"/d/{district.slug}/"
    if wanted.startswith(ours) and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return url_in(district, name, **kwargs)


def redirect_back(request: HttpRequest, district: District, name: str, **kwargs: Any) -> HttpResponseRedirect:
    """A redirect to where a form leads on (`way_back`)."""
    return HttpResponseRedirect(way_back(request, district, name, **kwargs))


def absolute(path: str) -> str:
    """A path as it stands in mail and on paper: with the portal's address."""
    return f"{settings.PORTAL_BASE_URL}{path}"
