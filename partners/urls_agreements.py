"""Routes of Agreements and papers, below /d/SLUG/agreements/."""

from django.urls import path

from .views import agreements

app_name = "agreements"
urlpatterns = [
    path("", agreements.ending, name="list"),
    path("ending.csv", agreements.ending_csv, name="csv"),
    path("shared-data/", agreements.register, name="register"),
    path("shared-data/register.csv", agreements.register_csv, name="register_csv"),
    path("shared-data/<uuid:uid>/reviewed/", agreements.reviewed, name="reviewed"),
    path("partner/<uuid:uid>/", agreements.of_partner, name="of_partner"),
    path("partner/<uuid:uid>/add/", agreements.add, name="add"),
    path("<uuid:uid>/", agreements.page, name="page"),
    path("<uuid:uid>/edit/", agreements.edit, name="edit"),
    path("<uuid:uid>/renew/", agreements.renew, name="renew"),
    path("<uuid:uid>/end/", agreements.end, name="end"),
    path("<uuid:uid>/clauses/", agreements.clauses, name="clauses"),
    path("<uuid:uid>/files/add/", agreements.add_file, name="add_file"),
    path("<uuid:uid>/files/<uuid:file>/", agreements.file, name="file"),
    path("<uuid:uid>/shared-data/", agreements.sharing, name="sharing"),
]
