"""Whether a partnership needs care: named signals, each with since when it holds, and no score.

Pure: no table is read here; care_facts.py brings the facts, engagement_words.py says them. The worst signal
decides how a partnership stands and what to do next; small ones don't add up to a large one, so that each
answer can be read off the page. What was over before a partner came into the directory counts for nothing.
"""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from typing import Any, NamedTuple

from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _

from partners.enums import Cadence
from partners.narrowing import A_YEAR

LETTERS_AT_RISK = 2  # after the second silence the follow-up ladder says "not now"
IN_A_ROW = 2  # meetings or decisions: once happens to everybody
IN_A_ROW_AT_RISK = 3
PAPERS_AHEAD = datetime.timedelta(days=30)  # the last of the three days on which an end is announced
ITEM_AT_RISK = datetime.timedelta(days=30)  # a month late: nobody works on it any more


class Care(IntegerChoices):
    """How a partnership stands, the better the lower."""

    ON_TRACK = 0, _("On track")
    ATTENTION = 1, _("Needs attention")
    AT_RISK = 2, _("At risk")


class Signal(StrEnum):
    """What is looked at."""

    QUIET = "quiet"
    LETTERS = "letters"
    MEETINGS = "meetings"
    ITEMS = "items"
    PAPERS = "papers"
    LISTING = "listing"
    DECISIONS = "decisions"


class Asked(NamedTuple):
    """A letter that nobody replied to, and by when it asked for an answer."""

    reference: str
    signed_on: datetime.date
    reply_by: datetime.date


class Thing(NamedTuple):
    """Something with a day on which it is due or ends; `uid` of the decision that it follows from, or of the
    agreement that it is."""

    name: str
    day: datetime.date
    uid: uuid.UUID | None = None


class Turn(NamedTuple):
    """A meeting or a decision of a group, and whether the partner's seat took part in it."""

    group: str
    day: datetime.date
    took_part: bool
    uid: uuid.UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one partnership on a day.

    `known_since`: the day on which the partner came into the directory. `cadence`: how often the two agreed
    to hear from each other. `works`: whether they work together, so that papers and listing matter.
    `heard_on`: the last contact in which the partner spoke. `listed_on`: when it last confirmed its listing.
    Meetings and decisions come with the latest of a group first.
    """

    today: datetime.date
    year_start_month: int
    known_since: datetime.date
    stage_since: datetime.date
    cadence: Cadence
    works: bool
    heard_on: datetime.date | None = None
    letters: Sequence[Asked] = ()
    meetings: Sequence[Turn] = ()
    items: Sequence[Thing] = ()
    papers: Sequence[Thing] = ()
    listed_on: datetime.date | None = None
    decisions: Sequence[Turn] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A signal that holds: how bad it is, since when, and what it is about (Asked, Thing or Turn).

    `uid`: the decision or agreement that is to be looked at first.
    """

    signal: Signal
    care: Care
    since: datetime.date
    about: Sequence[Any] = ()
    uid: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Engagement:
    """How a partnership stands, with the signals that hold, the worst and then the oldest first."""

    facts: Facts
    findings: Sequence[Finding]

    @property
    def worst(self) -> Finding | None:
        """The signal that decides how it stands, and what to do next; None where it is on track."""
        return self.findings[0] if self.findings else None

    @property
    def care(self) -> Care:
        """How it stands."""
        return self.worst.care if self.worst else Care.ON_TRACK

    @property
    def since(self) -> datetime.date:
        """Since when; where it is on track, when they were last heard from, or since when we know them."""
        return self.worst.since if self.worst else self.facts.heard_on or self.facts.known_since


def engagement(facts: Facts) -> Engagement:
    """How a partnership stands on that day."""
    rules = (_quiet, _letters, _meetings, _items, _papers, _listing, _decisions)
    found = (finding for rule in rules if (finding := rule(facts)) is not None)
    return Engagement(facts, tuple(sorted(found, key=lambda finding: (-finding.care, finding.since))))


def _quiet(facts: Facts) -> Finding | None:
    """Whole stretches of the school year, as long as agreed, without a word from them: two are a risk.

    Whoever was never heard from is not at risk: the records may be younger than the partnership.
    """
    since = max(facts.heard_on or facts.stage_since, facts.known_since)
    silent = _stretch(facts.today, facts) - _stretch(since, facts) - 1
    if silent < 1:
        return None
    care = Care.AT_RISK if silent > 1 and facts.heard_on else Care.ATTENTION
    return Finding(Signal.QUIET, care, since)


def _stretch(day: datetime.date, facts: Facts) -> int:
    """The number of a day's stretch, counted so that one begins with each school year."""
    return (day.year * 12 + day.month - facts.year_start_month) // facts.cadence


def _letters(facts: Facts) -> Finding | None:
    """Letters whose day is over, from the oldest on, but not those after which they were heard from."""
    heard_on = facts.heard_on or datetime.date.min
    waiting = [one for one in facts.letters if one.reply_by < facts.today and heard_on <= one.signed_on]
    if not waiting:
        return None
    waiting.sort(key=lambda one: one.reply_by)
    care = Care.AT_RISK if len(waiting) >= LETTERS_AT_RISK else Care.ATTENTION
    return Finding(Signal.LETTERS, care, waiting[0].reply_by, waiting)


def _meetings(facts: Facts) -> Finding | None:
    return _without(Signal.MEETINGS, facts.meetings)


def _decisions(facts: Facts) -> Finding | None:
    return _without(Signal.DECISIONS, facts.decisions)


def _without(signal: Signal, turns: Sequence[Turn]) -> Finding | None:
    """The longest run, up to the latest turn of a group, without the partner; the latest first."""
    of_group: dict[str, list[Turn]] = defaultdict(list)
    for turn in turns:
        of_group[turn.group].append(turn)
    runs = [list(takewhile(lambda turn: not turn.took_part, some)) for some in of_group.values()]
    run = max(runs, key=len, default=[])
    if len(run) < IN_A_ROW:
        return None
    care = Care.AT_RISK if len(run) >= IN_A_ROW_AT_RISK else Care.ATTENTION
    return Finding(signal, care, run[-1].day, run, run[0].uid)


def _items(facts: Facts) -> Finding | None:
    """What they took on and did not do by its day."""
    late = sorted((one for one in facts.items if one.day < facts.today), key=lambda one: one.day)
    if not late:
        return None
    care = Care.AT_RISK if facts.today - late[0].day >= ITEM_AT_RISK else Care.ATTENTION
    return Finding(Signal.ITEMS, care, late[0].day, late, late[0].uid)


def _papers(facts: Facts) -> Finding | None:
    """Papers and agreements that end within 30 days, or have ended: then at risk."""
    ends = (one for one in facts.papers if facts.known_since <= one.day <= facts.today + PAPERS_AHEAD)
    due = sorted(ends, key=lambda one: one.day)
    if not due or not facts.works:
        return None
    care = Care.AT_RISK if due[0].day < facts.today else Care.ATTENTION
    return Finding(Signal.PAPERS, care, due[0].day, due, due[0].uid)


def _listing(facts: Facts) -> Finding | None:
    """A listing that they did not confirm for a year, or ever since it was entered."""
    due = max(facts.listed_on or facts.known_since, facts.known_since) + A_YEAR
    return Finding(Signal.LISTING, Care.ATTENTION, due) if facts.works and due < facts.today else None
