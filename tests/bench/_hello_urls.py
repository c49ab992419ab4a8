"""The portal's routes, and a page that says hello and does nothing else."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from accounts.access import public
from partnership_portal.urls import handler500, urlpatterns

__all__ = ["handler500", "urlpatterns"]


@public("It says nothing of anybody.")
def hello(request: HttpRequest) -> HttpResponse:
    """The least that a page can do."""
    return HttpResponse("hello")


urlpatterns = [path("hello/", hello), *urlpatterns]
