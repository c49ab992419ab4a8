"""From which network address a request comes: what limits on tries count by."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address as the outermost of our own proxies saw it (settings.TRUSTED_PROXIES of them).

    Each proxy writes whom it was asked by at the end of X-Forwarded-For; what stands before our proxies'
    part is anybody's claim and is not read. Where the header is shorter than that, or holds no address, it
    is the address of whoever is connected to us; "" where there is none, as on a Unix socket.
    """
    connected = str(request.META.get("REMOTE_ADDR", ""))
    seen = [*request.headers.get("X-Forwarded-For", "").split(","), connected]
    count = settings.TRUSTED_PROXIES
    claimed = seen[-1 - count].strip() if len(seen) > count else connected
    try:
        return str(ipaddress.ip_address(claimed))
    except ValueError:
        return connected
