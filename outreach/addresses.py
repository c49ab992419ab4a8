"""Addresses of mail: what stands for one, how a page shows one, and whose are outside the district."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from django.conf import settings

from accounts import clock
from accounts.models import District, Membership


def clean(address: str) -> str:
    """An address as it is compared: without spaces around it, in small letters."""
    return address.strip().lower()


def address_hmac(address: str) -> str:
    """What stands for an address in the list of those who get no mail."""
    words = b"address:" + clean(address).encode()
    return hmac.new(settings.LINK_KEY.encode(), words, hashlib.sha256).hexdigest()


def masked(address: str) -> str:
    """An address for a page that anybody with its link may see: "d…@tolland.example"."""
    name, at, domain = address.strip().rpartition("@")
    return f"{name[:1]}…{at}{domain}"


def outside(district: District, addresses: Iterable[str]) -> set[str]:
    """Which of these are nobody's who works in the district today, as they are compared: one query."""
    wanted = {clean(address) for address in addresses}
    members = Membership.objects.on(clock.today(district)).filter(user__email__in=wanted)
    return wanted - set(members.values_list("user__email", flat=True))
