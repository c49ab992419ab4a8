"""Named reads of the pages of the kinds of mail: which go, and what each would send."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts import clock
from accounts.holidays import SchoolCalendar
from accounts.models import District, Membership
from accounts.roles import Role

from . import planning, registry
from .enums import State
from .hours import civil, school_days
from .models import KindSwitch, Message
from .registry import Draft, MailSource
from .switches import latest


@dataclass(frozen=True)
class KindRow:
    """A kind of mail: whether it goes, since when and by whom, and how many messages wait."""

    source: MailSource
    is_on: bool
    switched: KindSwitch | None
    ready: int

    @property
    def since(self) -> str:
        """Who switched it, and when, in words."""
        if self.switched is None:
            return ""
        words = {
            "name": self.switched.by.user.name,
            "day": formats.date_format(localtime(self.switched.at), "DATE_FORMAT"),
        }
        if self.is_on:
            return _("Switched on by %(name)s, %(day)s") % words
        return _("Switched off by %(name)s, %(day)s") % words


def kind_rows() -> list[KindRow]:
    """All kinds of mail: two queries."""
    switched = latest()
    ready = dict(Message.objects.filter(state=State.WAITING).values_list("kind").annotate(n=Count("pk")))
    return [
        KindRow(
            source=source,
            is_on=switched[source.kind].is_on if source.kind in switched else not source.needs_switch,
            switched=switched.get(source.kind),
            ready=ready.get(source.kind, 0),
        )
        for source in registry.mail_sources()
    ]


@dataclass(frozen=True)
class KindPage:
    """A kind of mail with all that it would send in the next 14 days, and when each would go."""

    row: KindRow
    lines: Sequence[tuple[Draft, datetime.datetime]]

    @property
    def seen(self) -> str:
        """Names the list that was shown: what is switched on must be what was seen."""
        keys = sorted(draft.key(self.row.source.kind) for draft, _goes_at in self.lines)
        return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:16]


def kind_page(source: MailSource, membership: Membership) -> KindPage:
    """One kind of mail; reads what would go from its source, so that nothing is left out.

    District staff, who switch it, see all of it; others what is about their own schools.
    """
    row = next(row for row in kind_rows() if row.source.kind == source.kind)
    district = membership.district
    calendar = school_days(district)
    return KindPage(
        row,
        [
            (draft, goes_at(draft, district, calendar))
            for draft in planning.upcoming(source, district)
            if membership.role == Role.STAFF or (draft.school and membership.covers(draft.school.pk))
        ],
    )


def goes_at(draft: Draft, district: District, calendar: SchoolCalendar) -> datetime.datetime:
    """When a reminder that is planned would go: in civil hours, on a school day."""
    soonest = max(draft.not_before, clock.now())
    return civil(soonest, registry.zone_of(district, draft.school), draft.school, calendar)
