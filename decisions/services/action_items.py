"""What is to be done after a decision: a task of one of us, or of somebody named in words."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import Membership
from accounts.models.work import TaskKind
from accounts.work import add_tasks, planned_task
from decisions.action_items import SUBJECT
from decisions.models import Decision

from .errors import StillOpen


@dataclass(frozen=True)
class ActionItem:
    """One thing to do: what, who (one of us, or a name in words, or nobody yet), and by when."""

    what: str
    owner: Membership | None = None
    who: str = ""
    due_on: datetime.date | None = None


def add_action_items(*, decision: Decision, items: Sequence[ActionItem], by: Membership) -> None:
    """Keep what is to be done after a decision that is closed. Raises StillOpen."""
    if decision.is_open:
        raise StillOpen
    add_tasks(
        planned_task(
            kind=TaskKind.ACTION_ITEM,
            title=item.what.strip(),
            owner=item.owner,
            owner_text="" if item.owner else item.who.strip(),
            due_on=item.due_on,
            subject_kind=SUBJECT,
            subject_uid=decision.uid,
            by=by,
        )
        for item in items
    )
