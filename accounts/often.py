"""How often an address may ask a page that needs no account."""

from django.core.cache import cache
from django.http import HttpRequest

from accounts.addresses import client_address

WINDOW = 60  # seconds


def too_often(request: HttpRequest, what: str, most: int) -> bool:
    """Count one more visit of this address within a minute; whether that makes more than `most`."""
    key = f"{what}:{client_address(request)}"
    cache.add(key, 0, timeout=WINDOW)
    try:
        return bool(cache.incr(key) > most)
    except ValueError:
        return False
