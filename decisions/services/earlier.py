"""What a question would change has to stand still when it is adopted, so that a chain never forks."""

from __future__ import annotations

from decisions.models import Decision
from decisions.queries import Count
from decisions.rule import Outcome

from .errors import EarlierGone


def hold_earlier(decision: Decision) -> None:
    """Let whoever closes another question about the same earlier decision wait until this transaction ends.

    Take it before the question's own row: all who close take them in this order.
    """
    if decision.supersedes_id is not None:
        Decision.objects.select_for_update(no_key=True).get(pk=decision.supersedes_id)


def check_earlier(decision: Decision, counted: Count) -> None:
    """Raise EarlierGone where it would be adopted and what it would change does not stand any more."""
    earlier = decision.supersedes
    if earlier is None or counted.result.outcome is not Outcome.ADOPTED:
        return
    gone_by = Decision.objects.ending_earlier().filter(supersedes=earlier).first()
    if gone_by is not None:
        raise EarlierGone(earlier.reference, gone_by.reference)
