"""Routes by which anybody checks a code of the register."""

from django.urls import path

from . import public

app_name = "register"
urlpatterns = [
    path("", public.enter, name="enter"),
    path("<str:code>/", public.code, name="code"),
]
