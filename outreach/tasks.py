"""Background work. Celery makes it prompt; what must go out is in the outbox, whatever Celery loses."""

from celery import shared_task

from accounts import clock

from . import outbox, planning, promises
from .guard import going_on

TURN = 25.0  # seconds after which a worker lets others at the queue; the next sweep goes on


def take_up_and_send(*, seconds: float | None = None) -> outbox.Tally:
    """Take up what people asked to be mailed, and send what is due; the worker and drain_outbox do no more.

    Out: how many messages ended in which state.
    """
    clock.read()
    with going_on("Taking up mail"):
        planning.pull()
    return outbox.drain(seconds=seconds)


@shared_task(name="outreach.send")
def send() -> None:
    """Called by name after a commit."""
    take_up_and_send(seconds=TURN)


@shared_task(name="outreach.sweep")
def sweep() -> None:
    """The same every 30 seconds: what no task was sent for, and what a dead worker left."""
    send()


@shared_task(name="outreach.plan")
def plan() -> None:
    """Bring the outbox in step with what is due, and end promised calls that were made."""
    clock.read()
    promises.keep()
    planning.plan()
