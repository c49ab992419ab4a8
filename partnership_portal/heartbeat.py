"""The worker's sign of life: beat sends a task, the worker writes the time into Redis.

It tells that the schedule, the queue and the worker all run. It is measured by the real clock: the portal's
own may be moved. Loss costs nothing but one false alarm until the next beat.
"""

import time

from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from .redis_urls import cache_url


def write(*, wait: float = 5) -> None:
    """The worker is here now; `wait` is in seconds. Raises redis.exceptions.RedisError."""
    with _redis(wait) as redis:
        redis.set(_key(), f"{time.time():.0f}")


def seconds_since(*, wait: float) -> float | None:
    """Seconds since the last sign of life, None where there was none. Raises redis.exceptions.RedisError."""
    with _redis(wait) as redis:
        found = redis.get(_key())
    return max(0.0, time.time() - float(found)) if found else None


def _redis(wait: float) -> Redis:
    """A connection of its own that gives up after `wait` seconds, and tries once."""
    return Redis.from_url(
        cache_url(settings.REDIS_URL),
        socket_connect_timeout=wait,
        socket_timeout=wait,
        retry=Retry(NoBackoff(), 0),
    )


def _key() -> str:
    return f"{settings.CACHES['default']['KEY_PREFIX']}:heartbeat"
