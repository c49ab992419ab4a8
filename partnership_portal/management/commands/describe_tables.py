"""`./portal manage describe_tables`: the data model as built, for docs/data-model.md."""

from typing import Any

from django.core.management.base import BaseCommand

from partnership_portal.tables import describe


class Command(BaseCommand):
    """Print the tables in words."""

    help = "Print the data model as built, as Markdown."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        self.stdout.write(describe(), ending="")
