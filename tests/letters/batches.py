"""Batches for the tests: small functions, named as the tests speak."""

from unittest.mock import patch

from accounts import attempts
from accounts.models import Job
from letters import services
from letters.models import Batch
from letters.tasks import sign_batch
from partners.models import Partnership
from tests.conftest import Cast


def a_batch(cast: Cast, *partnerships: Partnership, **values: object) -> Batch:
    """A batch of Quillback's coordinator to the partners of these partnerships."""
    made = services.start_batch(
        school=cast.quillback,
        kind=values.pop("kind", "new_partner"),
        partners=[partnership.partner_id for partnership in partnerships],
        by=cast.coordinator,
        **values,
    )
    return as_read(made)


def as_read(batch: Batch) -> Batch:
    """The batch as it is stored, with all that its page reads."""
    found: Batch = Batch.objects.whole().get(pk=batch.pk)
    return found


def hand_in(cast: Cast, batch: Batch) -> Batch:
    """Before the principal, with whatever is ready."""
    shown = len(services.check_batch(batch).ready)
    services.hand_in_batch(batch=batch, version=batch.version, shown=shown, by=cast.coordinator)
    return as_read(batch)


def sign(cast: Cast, batch: Batch) -> Job:
    """Signed by the principal; the job waits for a worker."""
    return services.sign_batch(batch=batch, version=batch.version, by=cast.principal)


def work_at(job: Job) -> Job:
    """As a worker does it; the job as it is then. No sign of life of it comes, however slow the machine: its
    thread's own connection does not see what a test has not committed."""
    with patch.object(attempts, "EVERY", 3600):
        sign_batch(job.pk)
    job.refresh_from_db()
    return job
