"""How much goes to one address outside: at most 2 messages a day and 5 in 7 days, by the district's days.

Reminders and notices are held back. What a person sends counts, and goes all the same; who works in the
district is not outside. Of these places what can wait takes at most 1 a day and 3 a week. Else a meeting that
closes six questions would fill an address's week with their outcomes, and its one reminder, which is worth
nothing once its deadline is over, would never go.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q

from accounts import clock
from accounts.clock import at_local, local_day
from accounts.models import District

from . import registry
from .addresses import clean, outside
from .enums import Reason, State
from .hours import DAY, civil, school_days
from .models import Message

A_DAY, A_WEEK = 2, 5
CAN_WAIT_A_DAY, CAN_WAIT_A_WEEK = 1, 3
WEEK = 7 * DAY

Days = Counter[datetime.date]


@dataclass(frozen=True)
class Had:
    """What one address got, by day: all of it, and of that what could wait."""

    every: Days = field(default_factory=Counter)
    could_wait: Days = field(default_factory=Counter)

    def add(self, kind: str, day: datetime.date) -> None:
        """Count one more message."""
        self.every[day] += 1
        if registry.can_wait(kind):
            self.could_wait[day] += 1


@dataclass(frozen=True)
class Held:
    """A message that must wait: why, and from when on it may go."""

    message: Message
    reason: Reason
    goes_at: datetime.datetime


def too_many(district: District, wanted: Sequence[Message], claimed: Sequence[Message]) -> Iterator[Held]:
    """Of a claimed batch, those that are more than their address may get now.

    `wanted` are those of `claimed` that nothing else holds back. Call it in a transaction, and put off there
    what it yields: until that ends, whoever else has claimed messages to one of the same addresses waits
    here. What another has claimed counts, so that two who send at once never exceed a cap, and one of them
    still sends.
    """
    by_themselves = [message for message in wanted if registry.comes_by_itself(message.kind)]
    addresses = outside(district, [message.to for message in by_themselves]) if by_themselves else set()
    if not addresses:
        return
    _lock(district, addresses)
    by_address, today = _had(district, addresses, claimed), clock.today(district)
    for message in wanted:
        had = by_address.get(clean(message.to))
        if had is None:
            continue
        reason = _reason(had, message.kind, today) if message in by_themselves else None
        if reason is None:
            had.add(message.kind, today)
        else:
            yield Held(message, reason, _opens(district, message, _next_day(had, message.kind, today)))


def _lock(district: District, addresses: Iterable[str]) -> None:
    """Be alone with these addresses until the transaction ends; in one order, so that no two wait in turn."""
    keys = [f"mail:{district.pk}:{address}" for address in sorted(addresses)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest(%s) AS key", [keys]
        )


def _had(district: District, addresses: set[str], claimed: Sequence[Message]) -> dict[str, Had]:
    """By address: how many messages it got on which of the last 7 days, or is about to get: one query."""
    today = clock.today(district)
    since = at_local(today - WEEK + DAY, 0, district.tz)
    went = Q(state__in=(State.SENT, State.UNCERTAIN), ended_at__gte=since)
    others = Q(state=State.SENDING) & ~Q(pk__in=[message.pk for message in claimed])
    had = {address: Had() for address in addresses}
    rows = Message.objects.to_any(addresses).filter(went | others)
    for address, kind, ended_at in rows.values_list("to", "kind", "ended_at"):
        had[clean(address)].add(kind, local_day(ended_at, district) if ended_at else today)
    return had


def _in_week(days: Days, last: datetime.date) -> int:
    """How many fall on the 7 days that end with this one."""
    return sum(n for day, n in days.items() if last - WEEK < day <= last)


def _week_is_full(had: Had, kind: str, last: datetime.date) -> bool:
    """Whether the 7 days that end with this one have no place for a message of this kind."""
    kept_free = registry.can_wait(kind) and _in_week(had.could_wait, last) >= CAN_WAIT_A_WEEK
    return kept_free or _in_week(had.every, last) >= A_WEEK


def _reason(had: Had, kind: str, today: datetime.date) -> Reason | None:
    """Why nothing more of this kind may go today; nothing where it may."""
    if _in_week(had.every, today) >= A_WEEK:
        return Reason.CAPPED_WEEK
    if had.every[today] >= A_DAY:
        return Reason.CAPPED_DAY
    day_is_full = registry.can_wait(kind) and had.could_wait[today] >= CAN_WAIT_A_DAY
    return Reason.KEPT_FREE if day_is_full or _week_is_full(had, kind, today) else None


def _next_day(had: Had, kind: str, today: datetime.date) -> datetime.date:
    """The first day after today on which one more of this kind may go."""
    day = today + DAY
    while _week_is_full(had, kind, day):
        day += DAY
    return day


def _opens(district: District, message: Message, day: datetime.date) -> datetime.datetime:
    """The first opening from that day of the district on, where the message's hours are counted."""
    zone = registry.zone_of(district, message.school)
    return civil(at_local(day, 0, district.tz), zone, message.school, school_days(district))
