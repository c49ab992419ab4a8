"""`./portal manage create_district NAME --slug SLUG`: a district with its default content."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.services import SlugTaken, create_district


class Command(BaseCommand):
    """Make a district."""

    help = "Make a district with its default content (needs, letter templates)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name, slug, state, zone."""
        parser.add_argument("name")
        parser.add_argument("--slug", required=True, help="short name in addresses, such as larkmoor")
        parser.add_argument("--state", default="", help="two letters")
        parser.add_argument("--zone", default="America/Chicago", help="IANA time zone")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, or say why not."""
        try:
            district = create_district(
                name=options["name"], slug=options["slug"], state=options["state"], zone=options["zone"]
            )
        except SlugTaken:
            raise CommandError(
                f"There is a district with the slug {options['slug']} already. Choose another slug."
            ) from None
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from None
        self.stdout.write(f"{district.name}: /d/{district.slug}/")
