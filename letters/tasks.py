"""Background work: batches, and signatures that were caught between number and PDF."""

import logging

from celery import shared_task
from django.utils import translation
from django_scopes import scope, scopes_disabled

from accounts import clock
from accounts.models import Job
from press.documents import PressUnavailable

from . import services

log = logging.getLogger("letters")


@shared_task(name="letters.sign_batch")
def sign_batch(job_id: int) -> None:
    """Sign the letters of a batch, in its district and in the language of whoever signs."""
    clock.read()
    with scopes_disabled():
        job = Job.objects.select_related("district", "started_by__user", "started_by__district").get(
            pk=job_id
        )
    with scope(district=job.district), translation.override(job.started_by.user.language):
        services.run_batch(job=job)


@shared_task(name="letters.sweep_signatures")
def sweep_signatures() -> int:
    """Finish, or void with a reason, what a crash or a silent press left behind. Out: how many were ended."""
    clock.read()
    with scopes_disabled():
        numbers = services.unfinished_numbers()
    ended = 0
    for number in numbers:
        with scope(district=number.district):
            try:
                services.finish_number(number=number)
            except services.CannotPrint as refused:
                log.warning("Letter %s was voided: %s", number.reference, refused)
            except PressUnavailable as away:
                log.warning("%s", away)
                break
            except Exception:
                log.exception("Letter %s could not be ended; the others go on", number.reference)
                continue
            ended += 1
    return ended
