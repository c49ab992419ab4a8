"""What the directory does in the background."""

from collections.abc import Callable

from celery import shared_task
from django.utils import translation
from django_scopes import scope, scopes_disabled

from accounts import clock
from accounts.models import Job

from .bulk_jobs import run_act
from .interchange.jobs import run_import


@shared_task(name="partners.take_in")
def take_in(job_id: int) -> None:
    """Take a community directory file in."""
    _run(job_id, run_import)


@shared_task(name="partners.act_on_many")
def act_on_many(job_id: int) -> None:
    """Do one act to many partners."""
    _run(job_id, run_act)


def _run(job_id: int, run: Callable[..., None]) -> None:
    """Do a job in its district, and speak the language of the person who started it."""
    clock.read()
    with scopes_disabled():
        job = Job.objects.select_related("district", "started_by__user").get(pk=job_id)
    with scope(district=job.district), translation.override(job.started_by.user.language):
        run(job=job)
