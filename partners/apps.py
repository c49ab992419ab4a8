"""The partners app."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Registers the needs that a new district starts with."""

    name = "partners"

    def ready(self) -> None:
        """Register default content."""
        from accounts.defaults import default_content

        from .defaults import add_needs

        default_content(add_needs)
