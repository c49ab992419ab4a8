"""Settings, URLs, Celery and checks: the top floor, which imports all and is imported by nobody."""

from .celery import app as celery_app

__all__ = ["celery_app"]
