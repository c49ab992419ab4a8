"""Routes of partners, below /d/SLUG/partners/."""

from django.urls import path

from .views import directory, exports, imports, kept_views, merging, partnerships, records

app_name = "partners"
urlpatterns = [
    path("", directory.partner_list, name="list"),
    path("add/", records.add_partner, name="add"),
    path("add/alike/", merging.typed, name="typed"),
    path("duplicates/", merging.duplicates, name="duplicates"),
    path("duplicates/certain/", merging.merge_certain, name="merge_certain"),
    path("merges/", merging.merges, name="merges"),
    path("merges/<uuid:uid>/undo/", merging.undo_merge, name="undo_merge"),
    path("<uuid:uid>/merge/<uuid:other>/", merging.merge, name="merge"),
    path("<uuid:uid>/two/<uuid:other>/", merging.not_same, name="not_same"),
    path("import/", imports.upload, name="import"),
    path("import/<uuid:uid>/", imports.imported, name="imported"),
    path("import/<uuid:uid>/rest/", imports.import_rest, name="import_rest"),
    path("export/directory.json", exports.hsds, name="hsds"),
    path("export/list.csv", exports.list_csv, name="list_csv"),
    path("export/list.xlsx", exports.list_workbook, name="list_workbook"),
    path("views/keep/", kept_views.keep, name="keep_view"),
    path("views/<uuid:uid>/", kept_views.edit, name="edit_view"),
    path("views/<uuid:uid>/remove/", kept_views.remove, name="remove_view"),
    path("contacts/<uuid:uid>/", records.edit_contact, name="edit_contact"),
    path("contacts/<uuid:uid>/left/", records.contact_left, name="contact_left"),
    path("services/<uuid:uid>/", records.edit_service, name="edit_service"),
    path("places/<uuid:uid>/", records.edit_site, name="edit_site"),
    path("partnerships/<uuid:uid>/", partnerships.stage, name="stage"),
    path("<uuid:uid>/", directory.overview, name="page"),
    path("<uuid:uid>/edit/", records.edit_partner, name="edit"),
    path("<uuid:uid>/contacts/", directory.contacts, name="contacts"),
    path("<uuid:uid>/contacts/add/", records.add_contact, name="add_contact"),
    path("<uuid:uid>/services/", directory.services, name="services"),
    path("<uuid:uid>/services/add/", records.add_service, name="add_service"),
    path("<uuid:uid>/places/", directory.sites, name="sites"),
    path("<uuid:uid>/places/add/", records.add_site, name="add_site"),
    path("<uuid:uid>/history/", directory.history, name="history"),
    path("<uuid:uid>/start/", partnerships.start, name="start"),
    path("<uuid:uid>/call/", partnerships.log_call, name="log_call"),
]
