"""Routes by which anybody checks a letter's printed code."""

from django.urls import path

from . import public

app_name = "check"
urlpatterns = [
    path("", public.enter, name="enter"),
    path("<str:code>/", public.code, name="code"),
]
