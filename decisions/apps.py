"""The decisions app."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Decisions, on the third floor: registers what of them can be handed over."""

    name = "decisions"

    def ready(self) -> None:
        """Register the parts of a hand-over."""
        from . import handing_over

        handing_over.register()
