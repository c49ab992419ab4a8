"""Routes of people, one's own settings and jobs, below /d/SLUG/."""

from django.urls import path

from . import people_views, views

app_name = "people"
urlpatterns = [
    path("brand.css", views.brand_css, name="brand_css"),
    path("me/", views.me, name="me"),
    path("people/", views.people, name="list"),
    path("people/invite/", views.invite_person, name="invite"),
    path("people/<uuid:uid>/end/", people_views.end_member, name="end"),
    path("people/<uuid:uid>/hand-over/", people_views.hand_over, name="hand_over"),
    path("people/<uuid:uid>/deputies/", people_views.deputies_of, name="deputies"),
    path("deputies/<uuid:uid>/end/", people_views.end_deputy, name="end_deputy"),
    path("jobs/<uuid:uid>/", views.job, name="job"),
]
