"""`./portal manage drain_outbox`: send what is due, here and now, without a worker."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts import clock
from outreach import outbox, planning
from outreach.guard import going_on


class Command(BaseCommand):
    """Send what is due."""

    help = "Take up what is to be mailed and send everything that is due."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many messages ended in which state."""
        clock.read()
        with going_on("Taking up mail"):
            planning.pull()
        tally = outbox.drain()
        words = ", ".join(f"{count} {state}" for state, count in sorted(tally.items()))
        self.stdout.write(words or "Nothing was due.")
