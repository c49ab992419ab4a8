"""One's own tasks on Today: promised calls, next steps and action items."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from accounts.models import Membership, Task
from accounts.models.work import TaskKind
from accounts.urls_in import url_in
from accounts.work import complete_task
from letters.models import Letter, Reply
from outreach.promises import with_contact
from outreach.registry import Card, CardSource, Rows

from .words import day_of

AHEAD = datetime.timedelta(days=7)
PAGES = {"letter": "letters:page", "decision": "decisions:page", "partner": "partners:page"}


def tasks(membership: Membership, day: datetime.date) -> Rows:
    """Open tasks of one's own, due within a week or without a date.

    A promised call is kept by a contact with that partner since; an answer takes its place.
    """
    rows = Task.objects.open().filter(owner=membership).exclude(due_on__gt=day + AHEAD)
    answered = Reply.objects.standing().filter(letter__uid=OuterRef("subject_uid"))
    promised = Q(kind=TaskKind.PROMISED_CALL)
    return with_contact(rows).filter(~promised | ~Exists(answered) & Q(kept_by=None))


def with_partner(rows: Rows) -> Rows:
    """Each with the partner whom a promised call is for."""
    letters = Letter.objects.filter(uid=OuterRef("subject_uid"))
    return rows.annotate(partner_uid=Subquery(letters.values("partnership__partner__uid")[:1]))


def card(membership: Membership, rows: list[Any]) -> Card:
    """The task in its own words."""
    [task] = rows
    label, url = _act(membership, task)
    return Card(what=task.title, about="", why=_why(task), act_label=label, act_url=url)


def _act(membership: Membership, task: Any) -> tuple[str, str]:
    """The one act: log the call, or open what the task is about; nothing where it is about nothing."""
    if task.kind == TaskKind.PROMISED_CALL and task.partner_uid:
        return _("Log the call"), url_in(membership.district, "partners:log_call", uid=task.partner_uid)
    page = PAGES.get(task.subject_kind)
    if page is None:
        return "", ""
    return _("Open it"), url_in(membership.district, page, uid=task.subject_uid)


def _why(task: Any) -> str:
    words = {"kind": task.get_kind_display(), "day": day_of(task.due_on)}
    if task.kind == TaskKind.PROMISED_CALL:
        return _("Our letter promised this call for %(day)s.") % words
    return _("%(kind)s, promised for %(day)s.") % words if task.due_on else str(words["kind"])


def done(membership: Membership, uid: uuid.UUID) -> None:
    """The task itself is done."""
    task = Task.objects.open().filter(uid=uid, owner=membership).first()
    if task:
        complete_task(task=task, by=membership)


SOURCES = (CardSource("task", tasks, card, due_on=F("due_on"), detail=with_partner, done=done),)
