"""The letters app."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Registers the letter templates that a new district starts with."""

    name = "letters"

    def ready(self) -> None:
        """Register default content."""
        from accounts.defaults import default_content

        from .defaults import add_templates

        default_content(add_templates)
