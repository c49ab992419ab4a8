"""The letters app."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Letters, on the third floor."""

    name = "letters"
