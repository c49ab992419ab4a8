"""Named reads of the pages of mail, with their query counts in tests."""

from __future__ import annotations

import datetime
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.utils import formats
from django.utils.functional import lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import clock
from accounts.models import Membership
from accounts.outgoing import mail_leaves, sent_words
from accounts.urls_in import url_in

from . import mail, registry
from .addresses import address_hmac
from .enums import CAPPED, Reason, State, state_words
from .models import Message, MessageEvent, Suppression, Trouble
from .stops import Stop, current_stop

PAGE = 50
FOLDERS = {
    "ready": (gettext_lazy("Ready to send"), (State.WAITING,)),
    "going": (gettext_lazy("Going out"), (State.QUEUED, State.SENDING)),
    "sent": (lazy(sent_words, str)(), (State.SENT,)),
    "trouble": (gettext_lazy("Did not go"), (State.FAILED, State.UNCERTAIN)),
    "left": (gettext_lazy("Not needed"), (State.SKIPPED, State.SUPPRESSED, State.CANCELLED)),
}
SIGNS = {State.SENT: "ok", State.UNCERTAIN: "warn", State.FAILED: "risk"}


@dataclass(frozen=True)
class Row:
    """A message as a row of the list: its state as a sign, and why in words; `stop` stops all mail."""

    message: Message
    stop: Stop | None

    @property
    def is_held(self) -> bool:
        """Whether it would go, were all mail not stopped."""
        return self.stop is not None and self.message.state == State.QUEUED

    @property
    def sign(self) -> str:
        """The sign of its state, as partials/state.html names them."""
        if self.is_held:
            return "warn"
        kept_here = self.message.state == State.SENT and not mail_leaves()
        return "info" if kept_here else SIGNS.get(State(self.message.state), "info")

    @property
    def state(self) -> str:
        """Its state in words."""
        return _("Held back") if self.is_held else state_words(self.message.state)

    @property
    def kind(self) -> str:
        """Its kind in words."""
        return kind_words(self.message.kind)

    @property
    def why(self) -> str:
        """Why it stands where it stands, and what the server said."""
        if self.stop and self.is_held:
            return _("All mail is stopped: %(reason)s") % {"reason": self.stop.reason}
        return " ".join(
            part for part in (self._held_until, reason_words(self.message), self.message.detail) if part
        )

    @property
    def _held_until(self) -> str:
        """Until when it waits, where its address has had enough."""
        if self.message.reason not in CAPPED:
            return ""
        day = formats.date_format(localtime(self.message.not_before), _("l, F j"))
        return _("Held until %(day)s.") % {"day": day}

    @property
    def when(self) -> datetime.datetime:
        """When it goes, or when it ended."""
        return self.message.ended_at or self.message.not_before


def kind_words(kind: str) -> str:
    """A kind of mail in words; its code where we no longer send it."""
    source = registry.mail_source(kind)
    return str(source.label) if source else kind


def reason_words(row: Message | MessageEvent) -> str:
    """A reason as a sentence; nothing where the state says it all."""
    return str(Reason(row.reason).label) if row.reason else ""


@dataclass(frozen=True)
class Folder:
    """One filter of the list, as partials/tabs.html draws it."""

    label: str
    url: str
    current: bool
    count: int


@dataclass(frozen=True)
class MailPage:
    """A part of the mail, newest first, and where the next part begins."""

    rows: Sequence[Row]
    folders: Sequence[Folder]
    folder: str
    next_url: str
    total: int
    troubles: Sequence[str]
    stop: Stop | None


def mail_page(membership: Membership, *, folder: str = "", before: str = "") -> MailPage:
    """Mail going out: five queries, however many messages there are."""
    stop = current_stop()
    visible = Message.objects.for_member(membership)
    counts = Counter(dict(visible.values_list("state").annotate(n=Count("pk"))))
    states = FOLDERS[folder][1] if folder in FOLDERS else tuple(State)
    ordered = visible.filter(_older_than(before), state__in=states).order_by("-not_before", "-pk")
    part = list(ordered.select_related("school")[: PAGE + 1])
    last = part[PAGE - 1] if len(part) > PAGE else None
    return MailPage(
        rows=[Row(message, stop) for message in part[:PAGE]],
        folders=_folders(folder, counts),
        folder=folder if folder in FOLDERS else "",
        next_url=_next_url(folder, last) if last else "",
        total=sum(counts[state] for state in states),
        troubles=[_trouble(trouble) for trouble in Trouble.objects.order_by("since", "pk")],
        stop=stop,
    )


def _trouble(trouble: Trouble) -> str:
    """Since when a kind of mail, or some messages of it, can't be planned, in words."""
    since, today = localtime(trouble.since), localtime(clock.now()).date()
    when = formats.date_format(since, "TIME_FORMAT" if since.date() == today else "DATETIME_FORMAT")
    values = {"kind": kind_words(trouble.kind), "when": when, "n": trouble.rows}
    if trouble.rows:
        words = ngettext(
            "Since %(when)s, %(n)s message of the kind “%(kind)s” could not be planned. The portal tries"
            " again every few minutes; other mail goes on.",
            "Since %(when)s, %(n)s messages of the kind “%(kind)s” could not be planned. The portal tries"
            " again every few minutes; other mail goes on.",
            trouble.rows,
        )
        return words % values
    return (
        _(
            "Since %(when)s, no new messages of the kind “%(kind)s” could be planned. The portal tries again"
            " every few minutes; other mail goes on."
        )
        % values
    )


def _next_url(folder: str, last: Message) -> str:
    return "?" + urlencode({"state": folder, "before": f"{last.not_before.isoformat()}_{last.pk}"})


def _folders(chosen: str, counts: Counter[str]) -> list[Folder]:
    every = Folder(_("All"), "?", chosen not in FOLDERS, sum(counts.values()))
    return [every] + [
        Folder(str(label), f"?state={name}", chosen == name, sum(counts[state] for state in states))
        for name, (label, states) in FOLDERS.items()
    ]


def _older_than(before: str) -> Q:
    """What comes after a row of the list, which `before` names by time and key; all where it names none."""
    at, _dash, key = before.partition("_")
    try:
        moment, last = datetime.datetime.fromisoformat(at), int(key)
    except ValueError:
        return Q()
    return Q(not_before__lt=moment) | Q(not_before=moment, pk__lt=last)


@dataclass(frozen=True)
class Step:
    """One line of a message's history in words."""

    at: datetime.datetime
    what: str
    why: str
    who: str


@dataclass(frozen=True)
class MessagePage:
    """A message as it goes out, and what happened to it."""

    row: Row
    body: str
    about_url: str
    steps: Sequence[Step]
    blocked: str
    may_cancel: bool
    may_send_again: bool


def message_page(message: Message, membership: Membership) -> MessagePage:
    """One message: its history, whether its address is blocked and all mail is stopped; four queries."""
    district = membership.district
    source = registry.mail_source(message.kind)
    events = message.events.select_related("by__user")
    return MessagePage(
        row=Row(message, current_stop()),
        body=mail.shown_body(message, membership),
        about_url=url_in(district, source.page, uid=message.subject_uid) if source and source.page else "",
        steps=[
            Step(
                at=event.at,
                what=state_words(event.state),
                why=" ".join(part for part in (reason_words(event), event.detail) if part),
                who=event.by.user.name if event.by else "",
            )
            for event in events
        ],
        blocked=_why_blocked(message),
        may_cancel=message.state in (State.WAITING, State.QUEUED),
        may_send_again=message.state in (State.UNCERTAIN, State.FAILED),
    )


def _why_blocked(message: Message) -> str:
    """Why nothing of its kind goes to its address; nothing where it goes."""
    rows = Suppression.objects.filter(
        kind__in=registry.stopped_by(message.kind), address_hmac=address_hmac(message.to)
    )
    row = rows.order_by("kind").first()
    return row.get_because_display() if row else ""


def latest_mail(kind: str, subject: uuid.UUID, membership: Membership) -> Row | None:
    """The latest message of a kind about a thing, as far as this person may know of it: three queries."""
    rows = Message.objects.for_member(membership).filter(kind=kind, subject_uid=subject)
    message = rows.order_by("-pk").first()
    return Row(message, current_stop()) if message else None
