"""What comes before all else: the portal's health, and the number under which a request is logged."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from . import health
from .logs import request_id

GetResponse = Callable[[HttpRequest], HttpResponse]
HEALTH = "/healthz"
GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

log = logging.getLogger("portal.request")


class HealthMiddleware:
    """Answer /healthz, to anybody: 200 where every part is well, 503 where one is not.

    It stands first, so that it needs no session, no language and no clock, and so that a monitor on the same
    machine may ask without a certificate and under any host name.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The parts as JSON, or the next in line for every other path."""
        if request.path_info != HEALTH:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        well, parts = health.look()
        answer = JsonResponse({"ok": well, "parts": parts}, status=200 if well else 503)
        answer.headers["Cache-Control"] = "no-store"
        return answer


class RequestIdMiddleware:
    """Give each request a number, log one line of it, and say the number in the answer (X-Request-ID).

    A number that the proxy gave is kept where it is one: letters, digits and dashes, 8 to 64 of them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Number, answer, log. What was asked for behind a "?" is not logged: people search for names."""
        given = request.headers.get("X-Request-ID", "")
        number = given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex[:16]
        token = request_id.set(number)
        began = time.monotonic()
        try:
            response = self.get_response(request)
            if not request.path_info.startswith(f"/{settings.STATIC_URL.lstrip('/')}"):
                _tell(request, response, time.monotonic() - began)
        finally:
            request_id.reset(token)
        response.headers["X-Request-ID"] = number
        return response


def _tell(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    match = request.resolver_match
    about = {
        "method": request.method,
        "path": request.path,
        "route": match.view_name if match else None,
        "status": response.status_code,
        "ms": round(seconds * 1000),
    }
    log.info("%s %s %s", request.method, request.path, response.status_code, extra=about)
