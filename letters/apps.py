"""The letters app."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Registers a new district's letter templates, what can be handed over, and letters to many at once."""

    name = "letters"

    def ready(self) -> None:
        """Register default content and the parts of a hand-over."""
        from accounts.defaults import default_content
        from partners.bulk_acts import add_bulk_act

        from . import bulk, handing_over
        from .defaults import add_templates

        default_content(add_templates)
        handing_over.register()
        add_bulk_act(bulk.ACT)
