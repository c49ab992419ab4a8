"""Batches among the jobs of the portal: their kind, and the page of what they make."""

from django.utils.translation import gettext_lazy

from accounts.jobs import JobKind
from accounts.models import District, Job
from accounts.urls_in import url_in

from .services.batch_signing import KIND


def page_of(district: District, job: Job) -> str:
    """The address of the batch's page."""
    return url_in(district, "letters:batch", uid=job.args["batch"])


JOBS = JobKind(
    kind=KIND,
    task="letters.sign_batch",
    page=page_of,
    see=gettext_lazy("See the letters"),
    nothing=gettext_lazy("What was signed before stays signed; the other letters wait."),
)
