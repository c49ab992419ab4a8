"""Routes of In our building, below /d/SLUG/building/."""

from django.urls import path

from .views import building, profiles, roster

app_name = "building"
urlpatterns = [
    path("", building.building, name="list"),
    path("<uuid:uid>/", building.page, name="page"),
    path("<uuid:uid>/yes/", building.say_yes, name="say_yes"),
    path("<uuid:uid>/take-back/", building.take_back, name="take_back"),
    path("<uuid:uid>/needs/", building.needs, name="needs"),
    path("<uuid:uid>/waive/", building.waive, name="waive"),
    path("ways-of-working/", profiles.profiles, name="profiles"),
    path("ways-of-working/add/", profiles.add, name="add_profile"),
    path("ways-of-working/<uuid:uid>/", profiles.edit, name="edit_profile"),
    path("roster/", roster.mine, name="rosters"),
    path("roster/<uuid:uid>/", roster.roster, name="roster"),
    path("waivers/<uuid:uid>/end/", building.end_waiver, name="end_waiver"),
]
