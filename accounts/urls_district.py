"""Routes of people, one's own settings and jobs, below /d/SLUG/."""

from django.urls import path

from . import job_views, people_views, views

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
    path("jobs/", job_views.jobs, name="jobs"),
    path("jobs/<uuid:uid>/", job_views.job, name="job"),
    path("jobs/<uuid:uid>/cancel/", job_views.cancel, name="job_cancel"),
    path("jobs/<uuid:uid>/resume/", job_views.resume, name="job_resume"),
]
