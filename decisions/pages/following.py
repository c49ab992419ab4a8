"""What comes after a decision: that it was closed, what is to be done, and the reviews at which it was
kept."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import Task
from decisions.action_items import items_of, who_of
from decisions.models import Decision, Event, Sealed
from decisions.rule import Outcome


def closed_words(decision: Decision) -> str:
    """Who closed a decision, and when; empty where it is open."""
    if decision.closed_at is None:
        return ""
    local = localtime(decision.closed_at)
    when = {"hour": formats.time_format(local.time()), "day": day_in_words(local.date())}
    if decision.closed_by is None:
        return _("This decision was closed at its deadline, at %(hour)s on %(day)s.") % when
    who = decision.closed_by.user.name
    if decision.outcome == Outcome.WITHDRAWN:
        return _("This question was taken back by %(who)s at %(hour)s on %(day)s.") % {"who": who, **when}
    return _("This decision was closed by %(who)s at %(hour)s on %(day)s.") % {"who": who, **when}


@dataclass(frozen=True)
class Item:
    """One thing to do, in words."""

    task: Task
    today: datetime.date

    @property
    def who(self) -> str:
        """Who does it, or that nobody does yet."""
        return who_of(self.task) or _("Nobody yet")

    @property
    def due(self) -> str:
        """By when; empty where no day is set."""
        return day_in_words(self.task.due_on)

    @property
    def is_open(self) -> bool:
        """Whether it is not done yet."""
        return self.task.done_at is None

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is not done."""
        return self.is_open and self.task.due_on is not None and self.task.due_on < self.today

    @property
    def sign(self) -> str:
        """The sign of how it stands, as partials/state.html names them."""
        return "warn" if self.is_late else "info" if self.is_open else "ok"

    @property
    def state(self) -> str:
        """How it stands."""
        if self.task.done_at is None:
            return _("Late") if self.is_late else _("To do")
        return _("Done on %(day)s") % {"day": day_in_words(localtime(self.task.done_at).date())}


def to_do(decision: Decision) -> list[Item]:
    """What is to be done after a decision: one query; none while it is open."""
    if decision.is_open:
        return []
    today = clock.today(decision.district)
    return [Item(task, today) for task in items_of(decision)]


@dataclass(frozen=True)
class Kept:
    """A review at which a decision was kept: when, by whom, and why (or that this was erased)."""

    words: str
    why: str


def kept_at_reviews(events: Sequence[Event], erased: Mapping[str, str]) -> list[Kept]:
    """The reviews of a decision, from its entries: one query where there was any."""
    kept = {event.pk: json.loads(event.body) for event in events if '"kind":"kept"' in event.body}
    if not kept:
        return []
    rows = Sealed.objects.filter(event__in=kept).order_by("event__seq")
    beside: dict[int, dict[str, Sealed]] = {pk: {} for pk in kept}
    for row in rows:
        beside[row.event_id][row.digest] = row
    return [_kept(entry, beside[pk], erased) for pk, entry in kept.items()]


def _kept(entry: Mapping[str, str], beside: Mapping[str, Sealed], erased: Mapping[str, str]) -> Kept:
    day = localtime(datetime.datetime.fromisoformat(entry["at"])).date()
    who = beside[entry["by"]].text("kept_by") if entry["by"] in beside else ""
    words = _("Looked at again and kept on %(day)s by %(who)s.") % {"day": day_in_words(day), "who": who}
    said = beside[entry["why"]].text("kept_because") if entry["why"] in beside else ""
    return Kept(words, said or erased.get("kept_because", ""))


def day_in_words(day: datetime.date | None) -> str:
    """A day as pages say it; empty where there is none."""
    return formats.date_format(day, "DATE_FORMAT") if day else ""
