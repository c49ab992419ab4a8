"""`./portal manage start_mail`: let mail go again that stop_mail stopped."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import clock
from outreach.stops import NothingChanged, start_portal


class Command(BaseCommand):
    """Start all mail of this portal."""

    help = "Let mail go again that stop_mail stopped. A district that its own staff stopped stays stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        """Start it, or say that it was not stopped."""
        clock.read()
        try:
            start_portal()
        except NothingChanged:
            raise CommandError("Mail is not stopped for the whole portal.") from None
        self.stdout.write("Mail goes again.")
