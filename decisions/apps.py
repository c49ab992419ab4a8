"""The decisions app."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Decisions, on the third floor."""

    name = "decisions"
