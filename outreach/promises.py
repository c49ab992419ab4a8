"""Promised calls: a letter says who will call, and a contact in the log keeps that promise.

The task lies on the first floor and the contact on the second; which partner a task's letter went to is known
up here. So Today reads it at once, and the schedule ends the task.
"""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django_scopes import scope

from accounts.models import Task
from accounts.models.work import TaskKind
from accounts.work import complete_task
from letters.models import Letter
from partners.families import family, standing
from partners.models import Interaction

from .guard import going_on
from .planning import open_districts


def with_contact(tasks: QuerySet[Task]) -> QuerySet[Any]:
    """Tasks with `kept_by`: the first contact after the task was made that keeps the call promised there.

    It is anybody's contact with the letter's partner, for its school or for none, or the caller's own.
    """
    letter = Letter.objects.filter(uid=OuterRef("subject_uid"))
    tasks = tasks.annotate(
        of_partner=Subquery(letter.values_list(standing("partnership__partner"))[:1]),
        of_school=Subquery(letter.values("school")[:1]),
    )
    whose = Q(school=OuterRef("of_school")) | Q(school=None) | Q(by=OuterRef("owner"))
    contacts = Interaction.objects.filter(
        whose, partner__in=family(OuterRef(OuterRef("of_partner"))), created_at__gt=OuterRef("created_at")
    )
    return tasks.annotate(kept_by=Subquery(contacts.order_by("created_at", "pk").values("pk")[:1]))


def keep() -> int:
    """End the promised calls that were made, in every district. Out: how many."""
    ended = 0
    for district in open_districts():
        with scope(district=district), going_on(f"Ending promised calls in {district.slug}"):
            promised = Task.objects.open().filter(kind=TaskKind.PROMISED_CALL)
            kept = list(with_contact(promised).exclude(kept_by=None))
            contacts = Interaction.objects.select_related("by").in_bulk({task.kept_by for task in kept})
            for task in kept:
                contact = contacts[task.kept_by]
                ended += complete_task(task=task, by=contact.by, at=contact.created_at)
    return ended
