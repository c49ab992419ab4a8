"""Routes of the schools' own pages, below /d/SLUG/schools/."""

from django.urls import path

from .views import schools

app_name = "schools"
urlpatterns = [
    path("", schools.school_list, name="list"),
    path("<uuid:uid>/", schools.page, name="page"),
    path("<uuid:uid>/details/", schools.edit, name="edit"),
    path("<uuid:uid>/figures/add/", schools.add_figure, name="add_figure"),
    path("figures/<uuid:uid>/", schools.edit_figure, name="edit_figure"),
    path("figures/<uuid:uid>/up/", schools.move_figure_up, name="move_figure_up"),
    path("figures/<uuid:uid>/take-away/", schools.remove_figure, name="remove_figure"),
]
