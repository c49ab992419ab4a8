"""The row of a question, taken by a write that only an open one allows."""

from __future__ import annotations

from django.db.models import F

from decisions.enums import State
from decisions.models import Decision

from .errors import AlreadyClosed, AnswersEnded


def touch(decision: Decision) -> None:
    """Take the decision's row while it is open, and raise its version: a close that counted before fails
    then.

    Raises AlreadyClosed.
    """
    open_row = Decision.objects.filter(pk=decision.pk, state=State.OPEN)
    if open_row.update(version=F("version") + 1) != 1:
        raise AlreadyClosed


def hold(decision: Decision) -> Decision:
    """Let what else concerns this decision's links wait until this transaction ends. Out: its row as it is.

    Raises AlreadyClosed.
    """
    row: Decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if not row.is_open:
        raise AlreadyClosed
    return row


def hold_open(decision: Decision) -> None:
    """The same; raises AnswersEnded, too, once the time to answer is over."""
    if hold(decision).is_over:
        raise AnswersEnded
