"""Routes of letters, below /d/SLUG/."""

from django.urls import URLPattern

app_name = "letters"
urlpatterns: list[URLPattern] = []
