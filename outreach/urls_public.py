"""The route by which whoever got a reminder stops it, without an account."""

from django.urls import path

from . import wish_views

app_name = "no_more"
urlpatterns = [path("<str:token>/", wish_views.no_more, name="page")]
