"""`./portal manage purge`: what has had its time, shown; with --delete, deleted for good."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import clock
from partnership_portal import purging


class Command(BaseCommand):
    """Show what would be deleted, or delete it."""

    help = "Show what has had its time: closed districts, letters past their day, what has expired."

    def add_arguments(self, parser: CommandParser) -> None:
        """Nothing is deleted unless asked for."""
        parser.add_argument("--delete", action="store_true", help="delete it for good, and keep a line of it")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each rule that finds something."""
        clock.read()
        if not options["delete"]:
            lines = [f"would go: {going.what}" for going in purging.find()]
            lines += ["To delete it: ./portal manage purge --delete"] if lines else []
        else:
            try:
                lines = [f"deleted: {what}" for what in purging.purge()]
            except purging.NotTheOwner:
                raise CommandError(
                    "Only the owner of the tables may delete these. Run: ./portal manage purge --delete"
                ) from None
        self.stdout.write("\n".join(lines) or "Nothing has had its time.")
