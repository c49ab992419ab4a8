"""Routes of *Who serves what*, below /d/SLUG/coverage/."""

from django.urls import path

from .views import coverage

app_name = "coverage"
urlpatterns = [
    path("", coverage.found, name="found"),
    path("grid/", coverage.grid, name="grid"),
    path("grid.csv", coverage.sheet, name="sheet"),
    path("table/", coverage.table, name="table"),
    path("<uuid:uid>/needs/<slug:need>/", coverage.cell, name="cell"),
    path("<uuid:uid>/rate/", coverage.rate, name="rate"),
]
