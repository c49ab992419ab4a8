"""What comes first in a new district: a short list on Today, which goes away by itself once it is done.

This floor owns the list, upper ones add to it at start-up. Whether a step is done is read from the records,
never kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper

from accounts.models import District, Membership
from accounts.predicates import Predicate, holds

Link = tuple[str, str]


@dataclass(frozen=True)
class FirstStep:
    """A thing that is set up once: who does it, in words why and where, and how the records show it is done.

    `done` is a condition that the database answers, such as Exists; `links` are (words, address), the first
    one the usual way.
    """

    name: str
    may: Predicate
    what: Any
    why: Any
    links: Callable[[Membership], Sequence[Link]]
    done: Callable[[Membership], Any]


@dataclass(frozen=True)
class ShownStep:
    """A step as a person's Today shows it; `is_next` marks the first that is open."""

    what: str
    why: str
    links: Sequence[Link]
    done: bool
    is_next: bool


_steps: dict[str, FirstStep] = {}


def add_first_step(step: FirstStep) -> None:
    """Register a step; they are shown in the order in which they were registered."""
    _steps[step.name] = step


def first_steps(membership: Membership) -> list[ShownStep]:
    """A person's own steps, done and open; none once all are done. One query."""
    mine = [step for step in _steps.values() if holds(step.may, membership)]
    if not mine:
        return []
    conditions = {
        step.name: ExpressionWrapper(step.done(membership), output_field=BooleanField()) for step in mine
    }
    asked = District.objects.filter(pk=membership.district_id).annotate(**conditions)
    is_done = asked.values(*conditions).get()
    following = next((name for name, done in is_done.items() if not done), None)
    if following is None:
        return []
    return [_shown(step, membership, is_done[step.name], step.name == following) for step in mine]


def _shown(step: FirstStep, membership: Membership, done: bool, is_next: bool) -> ShownStep:
    return ShownStep(str(step.what), str(step.why), step.links(membership), done, is_next)
