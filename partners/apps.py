"""The partners app."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Registers what a new district starts with, what can be handed over, and imports as jobs."""

    name = "partners"

    def ready(self) -> None:
        """Register default content, the parts of a hand-over, and the kind of job."""
        from accounts.defaults import default_content
        from accounts.jobs import add_job_kind

        from . import handing_over
        from .defaults import add_needs, add_profiles
        from .interchange.jobs import JOBS

        default_content(add_needs)
        default_content(add_profiles)
        handing_over.register()
        add_job_kind(JOBS)
