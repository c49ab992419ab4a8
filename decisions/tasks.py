"""Background work: questions whose time to answer is over."""

import logging

from celery import shared_task
from django_scopes import scope, scopes_disabled

from accounts import clock

from . import services
from .models import Decision

log = logging.getLogger("decisions")


@shared_task(name="decisions.close_overdue")
def close_overdue() -> int:
    """Count and close what is open after its time. Out: how many were closed.

    The row is the truth: a sweep that is lost, or that runs beside another, changes nothing.
    """
    clock.read()
    with scopes_disabled():
        rows = Decision.objects.overdue(clock.now()).filter(district__closed_at=None)
        overdue = list(rows.select_related("district", "rule__charter").order_by("closes_at", "pk"))
    closed = 0
    for decision in overdue:
        with scope(district=decision.district):
            try:
                closed += services.close_at_deadline(decision=decision)
            except Exception:
                log.exception("Decision %s could not be closed; the others go on", decision.uid)
    return closed
