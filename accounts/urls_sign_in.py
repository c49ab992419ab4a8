"""Routes of the sign-in library: those that a page, a mail or the library itself leads to, and no more."""

from allauth.account.urls import urlpatterns as offered

from .access import LIBRARY_ROUTES

urlpatterns = [route for route in offered if route.name in LIBRARY_ROUTES]
