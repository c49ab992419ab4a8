"""Routes of In our building, below /d/SLUG/building/."""

from django.urls import path

from .views import building

app_name = "building"
urlpatterns = [
    path("", building.building, name="list"),
    path("<uuid:uid>/", building.page, name="page"),
    path("<uuid:uid>/yes/", building.say_yes, name="say_yes"),
    path("<uuid:uid>/take-back/", building.take_back, name="take_back"),
    path("<uuid:uid>/needs/", building.needs, name="needs"),
    path("<uuid:uid>/waive/", building.waive, name="waive"),
    path("waivers/<uuid:uid>/end/", building.end_waiver, name="end_waiver"),
]
