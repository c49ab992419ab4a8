"""The partners app."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Registers the needs of a new district, and what of the directory can be handed over."""

    name = "partners"

    def ready(self) -> None:
        """Register default content and the parts of a hand-over."""
        from accounts.defaults import default_content

        from . import handing_over
        from .defaults import add_needs

        default_content(add_needs)
        handing_over.register()
