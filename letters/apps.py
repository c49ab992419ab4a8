"""The letters app."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Registers the letter templates of a new district, and what of letters can be handed over."""

    name = "letters"

    def ready(self) -> None:
        """Register default content and the parts of a hand-over."""
        from accounts.defaults import default_content

        from . import handing_over
        from .defaults import add_templates

        default_content(add_templates)
        handing_over.register()
