"""One REDIS_URL in, the two forms that Celery and the cache want out.

A Unix socket is spelled differently by each: Celery's transport ignores a database number in the path.
"""

BROKER_DATABASE = 1
CACHE_DATABASE = 3


def broker_url(redis_url: str) -> str:
    """The broker's URL: `redis+socket:///path?virtual_host=1` for a socket, `redis://host/1` for a host."""
    if redis_url.startswith("unix://"):
        return f"redis+socket://{_path(redis_url)}?virtual_host={BROKER_DATABASE}"
    return f"{redis_url.rstrip('/')}/{BROKER_DATABASE}"


def cache_url(redis_url: str) -> str:
    """The cache's URL: `unix:///path?db=3` for a socket, `redis://host/3` for a host."""
    if redis_url.startswith("unix://"):
        return f"unix://{_path(redis_url)}?db={CACHE_DATABASE}"
    return f"{redis_url.rstrip('/')}/{CACHE_DATABASE}"


def _path(redis_url: str) -> str:
    return redis_url.removeprefix("unix://").split("?")[0]
