"""Routes for people who are not yet in a district."""

from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [path("<str:token>/", views.invitation, name="invitation")]
