"""The route of partners' personal links."""

from django.urls import path

from .views import by_link

app_name = "by_link"
urlpatterns = [path("<str:token>/", by_link.by_link, name="page")]
