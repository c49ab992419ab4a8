"""One's own tasks on Today: promised calls, next steps and action items."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import Membership, Task
from accounts.models.work import TaskKind
from accounts.urls_in import url_in
from accounts.work import complete_task
from outreach.registry import Card, CardSource, Rows

from .words import day_of

AHEAD = datetime.timedelta(days=7)
PAGES = {"letter": "letters:page", "decision": "decisions:page", "partner": "partners:page"}


def tasks(membership: Membership, day: datetime.date) -> Rows:
    """Open tasks of one's own, due within a week or without a date."""
    rows = Task.objects.open().filter(owner=membership)
    return rows.exclude(due_on__gt=day + AHEAD)


def card(membership: Membership, rows: list[Any]) -> Card:
    """The task in its own words."""
    [task] = rows
    page = PAGES.get(task.subject_kind)
    return Card(
        what=task.title,
        about="",
        why=_why(task),
        act_label=_("Open it"),
        act_url=url_in(membership.district, page, uid=task.subject_uid) if page else "",
    )


def _why(task: Task) -> str:
    words = {"kind": task.get_kind_display(), "day": day_of(task.due_on)}
    if task.kind == TaskKind.PROMISED_CALL:
        return _("Our letter promised this call for %(day)s.") % words
    return _("%(kind)s, promised for %(day)s.") % words if task.due_on else str(words["kind"])


def done(membership: Membership, uid: uuid.UUID) -> None:
    """The task itself is done."""
    task = Task.objects.open().filter(uid=uid, owner=membership).first()
    if task:
        complete_task(task=task, by=membership)


SOURCES = (CardSource("task", tasks, card, due_on=F("due_on"), done=done),)
