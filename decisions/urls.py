"""Routes of decisions, below /d/SLUG/."""

from django.urls import URLPattern

app_name = "decisions"
urlpatterns: list[URLPattern] = []
