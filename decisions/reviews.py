"""When a decision comes back to be looked at again."""

import datetime

from .models import Decision

AHEAD = datetime.timedelta(days=7)
"""So long before its day a review stands on Today and can be made."""


def comes_back(decision: Decision, today: datetime.date) -> bool:
    """Whether its review is due, or will be within a week."""
    return decision.review_on is not None and decision.review_on <= today + AHEAD
