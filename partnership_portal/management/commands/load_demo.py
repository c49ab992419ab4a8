"""`./portal manage load_demo`: the invented district, dated relative to today."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts import clock
from partnership_portal.demo.load import load_demo


class Command(BaseCommand):
    """Load the demo district, where it is not there yet."""

    help = "Load the invented demo district. Does nothing where it is loaded already."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it whole, or not at all."""
        if settings.PRODUCTION:
            raise CommandError("The demo is not loaded in production. Set PORTAL_MODE=demo to try it.")
        clock.read()
        district = load_demo()
        self.stdout.write(f"{district.name}: /d/{district.slug}/")
