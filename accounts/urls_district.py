"""Routes of people, one's own settings and jobs, below /d/SLUG/."""

from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("brand.css", views.brand_css, name="brand_css"),
    path("me/", views.me, name="me"),
    path("people/", views.people, name="list"),
    path("people/invite/", views.invite_person, name="invite"),
    path("people/<uuid:uid>/end/", views.end_member, name="end"),
    path("jobs/<uuid:uid>/", views.job, name="job"),
]
