"""Routes of holidays, below /d/SLUG/holidays/."""

from django.urls import path

from . import holiday_views as views

app_name = "holidays"
urlpatterns = [
    path("", views.holiday_list, name="list"),
    path("add/", views.add, name="add"),
    path("file/", views.bring_in, name="bring_in"),
    path("file/take-in/", views.take_in, name="take_in"),
    path("<uuid:uid>/", views.edit, name="edit"),
    path("<uuid:uid>/take-away/", views.take_away, name="take_away"),
]
