"""All routes: a district's pages below /d/SLUG/, the public ones beside them."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from . import views

district_pages: list[URLPattern | URLResolver] = [
    path("", include("outreach.urls")),
    path("partners/", include("partners.urls")),
    path("schools/", include("partners.urls_schools")),
    path("coverage/", include("partners.urls_coverage")),
    path("agreements/", include("partners.urls_agreements")),
    path("building/", include("partners.urls_building")),
    path("letters/", include("letters.urls")),
    path("decisions/", include("decisions.urls")),
    path("holidays/", include("accounts.urls_holidays")),
    path("", include("accounts.urls_district")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("d/<slug:district>/", include(district_pages)),
    path("accounts/", include("accounts.urls_sign_in")),
    path("invitation/", include("accounts.urls")),
    path("check/", include("letters.urls_public")),
    path("register/", include("decisions.urls_public")),
    path("answer/", include("letters.urls_answer")),
    path("decide/", include("decisions.urls_answer")),
    path("no-more/", include("outreach.urls_public")),
    path("by-link/", include("partners.urls_public")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
]

if settings.DEMO:
    urlpatterns.append(path("demo/sign-in/", views.demo_sign_in, name="demo_sign_in"))

handler500 = "partnership_portal.outage.broken"
