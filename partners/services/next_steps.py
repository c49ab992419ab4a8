"""What comes next with a partner: a task of one of us, whose soonest day the list is sorted by."""

import datetime
import uuid

from django.db import transaction
from django.db.models import Min

from accounts.models import Membership, Task
from accounts.models.work import TaskKind
from accounts.work import add_task
from partners.models import Partner
from partners.queries import SUBJECT, next_steps


@transaction.atomic
def add_next_step(*, partner: Partner, what: str, due_on: datetime.date | None, by: Membership) -> Task:
    """One more thing that this person does next with a partner; it waits on their Today."""
    task = add_task(
        kind=TaskKind.NEXT_STEP,
        title=what,
        owner=by,
        due_on=due_on,
        by=by,
        subject_kind=SUBJECT,
        subject_uid=partner.uid,
    )
    refresh_next_step(partner.uid)
    return task


def refresh_next_step(uid: uuid.UUID) -> None:
    """Write anew by which day something comes next with this partner: after a task of its is done, too."""
    told = Partner.objects.select_related("merged_into").filter(uid=uid).first()
    if told:
        partner = told.merged_into or told
        soonest = next_steps(partner).aggregate(soonest=Min("due_on"))["soonest"]
        Partner.objects.filter(pk=partner.pk).update(next_on=soonest)
