"""Routes by which anybody checks a letter's printed code."""

from django.urls import URLPattern

app_name = "check"
urlpatterns: list[URLPattern] = []
