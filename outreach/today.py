"""Today: what waits for one person, a few at a time, those with somebody waiting first.

First only keys are read: what, which, and by when, in one query over all kinds. Rows are read for the few
items that are shown.
"""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import DateField, Value
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import clock
from accounts.models import Membership

from . import registry
from .first_steps import ShownStep, first_steps
from .models import HomeState
from .registry import Card, CardSource, News

SHOWN = 7
AT_MOST = 100
OF_A_KIND = 200
NEWS_DAYS = 7
NEWS = 6

Item = tuple[uuid.UUID, datetime.date | None]


@dataclass
class Entry:
    """One item: its kind, and which things it stands for."""

    source: CardSource
    items: list[Item] = field(default_factory=list)

    @property
    def due_on(self) -> datetime.date | None:
        """The earliest of its dates."""
        return min((on for _uid, on in self.items if on), default=None)


def waiting(membership: Membership) -> list[Entry]:
    """Everything that waits for a person and was not put away, the most pressing first: two queries."""
    day = clock.today(membership.district)
    sources = {source.kind: source for source in registry.card_sources()}
    keys = [
        source.rows(membership, day)
        .order_by()
        .annotate(card_kind=Value(kind), card_on=source.due_on or Value(None, DateField()))
        .values_list("card_kind", "uid", "card_on")[:OF_A_KIND]
        for kind, source in sources.items()
    ]
    found = list(keys[0].union(*keys[1:], all=True)) if keys else []
    away = put_away(membership, day)
    entries: list[Entry] = []
    together: dict[str, Entry] = {}
    for kind, uid, on in found:
        if (kind, uid, on) in away:
            continue
        entry = together.get(kind) if sources[kind].together else None
        if entry is None:
            entry = Entry(sources[kind])
            together[kind] = entry
            entries.append(entry)
        entry.items.append((uid, on))
    return sorted(entries, key=lambda entry: _pressing(entry, day))


def _pressing(entry: Entry, day: datetime.date) -> tuple[bool, datetime.date, str, str]:
    """Somebody waits; then by date; then in a fixed order."""
    return not entry.source.urgent, entry.due_on or day, entry.source.kind, str(entry.items[0][0])


def put_away(membership: Membership, day: datetime.date) -> set[tuple[str, uuid.UUID, datetime.date | None]]:
    """What a person said is done, or put off to a later day."""
    rows = HomeState.objects.filter(membership=membership)
    return {
        (row.kind, row.subject_uid, row.due_on)
        for row in rows
        if row.done_at or (row.snoozed_until and row.snoozed_until > day)
    }


def due_count(membership: Membership) -> int:
    """How many items wait on a person's Today: two queries."""
    return len(waiting(membership))


@dataclass(frozen=True)
class Shown(Card):
    """One item as the page shows it: its card, and when it is due."""

    kind: str
    items: Sequence[Item]
    late: bool
    when: str
    since: str
    can_be_done: bool


@dataclass(frozen=True)
class Section:
    """Items under one heading."""

    name: str
    title: str
    items: Sequence[Shown]


@dataclass(frozen=True)
class TodayPage:
    """What a person sees first."""

    day: datetime.date
    lead: str
    sections: Sequence[Section]
    total: int
    more: int
    monday: datetime.date
    news: Sequence[News]
    first: Sequence[ShownStep]


def today_page(membership: Membership, *, everything: bool = False) -> TodayPage:
    """The page: two queries for what waits, one for each kind that is shown and each kind of news, and one
    for the first steps."""
    day = clock.today(membership.district)
    entries = waiting(membership)
    first = first_steps(membership)
    chosen = entries[: AT_MOST if everything else SHOWN]
    shown = [(section_of(entry, day), item) for entry, item in worded(membership, chosen, day)]
    titles = {
        "waits": _("Somebody is waiting"),
        "late": _("Late"),
        "today": _("Today"),
        "next": _("In the next 7 days"),
    }
    sections = [
        Section(name, title, [item for where, item in shown if where == name])
        for name, title in titles.items()
    ]
    return TodayPage(
        day=day,
        lead=_("This comes first.")
        if first and not entries
        else lead(len(entries), sum(section_of(entry, day) == "late" for entry in entries)),
        sections=[section for section in sections if section.items],
        total=len(entries),
        more=len(entries) - len(chosen),
        monday=next_monday(day),
        news=what_came_in(membership),
        first=first,
    )


def section_of(entry: Entry, day: datetime.date) -> str:
    """Under which heading an item stands."""
    if entry.source.urgent:
        return "waits"
    if entry.due_on is None or entry.due_on == day:
        return "today"
    return "late" if entry.due_on < day else "next"


def worded(membership: Membership, entries: Sequence[Entry], day: datetime.date) -> list[tuple[Entry, Shown]]:
    """The entries in words: one query for each kind. What ended meanwhile is left out."""
    wanted: dict[str, set[uuid.UUID]] = defaultdict(set)
    for entry in entries:
        wanted[entry.source.kind].update(uid for uid, _on in entry.items)
    rows = {}
    for kind, uids in wanted.items():
        source = registry.card_source(kind)
        if source:
            found = source.detail(source.rows(membership, day).filter(uid__in=uids))
            rows[kind] = {row.uid: row for row in found}
    worded = []
    for entry in entries:
        mine = [rows[entry.source.kind][uid] for uid, _on in entry.items if uid in rows[entry.source.kind]]
        if mine:
            worded.append((entry, _shown(entry, entry.source.card(membership, mine), day)))
    return worded


def _shown(entry: Entry, card: Card, day: datetime.date) -> Shown:
    late = section_of(entry, day) == "late"
    when, since = words_for(entry, day)
    return Shown(
        kind=entry.source.kind,
        items=entry.items,
        late=late,
        when=when,
        since=since,
        can_be_done=entry.source.can_be_done,
        **vars(card),
    )


def words_for(entry: Entry, day: datetime.date) -> tuple[str, str]:
    """When an item is due in words, and since when: "4 days late", "since Nov 20"."""
    on = entry.due_on
    if on is None or on == day:
        return (_("Since today") if on and entry.source.urgent else _("Any time")), ""
    since = _("since %(day)s") % {"day": date_format(on, _("M j"))}
    days = abs((day - on).days)
    if entry.source.urgent:
        return ngettext("Waits a day", "Waits %(n)d days", days) % {"n": days}, since
    if on < day:
        return ngettext("1 day late", "%(n)d days late", days) % {"n": days}, since
    return date_format(on, _("D, M j")), ""


def lead(count: int, late: int) -> str:
    """How much there is: "7 things need you, 2 of them late"."""
    if not count:
        return _("Nothing needs you now.")
    things = ngettext("One thing needs you", "%(n)d things need you", count) % {"n": count}
    if not late:
        return _("%(things)s, none late.") % {"things": things}
    if late == count:
        return ngettext("One thing needs you, and it is late.", "%(n)d things need you, all late.", count) % {
            "n": count
        }
    return _("%(things)s, %(late)s of them late.") % {"things": things, "late": late}


def next_monday(day: datetime.date) -> datetime.date:
    """The Monday after a day."""
    return day + datetime.timedelta(days=7 - day.weekday())


def what_came_in(membership: Membership) -> list[News]:
    """The last week's answers and outcomes, the latest first."""
    since = clock.now() - datetime.timedelta(days=NEWS_DAYS)
    told = [line for source in registry.news_sources() for line in source(membership, since)]
    return sorted(told, key=lambda line: line.at, reverse=True)[:NEWS]
