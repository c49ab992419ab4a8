"""How a message moves from state to state, and the line that its history keeps of it."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts import clock
from accounts.models import Membership

from .enums import UNSENT, Reason, State
from .models import Message, MessageEvent


def change(
    rows: QuerySet[Message],
    state: State,
    reason: Reason | str = "",
    detail: str = "",
    **more: object,
) -> int:
    """Move rows to a state, with its reason; out comes how many there were. What is skipped keeps no text."""
    if state == State.SKIPPED:
        more["body"] = ""
    ended = None if state in (*UNSENT, State.SENDING) else clock.now()
    return rows.update(
        state=state, reason=reason, detail=detail[:300], lease_until=None, ended_at=ended, **more
    )


def event(
    message: Message,
    state: State,
    reason: Reason | str = "",
    detail: str = "",
    by: Membership | None = None,
) -> MessageEvent:
    """One line of a message's history; not saved."""
    return MessageEvent(
        district_id=message.district_id,
        message=message,
        at=clock.now(),
        state=state,
        reason=reason,
        detail=detail[:300],
        by=by,
    )
