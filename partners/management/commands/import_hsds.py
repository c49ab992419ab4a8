"""Take a community directory file (HSDS) in from the command line."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scope

from accounts import clock
from accounts.management.districts import open_district
from partners.interchange.apply import DEFAULT_SOURCE, figures_of, new_batch, take_in
from partners.interchange.hsds import Directory, read
from partners.interchange.problems import Problem, Refused, Weight
from partners.interchange.source import Files, from_folder, from_uploads
from partners.models import ImportBatch


class Command(BaseCommand):
    """import_hsds FOLDER --district SLUG."""

    help = "Take a community directory file (HSDS as CSV, a folder or zip) into a district's directory."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder and the district."""
        parser.add_argument("folder", type=Path, help="A folder with CSV files, or a zip file of them.")
        parser.add_argument("--district", required=True, metavar="SLUG", help="The district's slug.")
        parser.add_argument(
            "--source",
            default=DEFAULT_SOURCE,
            help="The directory's name, where a district takes in several: each has its own ids.",
        )
        parser.add_argument(
            "--leave-out",
            action="store_true",
            help="Leave out rows that can't be used, and take in the rest.",
        )
        parser.add_argument("--json", action="store_true", help="Print one line of JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, compare, write; print what came of it. What is wrong goes to stderr, a row a line."""
        clock.read()
        district = open_district(options["district"])
        try:
            directory = read(_files(options["folder"]))
        except Refused as refusal:
            raise _refused(refusal.problems) from refusal
        for problem in directory.problems:
            if problem.weight != Weight.ROW or options["leave_out"]:
                self.stderr.write(str(problem))
        self._take_in(directory, new_batch(district=district, source=options["source"]), options)

    def _take_in(self, directory: Directory, batch: ImportBatch, options: dict[str, Any]) -> None:
        try:
            with scope(district=batch.district):
                take_in(directory=directory, batch=batch, leave_out=options["leave_out"])
        except Refused as refusal:
            if options["json"]:
                self.stdout.write(json.dumps(figures_of(directory) | {"invalid": len(refusal.problems)}))
            raise _refused(refusal.problems) from refusal
        figures = {name: number for name, number in batch.figures.items() if name != "taken"}
        self.stdout.write(json.dumps(figures) if options["json"] else _words(figures))


def _files(path: Path) -> Files:
    if path.is_dir():
        return from_folder(path)
    if not path.is_file():
        raise CommandError(f"There is no folder or file at {path}.")
    with path.open("rb") as stream:
        return from_uploads([(path.name, stream)])


def _refused(problems: list[Problem]) -> CommandError:
    lines = "\n".join(f"  {problem}" for problem in problems)
    return CommandError(f"Nothing was imported.\n{lines}")


def _words(figures: dict[str, int]) -> str:
    return (
        f"{figures['new']} new, {figures['changed']} changed, {figures['same']} same as before, "
        f"{figures['invalid']} left out, of {figures['organizations']} organizations, "
        f"{figures['locations']} locations, {figures['services']} services "
        f"and {figures['contacts']} contacts."
    )
