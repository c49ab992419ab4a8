"""Routes of outreach, below /d/SLUG/."""

from django.urls import include, path

from . import care_views, stop_views, views, wish_views

app_name = "outreach"

mail_pages = [
    path("", views.mail, name="mail"),
    path("kinds/", views.kinds, name="kinds"),
    path("kinds/<slug:kind>/", views.kind, name="kind"),
    path("kinds/<slug:kind>/switch/", views.switch, name="switch"),
    path("stop/", stop_views.stops, name="stops"),
    path("stop/now/", stop_views.stop, name="stop"),
    path("stop/over/", stop_views.start, name="start"),
    path("<uuid:uid>/", views.message, name="message"),
    path("<uuid:uid>/take-back/", views.cancel, name="cancel"),
    path("<uuid:uid>/send-again/", views.send_again, name="send_again"),
    path("<uuid:uid>/block/", views.block, name="block"),
]

urlpatterns = [
    path("", views.today, name="today"),
    path("not-now/", views.not_now, name="not_now"),
    path("what-i-get/", wish_views.preferences, name="preferences"),
    path("mail/", include(mail_pages)),
    path("timeline/<uuid:uid>/", views.of_partner, name="of_partner"),
    path("care/", care_views.care_list, name="care"),
    path("care/list.csv", care_views.care_csv, name="care_csv"),
    path("care/<uuid:uid>/", care_views.care_of_partner, name="care_of_partner"),
]
