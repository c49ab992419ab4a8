"""Named reads of what an address wants by mail: the page of a mail's own link, and a member's own page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django_scopes import scopes_disabled

from accounts.links import read_token
from accounts.models import Membership
from accounts.phones import as_written

from . import registry
from .addresses import address_hmac, masked
from .enums import EVERY_REMINDER
from .mail import NO_MORE
from .models import Message, Suppression
from .queries import kind_words
from .registry import MailSource
from .wishes import stopped_kinds


def message_of(token: str) -> Message | None:
    """The message whose link has this token; None where it is not ours, or its address has been deleted."""
    uid = read_token(NO_MORE, token)
    with scopes_disabled():
        rows = Message.objects.select_related("district", "school").exclude(to="")
        message: Message | None = rows.filter(uid=uid).first() if uid else None
    return message


@dataclass(frozen=True)
class NoMorePage:
    """A kind of mail to one address: what of it goes, and whom to call. `stopped` are Suppression's kinds."""

    message: Message
    stopped: set[str]

    @property
    def kind(self) -> str:
        """The kind in words."""
        return kind_words(self.message.kind)

    @property
    def address(self) -> str:
        """The address as a stranger may see it."""
        return masked(self.message.to)

    @property
    def phone(self) -> str:
        """The number to call, of the school or of the district."""
        school, district = self.message.school, self.message.district
        return as_written((school.phone if school else "") or district.phone)

    @property
    def nothing_goes(self) -> bool:
        """Whether all mail to the address was stopped, by us."""
        return "" in self.stopped

    @property
    def all_stopped(self) -> bool:
        """Whether no reminder and no notice goes."""
        return EVERY_REMINDER in self.stopped

    @property
    def kind_stopped(self) -> bool:
        """Whether nothing of the kind goes."""
        return bool(self.stopped)


def no_more_page(message: Message) -> NoMorePage:
    """What of a message's kind goes to its address: one query, in the scope of its district."""
    rows = Suppression.objects.filter(address_hmac=address_hmac(message.to))
    stopped = rows.filter(kind__in=registry.stopped_by(message.kind)).values_list("kind", flat=True)
    return NoMorePage(message, set(stopped))


@dataclass(frozen=True)
class Wishes:
    """What can come to one of us by itself, which of it they want, and whether all their mail was stopped."""

    offered: Sequence[MailSource]
    wanted: Sequence[str]
    nothing_goes: bool


def wishes_of(membership: Membership) -> Wishes:
    """All reminders and notices, since one of us may be the contact of a partner, too: one query."""
    [stopped] = stopped_kinds([membership.user.email]).values()
    offered = registry.by_themselves()
    wanted = [source.kind for source in offered if not stopped & (registry.stopped_by(source.kind) - {""})]
    return Wishes(offered, wanted, "" in stopped)
