"""The Celery application: it makes things prompt, and is never the truth of what is due."""

import logging.config
import os
from contextvars import Token
from typing import Any

from celery import Celery, signals

from .logs import config, request_id

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership_portal.settings")

app = Celery("partnership_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

HEADER = "portal_request"
_running: dict[str, Token[str]] = {}


@signals.setup_logging.connect
def _log_as_the_portal_does(**_kwargs: Any) -> None:
    """Worker and schedule log as the web does; with this, Celery leaves logging alone."""
    logging.config.dictConfig(config(os.environ.get("LOG_LEVEL", "INFO")))


@signals.before_task_publish.connect
def _pass_the_request_on(headers: dict[str, Any] | None = None, **_kwargs: Any) -> None:
    """A task carries the number of the request that sent it."""
    if headers is not None and request_id.get():
        headers[HEADER] = request_id.get()


@signals.task_prerun.connect
def _take_the_request_up(task_id: str = "", task: Any = None, **_kwargs: Any) -> None:
    """What a task logs is logged under the request that sent it, else under its own id."""
    sent_by = getattr(task.request, HEADER, None) or (task.request.headers or {}).get(HEADER)
    _running[task_id] = request_id.set(sent_by or task_id)


@signals.task_postrun.connect
def _let_the_request_go(task_id: str = "", **_kwargs: Any) -> None:
    if token := _running.pop(task_id, None):
        request_id.reset(token)
