"""The route of letters' personal links."""

from django.urls import path

from . import answering

app_name = "answer"
urlpatterns = [path("<str:token>/", answering.answer, name="page")]
