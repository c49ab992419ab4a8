"""Background work of the portal as a whole."""

from celery import shared_task

from . import heartbeat


@shared_task(name="portal.heartbeat")
def beat() -> None:
    """Leave the worker's sign of life, which /healthz looks for."""
    heartbeat.write()
