"""`./portal manage import_nonprofits FILE`: the register of nonprofits, for all districts alike."""

import datetime
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import clock
from partners.interchange.nonprofits_in import take_nonprofits_in
from partners.interchange.problems import Refused


class Command(BaseCommand):
    """Add and update the register's rows."""

    help = (
        "Add and update the register of nonprofits from an extract of the IRS's Exempt Organizations "
        "Business Master File (CSV, such as eo_vt.csv). No partner is made: people pick them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files, and the day of the extract."""
        parser.add_argument("files", type=Path, nargs="+", help="Extracts, as they were downloaded.")
        parser.add_argument(
            "--as-of",
            type=datetime.date.fromisoformat,
            metavar="DAY",
            help="The day of the extract; else today.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Each file as a whole; print what came of it."""
        clock.read()
        as_of = options["as_of"] or clock.now().date()
        for path in options["files"]:
            try:
                figures = take_nonprofits_in(name=path.name, content=path.read_bytes(), as_of=as_of)
            except OSError as error:
                raise CommandError(f"{path} can't be read: {error.strerror}.") from error
            except Refused as refusal:
                raise CommandError(f"Nothing was imported. {refusal}") from refusal
            self.stdout.write(
                f"{path.name}: {figures['new']} new, {figures['changed']} changed, {figures['same']} same as "
                f"before, {figures['left_out']} left out."
            )
