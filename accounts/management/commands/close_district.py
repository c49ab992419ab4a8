"""`./portal manage close_district SLUG`: nobody gets in any more, and no mail goes; the purge comes later."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import clock
from accounts.models import District


class Command(BaseCommand):
    """Close a district, or open it again."""

    help = "Close a district, or open it again with --reopen until the purge has deleted it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which, and which way."""
        parser.add_argument("slug")
        parser.add_argument("--reopen", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Close or open it, or say that there is nothing to do."""
        clock.read()
        reopen = options["reopen"]
        closed_at = None if reopen else clock.now()
        found = District.objects.filter(slug=options["slug"], closed_at__isnull=not reopen)
        if not found.update(closed_at=closed_at):
            state = "closed" if reopen else "open"
            raise CommandError(f"There is no {state} district {options['slug']}.")
        self.stdout.write(
            "It is open again." if reopen else "It is closed. `./portal manage purge` says more."
        )
