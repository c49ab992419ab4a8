"""The one list of what is due: mail that goes out, and items of Today. An upper floor adds to it at start-up.

A mail source says whom, when, why, and what makes it moot; planning.py keeps its messages in step, outbox.py
sends them. A card source says what waits for a person; today.py picks and words it.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Expression, F

from accounts.models import District, Membership, School

from .enums import EVERY_REMINDER, Reason
from .models import Message

Rows = Any  # a queryset of a tenant model: django-scopes makes its managers at run time, without types


@dataclass(frozen=True)
class Window:
    """The days for which a source is asked, and this instant."""

    now: datetime.datetime
    since: datetime.datetime
    until: datetime.datetime


@dataclass(frozen=True)
class Draft:
    """A message as a source wants it: to whom, for which occurrence, from when on, and its words.

    `to` is empty where there is no address; `reply_to` is an address, with a name where there is one. Where
    the body holds `mail.LINK_MARK`, the source's `link` takes its place in the mail alone.
    """

    subject_uid: uuid.UUID
    recipient_uid: uuid.UUID
    occurrence: str
    not_before: datetime.datetime
    school: School | None
    about: str
    to: str
    to_name: str
    from_name: str
    reply_to: str
    language: str
    subject: str
    body: str

    def thread(self, kind: str) -> str:
        """What and whom: the same for every occurrence."""
        return thread(kind, self.subject_uid, self.recipient_uid)

    def key(self, kind: str) -> str:
        """What makes the message one of its kind: what, whom, which occurrence."""
        return f"{self.thread(kind)}:{self.occurrence}"


@dataclass(frozen=True)
class Unknown:
    """What a source says of a thing of which it can't be told now what is due: what waits for it stays."""

    subject_uid: uuid.UUID


Drafted = Draft | Unknown


def thread(kind: str, subject: uuid.UUID, recipient: uuid.UUID) -> str:
    """What a message is of, what it is about, and to whom, as its key begins."""
    return f"{kind}:{subject}:{recipient}"


def thread_of(key: str) -> str:
    """What and whom a message's key names."""
    return ":".join(key.split(":")[:3])


@dataclass(frozen=True)
class Attachment:
    """A file that a message carries."""

    name: str
    content: bytes
    media_type: str


def _as_they_are(rows: Rows) -> Rows:
    return rows


def _no_files(message: Message) -> Sequence[Attachment]:
    return ()


def _nothing_more(message: Message) -> None:
    """Most kinds need nothing done once they are sent."""


@dataclass(frozen=True)
class MailSource:
    """A kind of mail.

    `drafts` yields what is to go in a window, a thing that fails as Unknown (guard.drafted); `moot` says
    of messages (by key of the row) why one need not go any more. A `reminder` comes by itself: it keeps
    civil hours and is dropped when it is no longer due; other kinds go because a person asked.
    `needs_switch`: it reaches outsiders by itself, so it waits until district staff switch it on.
    `can_wait`: it has no deadline, and leaves room for what has one (caps.py). `page` names the page of what
    it is about; `link` and `files` are what a message carries beyond its text, `html` its HTML side where
    that is more than the same words (not of what comes by itself, below whose words stands how to stop it);
    `sent` is told when it has gone.
    """

    kind: str
    label: Any
    says: Any
    reminder: bool
    needs_switch: bool
    drafts: Callable[[District, Window], Sequence[Drafted]]
    moot: Callable[[Sequence[Message]], dict[int, Reason]]
    page: str = ""
    link: Callable[[Message], str] | None = None
    html: Callable[[Message], str] | None = None
    can_wait: bool = False
    files: Callable[[Message], Sequence[Attachment]] = _no_files
    sent: Callable[[Message], None] = _nothing_more

    @property
    def comes_by_itself(self) -> bool:
        """Whether it is a reminder or a notice: its reader can stop it, and it is capped (caps.py)."""
        return self.reminder or self.needs_switch


@dataclass(frozen=True)
class Card:
    """An item of Today in words: what (verb first), about what, why (may hold links), and one act.

    Without an address the act is to say that it is done.
    """

    what: str
    about: str
    why: str
    act_label: str
    act_url: str


@dataclass(frozen=True)
class CardSource:
    """A kind of item on Today.

    `rows` are those that wait for somebody; `due_on` is their date (nothing: any time), or, where `urgent`,
    the day since when a person waits. `card` words one row, or all of them where `together`; `detail` adds to
    the rows what only the words need. `done` ends the thing itself ("Done already"); without it the item is
    only put away, and where `can_be_done` is false it can only be put off.
    """

    kind: str
    rows: Callable[[Membership, datetime.date], Rows]
    card: Callable[[Membership, list[Any]], Card]
    due_on: F | Expression | None = None
    detail: Callable[[Rows], Rows] = _as_they_are
    urgent: bool = False
    together: bool = False
    can_be_done: bool = True
    done: Callable[[Membership, uuid.UUID], None] | None = None


@dataclass(frozen=True)
class News:
    """One line of "What came in": when, from whom or what, what it says, and where it stands."""

    at: datetime.datetime
    who: str
    words: str
    url: str


NewsSource = Callable[[Membership, datetime.datetime], list[News]]

_mail: dict[str, MailSource] = {}
_cards: dict[str, CardSource] = {}
_news: list[NewsSource] = []


def add_mail(source: MailSource) -> None:
    """Register a kind of mail."""
    _mail[source.kind] = source


def add_cards(source: CardSource) -> None:
    """Register a kind of item on Today."""
    _cards[source.kind] = source


def add_news(source: NewsSource) -> None:
    """Register what can come in."""
    if source not in _news:
        _news.append(source)


def mail_sources() -> list[MailSource]:
    """All kinds of mail."""
    return list(_mail.values())


def mail_source(kind: str) -> MailSource | None:
    """One kind of mail; None for one that is no longer sent."""
    return _mail.get(kind)


def comes_by_itself(kind: str) -> bool:
    """Whether a kind is a reminder or a notice; not what is no longer sent."""
    source = mail_source(kind)
    return source is not None and source.comes_by_itself


def can_wait(kind: str) -> bool:
    """Whether a kind has no deadline."""
    source = mail_source(kind)
    return source is not None and source.can_wait


def by_themselves() -> list[MailSource]:
    """The reminders and notices: what its reader can stop."""
    return [source for source in mail_sources() if source.comes_by_itself]


def stopped_by(kind: str) -> set[str]:
    """What a Suppression may say that stops a kind of mail."""
    return {"", kind, EVERY_REMINDER} if comes_by_itself(kind) else {"", kind}


def card_sources() -> list[CardSource]:
    """All kinds of items on Today."""
    return list(_cards.values())


def card_source(kind: str) -> CardSource | None:
    """One kind of item on Today."""
    return _cards.get(kind)


def news_sources() -> list[NewsSource]:
    """All that can come in."""
    return list(_news)


def zone_of(district: District, school: School | None) -> ZoneInfo:
    """The time zone in which a message's hours are counted."""
    return ZoneInfo(school.zone) if school and school.zone else district.tz
