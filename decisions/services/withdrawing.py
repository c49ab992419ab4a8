"""A group takes a question back before it is counted."""

from __future__ import annotations

from django.db import transaction

from accounts.models import Membership
from decisions.models import Decision
from decisions.queries import Count, count
from decisions.register import Sealer, append
from decisions.rule import Outcome

from .deciding import ended
from .errors import WithoutReason
from .meetings import taken_at
from .while_open import touch


def withdraw(*, decision: Decision, reason: str, by: Membership) -> Decision:
    """End a question without an outcome of the count; its figures are kept as they stood.

    Raises AlreadyClosed, WithoutReason.
    """
    if not reason.strip():
        raise WithoutReason
    with transaction.atomic():
        touch(decision)
        counted = count(decision)
        row = ended(Outcome.WITHDRAWN, counted.result.figures, by) | {"rationale": reason.strip()}
        Decision.objects.filter(pk=decision.pk).update(**row)
        for name, value in row.items():
            setattr(decision, name, value)
        _register(decision, counted, by)
    decision.version += 1
    return decision


def _register(decision: Decision, counted: Count, by: Membership) -> None:
    sealer = Sealer()
    append(
        district_id=decision.district_id,
        decision_uid=decision.uid,
        kind="withdrawn",
        at=decision.closed_at,
        fields={
            "round": counted.round.n,
            "figures": decision.figures,
            "sentence": decision.sentence,
            **taken_at(decision.meeting),
            "present": counted.present,
            "why": sealer.digest(rationale=decision.rationale),
            "by": sealer.name("closed_by", by),
        },
        sealer=sealer,
    )
