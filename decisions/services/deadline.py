"""Questions whose time to answer is over are counted by the portal itself, as nobody's act."""

from __future__ import annotations

from accounts.versions import ChangedMeanwhile
from decisions.models import Decision
from decisions.queries import count
from decisions.rule import Outcome

from .deciding import close_decision
from .errors import Refused


def close_at_deadline(*, decision: Decision) -> bool:
    """Count and close a question whose time is over. Out: whether this call closed it.

    One that its rule puts off stays open, as do one that is taken at a meeting to come, and one that would be
    adopted and has nothing to change any more: its page and Today say so. Of many calls at once, one closes
    it; what changed since `decision` was read is left for the next sweep.
    """
    if not decision.is_overdue or (decision.meeting and not decision.meeting.is_over):
        return False
    if count(decision).result.outcome is Outcome.DEFERRED:
        return False
    try:
        close_decision(decision=decision, version=decision.version, by=None)
    except (Refused, ChangedMeanwhile):
        return False
    return True
