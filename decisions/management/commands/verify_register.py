"""`./portal manage verify_register --district SLUG [--head HASH]`: is the district's register whole?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_scopes import scope

from accounts.models import District
from decisions.ledger import BROKEN, CHANGED, CUT, GAP, MOVED, in_fours
from decisions.register import verify_register

WORDS = {
    GAP: "a number is missing or doubled before this entry",
    MOVED: "the text belongs to another entry",
    BROKEN: "it does not name the code of the entry before it",
    CHANGED: "the code does not fit the text: the entry was changed after it was written",
    CUT: "the register does not end with the code that it should end with",
}


class Command(BaseCommand):
    """Walk the register of one district."""

    help = "Check that a district's register of decisions is whole. Ends with 1 where it is not."

    def add_arguments(self, parser: CommandParser) -> None:
        """District, and a code that outsiders hold."""
        parser.add_argument("--district", required=True)
        parser.add_argument(
            "--head", help="the last code, as somebody outside holds it (64 digits, spaces allowed)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many entries are whole and the last code, or the first entry that does not fit."""
        district = District.objects.filter(slug=options["district"]).first()
        if district is None:
            raise CommandError(
                f"There is no district {options['district']}. Make it with create_district first."
            )
        head = "".join(options["head"].split()).lower() if options["head"] else None
        with scope(district=district):
            found = verify_register(district=district, head=head)
        if found.problem:
            raise CommandError(
                f"{district.name}: entry {found.problem.seq} does not fit: {WORDS[found.problem.what]}. "
                f"{found.events} entries before it are whole."
            )
        self.stdout.write(
            f"{district.name}: {found.events} entries, all whole. Last code: {in_fours(found.head)}"
        )
