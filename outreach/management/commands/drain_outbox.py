"""`./portal manage drain_outbox`: send what is due, here and now, without a worker and without a queue."""

from typing import Any

from django.core.management.base import BaseCommand

from outreach.tasks import take_up_and_send


class Command(BaseCommand):
    """Send what is due."""

    help = "Take up what is to be mailed and send everything that is due."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many messages ended in which state."""
        tally = take_up_and_send()
        words = ", ".join(f"{count} {state}" for state, count in sorted(tally.items()) if count)
        self.stdout.write(words or "Nothing was due.")
