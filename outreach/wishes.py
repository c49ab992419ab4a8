"""What an address wants no more, or gets no more: the kinds of mail that are stopped for it."""

from __future__ import annotations

from collections.abc import Iterable

from .addresses import address_hmac, clean
from .models import Suppression


def stopped_kinds(addresses: Iterable[str]) -> dict[str, set[str]]:
    """By address as it is compared: what a Suppression says of it ("" stops all mail); one query."""
    by_hmac = {address_hmac(address): clean(address) for address in addresses}
    kinds: dict[str, set[str]] = {address: set() for address in by_hmac.values()}
    rows = Suppression.objects.filter(address_hmac__in=by_hmac)
    for hmac, kind in rows.values_list("address_hmac", "kind"):
        kinds[by_hmac[hmac]].add(kind)
    return kinds
