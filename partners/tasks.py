"""What the directory does in the background."""

from celery import shared_task
from django.utils import translation
from django_scopes import scope, scopes_disabled

from accounts import clock
from accounts.models import Job

from .interchange.jobs import run_import


@shared_task(name="partners.take_in")
def take_in(job_id: int) -> None:
    """Take a community directory file in, and speak the language of the person who handed it over."""
    clock.read()
    with scopes_disabled():
        job = Job.objects.select_related("district", "started_by__user").get(pk=job_id)
    with scope(district=job.district), translation.override(job.started_by.user.language):
        run_import(job=job)
