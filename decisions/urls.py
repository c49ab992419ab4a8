"""Routes of decisions, below /d/SLUG/decisions/."""

from django.urls import include, path

from .views import decisions, erasing, groups, settling

app_name = "decisions"

group_pages = [
    path("", groups.group, name="group"),
    path("seats/new/", groups.new_seat, name="new_seat"),
    path("how/", groups.how, name="how"),
    path("how/new/", groups.new_how, name="new_how"),
]

decision_pages = [
    path("", decisions.page, name="page"),
    path("history/", decisions.history, name="history"),
    path("answers/", decisions.answers, name="answers"),
    path("step-out/", decisions.step_out, name="step_out"),
    path("round/", decisions.next_round, name="next_round"),
    path("close/", decisions.close, name="close"),
    path("settle/", settling.settle, name="settle"),
    path("erase/", erasing.erase, name="erase"),
]

urlpatterns = [
    path("", decisions.log, name="log"),
    path("new/", decisions.new, name="new"),
    path("groups/new/", groups.new_group, name="new_group"),
    path("groups/<uuid:uid>/", include(group_pages)),
    path("seats/<uuid:uid>/", groups.holder, name="holder"),
    path("seats/<uuid:uid>/end/", groups.end_seat, name="end_seat"),
    path("partner/<uuid:uid>/", decisions.of_partner, name="of_partner"),
    path("<uuid:uid>/", include(decision_pages)),
]
