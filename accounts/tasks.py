"""What this floor does in the background."""

from celery import shared_task
from django_scopes import scopes_disabled

from . import clock, jobs


@shared_task(name="accounts.sweep_jobs")
def sweep_jobs() -> None:
    """Every minute: jobs whose worker has ended are said to be stopped, lost ones are handed over again."""
    clock.read()
    with scopes_disabled():
        jobs.sweep_jobs()
