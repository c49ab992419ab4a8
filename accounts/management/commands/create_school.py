"""`./portal manage create_school NAME --district SLUG`: a school of a district."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_scopes import scope

from accounts.models import District, School
from accounts.models.districts import MOST_PUPILS
from accounts.naming import CODE_LONGEST, code_of, slug_of
from accounts.services import create_school


class Command(BaseCommand):
    """Make a school."""

    help = "Make a school of a district."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name, district, slug, code, and what the school's letters say of it."""
        parser.add_argument("name")
        parser.add_argument("--district", required=True)
        parser.add_argument("--slug", default="", help="short name; made from the name where left out")
        parser.add_argument("--code", default="", help="letters that open letter numbers, such as QMS")
        parser.add_argument("--place", default="", help="town or part of town, as letters name it")
        parser.add_argument("--address", default="", help="for the letterhead, in one line")
        parser.add_argument("--phone", default="")
        parser.add_argument(
            "--students", type=int, default=None, dest="pupils", help=f"how many, {MOST_PUPILS} at most"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, or say why not."""
        district = District.objects.filter(slug=options["district"]).first()
        if district is None:
            raise CommandError(
                f"There is no district {options['district']}. Make it with create_district first."
            )
        slug = options["slug"] or slug_of(options["name"])
        code = options["code"].upper()[:CODE_LONGEST] or code_of(options["name"])
        with scope(district=district):
            if School.objects.filter(slug=slug).exists() or School.objects.filter(code=code).exists():
                raise CommandError(f"The slug {slug} or the code {code} is taken. Give --slug and --code.")
            details = {name: options[name] for name in ("place", "address", "phone", "pupils")}
            try:
                create_school(district=district, name=options["name"], slug=slug, code=code, **details)
            except ValidationError as error:
                raise CommandError(_in_lines(error)) from None
        self.stdout.write(f"{options['name']}: --school {slug}")


def _in_lines(error: ValidationError) -> str:
    """Each option with what is wrong with it."""
    options = {"pupils": "students"}
    wrong = error.message_dict.items()
    return "\n".join(f"{options.get(name, name)}: {' '.join(messages)}" for name, messages in wrong)
