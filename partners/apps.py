"""The partners app."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Registers what a new district starts with, what can be handed over, and imports as jobs."""

    name = "partners"

    def ready(self) -> None:
        """Register default content, parts of a hand-over, the kind of job, and who hears of done tasks."""
        from accounts.defaults import default_content
        from accounts.jobs import add_job_kind
        from accounts.work import after_done

        from . import handing_over
        from .bulk_acts import add_bulk_act
        from .bulk_forms import ACTS
        from .bulk_jobs import JOBS as BULK_JOBS
        from .defaults import add_needs, add_profiles
        from .interchange.jobs import JOBS
        from .queries import SUBJECT
        from .services.next_steps import refresh_next_step

        default_content(add_needs)
        default_content(add_profiles)
        handing_over.register()
        add_job_kind(JOBS)
        add_job_kind(BULK_JOBS)
        for act in ACTS:
            add_bulk_act(act)
        after_done(SUBJECT, refresh_next_step)
