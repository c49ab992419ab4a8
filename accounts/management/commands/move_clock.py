"""`./portal manage move_clock DAYS`: see what a demo looks like some days from now."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import clock


class Command(BaseCommand):
    """Move the clock of a demo; nowhere else."""

    help = "Move the demo's clock ahead by so many days (or back, with a minus); nothing leaves a demo."

    def add_arguments(self, parser: CommandParser) -> None:
        """How far."""
        parser.add_argument("days", type=float)

    def handle(self, *args: Any, **options: Any) -> None:
        """Move it, or say why not."""
        try:
            clock.move(datetime.timedelta(days=options["days"]))
        except RuntimeError as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"The portal's clock says {clock.now():%Y-%m-%d %H:%M} UTC.")
