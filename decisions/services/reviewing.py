"""At its review a decision is kept: it stands as it is, until a next review."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import F

from accounts import clock
from accounts.models import Membership
from decisions.models import Decision
from decisions.register import Sealer, append
from decisions.reviews import comes_back

from .errors import NothingToReview, ReviewTooEarly, WithoutReason


def keep_decision(*, decision: Decision, reason: str, review_on: datetime.date, by: Membership) -> Decision:
    """Look at a decision again and keep it, with a reason, which is sealed, and the day of the next review.

    Nothing that was decided changes: what is to change takes a new decision. Raises WithoutReason,
    ReviewTooEarly; NothingToReview where it does not come back now, or somebody kept it meanwhile.
    """
    if not reason.strip():
        raise WithoutReason
    today = clock.today(decision.district)
    if review_on <= today or review_on < (decision.effective_on or today):
        raise ReviewTooEarly
    if not comes_back(decision, today):
        raise NothingToReview
    with transaction.atomic():
        rows = Decision.objects.standing().filter(pk=decision.pk, review_on=decision.review_on)
        if not rows.update(review_on=review_on, version=F("version") + 1):
            raise NothingToReview
        sealer = Sealer()
        append(
            district_id=decision.district_id,
            decision_uid=decision.uid,
            kind="kept",
            fields={
                "review": review_on.isoformat(),
                "why": sealer.digest(kept_because=reason.strip()),
                "by": sealer.name("kept_by", by),
            },
            sealer=sealer,
        )
    decision.review_on = review_on
    decision.version += 1
    return decision
