"""`./portal manage move_clock DAYS`: see what a demo looks like some days from now.

Whole days end in the middle of a working morning, when reminders go: at 10:00 in the first district, on the
next weekday. Parts of a day move the clock by just that much.
"""

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import clock
from accounts.models import District

SATURDAY = 5


class Command(BaseCommand):
    """Move the clock of a demo; nowhere else."""

    help = "Move the demo's clock ahead by so many days (or back, with a minus); nothing leaves a demo."

    def add_arguments(self, parser: CommandParser) -> None:
        """How far."""
        parser.add_argument("days", type=float)

    def handle(self, *args: Any, **options: Any) -> None:
        """Move it, or say why not."""
        clock.read()
        zone = getattr(District.objects.order_by("pk").first(), "tz", datetime.UTC)
        by = datetime.timedelta(days=options["days"])
        asked = clock.now().astimezone(zone) + by
        in_days = bool(by) and options["days"].is_integer()
        if in_days:
            by = morning_after(asked) - clock.now()
        try:
            clock.move(by)
        except RuntimeError as refusal:
            raise CommandError(str(refusal)) from None
        now = clock.now()
        here = now.astimezone(zone)
        self.stdout.write(f"The portal's clock says {now:%Y-%m-%d %H:%M} UTC ({here:%A, %B %d, %H:%M} here).")
        if in_days and asked.weekday() >= SATURDAY:
            self.stdout.write("Reminders go on weekdays, so it moved on to Monday morning.")


def morning_after(moment: datetime.datetime) -> datetime.datetime:
    """10:00 of that day, or of the Monday after it where it falls on a weekend; in the moment's own zone."""
    days = max(0, 7 - moment.weekday()) if moment.weekday() >= SATURDAY else 0
    day = moment.date() + datetime.timedelta(days=days)
    return datetime.datetime.combine(day, datetime.time(10), moment.tzinfo)
