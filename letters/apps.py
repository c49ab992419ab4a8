"""The letters app."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Registers a new district's letter templates, what can be handed over, and letters to many at once."""

    name = "letters"

    def ready(self) -> None:
        """Register default content and the parts of a hand-over."""
        from django.db.models.signals import post_migrate

        from accounts.defaults import default_content
        from accounts.jobs import add_job_kind
        from partners.bulk_acts import add_bulk_act

        from . import bulk, handing_over
        from .batch_jobs import JOBS
        from .defaults import add_templates, complete_districts

        default_content(add_templates)
        post_migrate.connect(complete_districts, sender=self)
        handing_over.register()
        add_bulk_act(bulk.ACT)
        add_job_kind(JOBS)
