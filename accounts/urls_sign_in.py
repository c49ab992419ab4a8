"""Routes of the sign-in library: those that a page, a mail or the library itself leads to, and no more.

Two of its names are ours, as it leads there itself: My sign-in and the recovery codes.
"""

from allauth.account.urls import urlpatterns as of_accounts
from allauth.mfa.base.urls import urlpatterns as of_steps
from allauth.mfa.recovery_codes.urls import urlpatterns as of_codes
from allauth.mfa.totp.urls import urlpatterns as of_app
from django.urls import URLPattern, URLResolver, include, path

from . import sign_in_views as views
from .access import LIBRARY_ROUTES

Routes = list[URLPattern | URLResolver]


def _led_to(offered: Routes) -> Routes:
    return [route for route in offered if getattr(route, "name", None) in LIBRARY_ROUTES]


urlpatterns: Routes = [
    path("sign-in/", views.overview, name="mfa_index"),
    path("sign-in/end/", views.end_session, name="end_session"),
    path("sign-in/end-others/", views.end_other_sessions, name="end_other_sessions"),
    path("sign-in/codes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("sign-in/codes/", include(_led_to(of_codes))),
    path("sign-in/", include(_led_to(of_steps))),
    path("sign-in/app/", include(_led_to(of_app))),
    *_led_to(of_accounts),
]
