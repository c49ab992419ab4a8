"""`./portal manage import_schools FILE --district SLUG`: a district's schools from a public list."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django_scopes import scope

from accounts import clock
from accounts.management.districts import open_district
from partners.interchange.problems import Refused
from partners.interchange.school_files import NotSchools, read_schools
from partners.interchange.schools_in import take_schools_in


class Command(BaseCommand):
    """Make and update schools."""

    help = (
        "Make and update a district's schools from a list: NCES's Common Core of Data, or AskTED of Texas. "
        "What people changed since the last import stays."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, the district, which of the file's districts, and whether our own edits go."""
        parser.add_argument("file", type=Path, help="The list, as it was downloaded (CSV).")
        parser.add_argument("--district", required=True, metavar="SLUG", help="The district's slug.")
        parser.add_argument("--lea", default="", metavar="ID", help="Which of the districts in the file.")
        parser.add_argument(
            "--overwrite", action="store_true", help="Write what the list says over what people changed."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, compare, write: all of it or nothing; print what came of it."""
        clock.read()
        district = open_district(options["district"])
        path: Path = options["file"]
        try:
            kind, schools = read_schools(path.name, path.read_bytes(), options["lea"])
            with scope(district=district):
                figures = take_schools_in(
                    district=district, kind=kind, schools=schools, overwrite=options["overwrite"]
                )
        except OSError as error:
            raise CommandError(f"{path} can't be read: {error.strerror}.") from error
        except (NotSchools, Refused) as refusal:
            raise CommandError(f"Nothing was imported. {refusal}") from refusal
        except ValidationError as error:
            raise CommandError(f"Nothing was imported. {' '.join(error.messages)}") from error
        self.stdout.write(
            f"{figures['new']} new, {figures['changed']} changed, {figures['same']} same as before, "
            f"{figures['closed']} closed or not open yet."
        )
