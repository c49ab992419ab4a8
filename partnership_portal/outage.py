"""What people see when something breaks: that a part of the portal is away, or that it is our fault.

Neither page asks the database, the cache or the session for anything; each says the number to tell.
"""

import sys

from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils.translation import get_language_from_request, override
from kombu.exceptions import OperationalError as BrokerAway
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSilent

from press.documents import PressUnavailable

from .logs import request_id

AWAY = (OperationalError, InterfaceError, BrokerAway, RedisAway, RedisSilent, PressUnavailable)
"""Errors of a part that is not there now: PostgreSQL, the queue, the cache, the press."""
AGAIN = 30
"""Seconds after which a machine may ask again."""


def broken(request: HttpRequest) -> HttpResponse:
    """Answer an error that no view has answered: 503 where a part is away, else 500."""
    away = is_away(sys.exc_info()[1])
    language = getattr(request, "LANGUAGE_CODE", None) or get_language_from_request(request)
    with override(language):
        page = get_template("503.html" if away else "500.html").render({"number": request_id.get()})
    answer = HttpResponse(page, status=503 if away else 500, headers={"Content-Language": language})
    answer.headers["Cache-Control"] = "no-store"
    if away:
        answer.headers["Retry-After"] = str(AGAIN)
    return answer


def is_away(error: BaseException | None) -> bool:
    """Whether an error, or one that led to it, is that of a part that is not there."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, AWAY):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False
