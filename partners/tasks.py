"""What the directory does in the background."""

import datetime

from celery import shared_task
from django.utils import translation
from django_scopes import scope, scopes_disabled

from accounts import clock
from accounts.models import Job
from accounts.models.work import JobState

from .interchange.jobs import KIND, run_import

LATE = datetime.timedelta(minutes=2)


@shared_task(name="partners.take_in")
def take_in(job_id: int, leave_out: bool = False) -> None:
    """Take a community directory file in, and speak the language of the person who handed it over."""
    clock.read()
    with scopes_disabled():
        job = Job.objects.select_related("district", "started_by__user").get(pk=job_id)
    with scope(district=job.district), translation.override(job.started_by.user.language):
        run_import(job=job, leave_out=leave_out)


@shared_task(name="partners.sweep_imports")
def sweep_imports() -> int:
    """Hand over again what waits since the queue was away or emptied. Out: how many imports.

    One that is under way after all is not begun twice. Whether rows were to be left out is not kept: then the
    file is read whole, and the page asks again.
    """
    clock.read()
    with scopes_disabled():
        waiting = Job.objects.filter(
            kind=KIND, state=JobState.QUEUED, cancel_wanted=False, created_at__lt=clock.now() - LATE
        )
        keys = list(waiting.order_by("pk").values_list("pk", flat=True))
    for key in keys:
        take_in.delay(key)
    return len(keys)
