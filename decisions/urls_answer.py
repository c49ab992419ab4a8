"""The routes of seats' personal links."""

from django.urls import path

from . import answering

app_name = "decide"
urlpatterns = [
    path("<str:token>/", answering.answer, name="page"),
    path("<str:token>/files/<uuid:uid>/", answering.file, name="file"),
]
