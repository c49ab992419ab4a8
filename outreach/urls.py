"""Routes of outreach, below /d/SLUG/."""

from django.urls import URLPattern

app_name = "outreach"
urlpatterns: list[URLPattern] = []
