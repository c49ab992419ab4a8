"""`./portal manage stop_mail --reason "..."`: stop the mail of every district, at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import clock
from outreach.stops import NothingChanged, stop_portal


class Command(BaseCommand):
    """Stop all mail of this portal."""

    help = "Stop the mail of every district, at once. What is due waits for start_mail."

    def add_arguments(self, parser: CommandParser) -> None:
        """Why."""
        parser.add_argument("--reason", required=True, help="Why: people who send read it (300 characters).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Stop it, or say that it is stopped."""
        clock.read()
        reason = options["reason"].strip()[:300]
        if not reason:
            raise CommandError("Say why: --reason must not be empty.")
        try:
            stop_portal(reason=reason)
        except NothingChanged:
            raise CommandError("All mail is stopped already.") from None
        self.stdout.write(
            "All mail is stopped, but for signing in (a new password). Start it again with:"
            " ./portal manage start_mail"
        )
