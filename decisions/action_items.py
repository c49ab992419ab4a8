"""Action items as they are read: those of one decision, and those of a group that are still open.

They are tasks (accounts/work.py), so whoever has to do one finds it on Today. The register does not vouch for
them: they change as they are done.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet

from accounts.models import Task
from accounts.models.work import TaskKind

from .models import Decision, Group

SUBJECT = "decision"
"""What tasks call the thing that they are about."""


def items_of(decision: Decision) -> Sequence[Task]:
    """What is to be done after a decision, in the order in which it was written down: one query."""
    rows = Task.objects.filter(kind=TaskKind.ACTION_ITEM, subject_kind=SUBJECT, subject_uid=decision.uid)
    return list(rows.select_related("owner__user", "done_by__user").order_by("pk"))


def item_of(decision: Decision, uid: uuid.UUID) -> Task | None:
    """One of them; None where there is no such one."""
    return next((task for task in items_of(decision) if task.uid == uid), None)


@dataclass(frozen=True)
class OpenItem:
    """One thing that a group still has to do, and the decision that it follows from."""

    task: Task
    decision: Decision

    @property
    def who(self) -> str:
        """Who does it; empty where nobody does yet."""
        return who_of(self.task)


def who_of(task: Task) -> str:
    """Whose task it is: one of us, or a name in words. Reads the owner."""
    return str(task.owner.user.name) if task.owner else task.owner_text


def open_tasks(group: Group) -> QuerySet[Task]:
    """What a group still has to do after its decisions."""
    rows: QuerySet[Task] = Task.objects.open().filter(
        kind=TaskKind.ACTION_ITEM, subject_kind=SUBJECT, subject_uid__in=group.decisions.values("uid")
    )
    return rows


def open_items(group: Group) -> Sequence[OpenItem]:
    """The same with the decision that each follows from, what is due first: two queries."""
    rows = open_tasks(group).select_related("owner__user")
    tasks = list(rows.order_by(F("due_on").asc(nulls_last=True), "pk"))
    found = group.decisions.filter(uid__in={task.subject_uid for task in tasks})
    decisions: dict[uuid.UUID | None, Decision] = {one.uid: one for one in found}
    return [OpenItem(task, decisions[task.subject_uid]) for task in tasks]
