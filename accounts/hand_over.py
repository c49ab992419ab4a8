"""Handing over: all that waits for one person goes to another, in one step and one transaction.

Each app registers its parts when it is loaded (AppConfig.ready): which rows wait for a person, and which of
their fields names that person. Signed letters keep their signer: no part may name a field of what was signed.
What lies at a school where the receiver does not work stays, and the preview says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import ngettext

from . import clock
from .models import HandOver, Membership, Task
from .roles import Role
from .tenancy import Versioned

Rows = Any  # a queryset of a tenant model: django-scopes makes its managers at run time, without types


def _anybody(receiver: Membership) -> bool:
    return True


@dataclass(frozen=True)
class Part:
    """One kind of thing that can be handed over.

    `rows` are those that wait for a person, whose key stands in their `field`; `words` says how many they
    are. `school` is the path from a row to its school, empty where a row belongs to none: a row without a
    school is the district's. `may` tells who can take such a thing over.
    """

    name: str
    words: Callable[[int], str]
    rows: Callable[[Membership], Rows]
    field: str
    school: str = ""
    may: Callable[[Membership], bool] = _anybody

    def fitting(self, giver: Membership, receiver: Membership) -> Rows:
        """The rows that this receiver can take over."""
        rows = self.rows(giver)
        if not self.may(receiver):
            return rows.none()
        if receiver.whole_district or not self.school:
            return rows
        return rows.filter(**{f"{self.school}__in": receiver.school_ids})


_parts: dict[str, Part] = {}


class CannotReceive(Exception):
    """The receiver is the giver, a viewer, does not work at a school of theirs, or their membership ended."""


def add_part(part: Part) -> None:
    """Register what can be handed over; parts are told in the order of the floors."""
    _parts[part.name] = part


def parts() -> list[Part]:
    """All that can be handed over."""
    return list(_parts.values())


@dataclass(frozen=True)
class Preview:
    """What would go over, and what would stay, in words; how many each."""

    going: Sequence[str]
    going_count: int
    staying: Sequence[str]
    staying_count: int


def open_things(giver: Membership) -> list[str]:
    """What waits for a person, in words: one query for each part."""
    return _in_words({part.name: part.rows(giver).count() for part in parts()})


def preview(giver: Membership, receiver: Membership) -> Preview:
    """What a hand-over would do: two queries for each part. Reads only."""
    all_of = {part.name: part.rows(giver).count() for part in parts()}
    going = {part.name: part.fitting(giver, receiver).count() for part in parts()}
    staying = {name: all_of[name] - going[name] for name in all_of}
    return Preview(_in_words(going), sum(going.values()), _in_words(staying), sum(staying.values()))


def receivers(giver: Membership) -> QuerySet[Membership]:
    """Who could take over from a person today, by name."""
    people = Membership.objects.on(clock.today(giver.district)).exclude(pk=giver.pk).exclude(role=Role.VIEWER)
    if not giver.whole_district:
        people = people.filter(Q(whole_district=True) | Q(schools__in=giver.school_ids)).distinct()
    found: QuerySet[Membership] = people.select_related("user").order_by("user__name", "pk")
    return found


@transaction.atomic
def hand_over(*, giver: Membership, receiver: Membership, by: Membership) -> dict[str, int]:
    """Hand everything over that fits; done again, it finds nothing more to do and writes nothing.

    Out: how many of each part, those with none left out. Raises CannotReceive.
    """
    if not receivers(giver).filter(pk=receiver.pk).exists():
        raise CannotReceive
    moved = {part.name: _move(part, giver, receiver) for part in parts()}
    figures = {name: count for name, count in moved.items() if count}
    if figures:
        HandOver.objects.create(
            district_id=giver.district_id,
            giver=giver,
            receiver=receiver,
            by=by,
            at=clock.now(),
            figures=figures,
        )
    return figures


def figures_in_words(figures: dict[str, int]) -> list[str]:
    """What was handed over, in words: "3 tasks", "2 letter drafts"; a part that is gone is left out."""
    return _in_words(figures)


def _move(part: Part, giver: Membership, receiver: Membership) -> int:
    rows = part.fitting(giver, receiver)
    changes: dict[str, Any] = {part.field: receiver}
    if issubclass(rows.model, Versioned):
        changes["version"] = F("version") + 1
    # By key: the rows' own conditions may join, and an UPDATE of what joins is a subquery all the same.
    keys = list(rows.order_by().values_list("pk", flat=True))
    moved: int = rows.model.objects.filter(pk__in=keys, **{part.field: giver}).update(**changes)
    return moved


def _in_words(counts: dict[str, int]) -> list[str]:
    return [part.words(counts[part.name]) for part in parts() if counts.get(part.name)]


def _tasks(giver: Membership) -> Rows:
    return Task.objects.open().filter(owner=giver)


def _task_words(n: int) -> str:
    return ngettext("%(n)d open task or promised call", "%(n)d open tasks and promised calls", n) % {"n": n}


add_part(Part("tasks", _task_words, _tasks, "owner"))
