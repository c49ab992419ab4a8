"""One's own sessions: on which device, from where, since when; and ending them."""

from __future__ import annotations

import datetime
import ipaddress
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from . import clock
from .addresses import client_address
from .models import Session, User

SIGN_IN = "sign_in"  # the key in a session's data
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class SignedIn:
    """A session in words; `name` stands for it in a form, as its key must not leave the server."""

    name: str
    device: str
    address: str
    since: datetime.datetime | None
    seen_at: datetime.datetime
    current: bool

    @property
    def last_used(self) -> str:
        """When it was last used, in words."""
        return _("now") if self.current else _ago(self.seen_at)

    @property
    def signed_in(self) -> str:
        """When its person signed in, in words."""
        return _ago(self.since) if self.since else _("not known")


def remember_sign_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Keep with the session, when somebody signs in, the device, a part of the address, and the time."""
    request.session[SIGN_IN] = {
        "agent": request.headers.get("User-Agent", "")[:300],
        "address": shortened(client_address(request)),
        "at": clock.now().isoformat(),
    }


def sessions_of(user: User, current_key: str | None) -> list[SignedIn]:
    """A person's sessions that have not ended, the one in use first, then by last use: one query."""
    rows = Session.objects.filter(user=user, expire_date__gt=_wall_clock()).order_by("-seen_at")
    found = [_in_words(row, current_key) for row in rows]
    return sorted(found, key=lambda one: not one.current)


def end_session(*, user: User, name: str) -> bool:
    """End one of a person's sessions by its name; whether there was one."""
    for row in Session.objects.filter(user=user):
        if constant_time_compare(_name(row.session_key), name):
            row.delete()
            return True
    return False


def end_other_sessions(*, user: User, current_key: str | None) -> int:
    """End all of a person's sessions but the one in use; how many."""
    ended, _each = Session.objects.filter(user=user).exclude(session_key=current_key or "").delete()
    return ended


def device_in_words(agent: str) -> str:
    """A browser and a system, as they name themselves: "Firefox on Windows"."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown device")


def shortened(address: str) -> str:
    """An address without the part that names one device: the first three numbers of IPv4, the /48 of IPv6."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if known.version == 4:
        return f"{address.rpartition('.')[0]}.*"
    return f"{':'.join(known.exploded.split(':')[:3])}:*"


def _in_words(row: Session, current_key: str | None) -> SignedIn:
    kept = row.get_decoded().get(SIGN_IN, {})
    return SignedIn(
        name=_name(row.session_key),
        device=device_in_words(kept.get("agent", "")),
        address=kept.get("address", ""),
        since=datetime.datetime.fromisoformat(kept["at"]) if "at" in kept else None,
        seen_at=row.seen_at,
        current=row.session_key == current_key,
    )


def _ago(moment: datetime.datetime) -> str:
    """How long ago it was: "3 hours ago"; within a minute "just now"."""
    now = clock.now()
    if now - moment < datetime.timedelta(minutes=1):
        return _("just now")
    return _("%(time)s ago") % {"time": timesince(moment, now)}


def _name(session_key: str) -> str:
    return salted_hmac("accounts.sessions", session_key, algorithm="sha256").hexdigest()


def _wall_clock() -> datetime.datetime:
    """Django ends sessions by the machine's clock, whatever the demo's says."""
    return datetime.datetime.now(datetime.UTC)
