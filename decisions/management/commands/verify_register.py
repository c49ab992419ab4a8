"""`./portal manage verify_register --district SLUG [--full] [--code CODE]`: is the district's register whole?

In one pass over the chain; with ``--full`` also what is sealed, the tables, and every outcome counted anew.

docs/register.md says what it finds, and what nobody can find without a code from outside.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_scopes import scope

from accounts.models import District
from decisions.facts import (
    ANSWER,
    CHARTER,
    DECISION,
    EVIDENCE,
    FILE,
    NOTICE,
    RECUSAL,
    ROUND,
    RULE,
    SEAT,
    UNRECORDED,
)
from decisions.held_files import SWAPPED
from decisions.ledger import (
    BROKEN,
    CHANGED,
    CUT,
    GAP,
    MOVED,
    SHORTENED,
    UNKNOWN,
    Problem,
    code_from,
    in_fours,
)
from decisions.recount import MISCOUNTED
from decisions.register import verify_chain, verify_register
from decisions.seal import ALTERED, GARBLED, LOST, MOVED_ANSWER, STRANGE, UNTRUE

WORDS = {
    GAP: "a number is missing or doubled before this entry",
    MOVED: "the text belongs to another entry",
    BROKEN: "it does not name the code of the entry before it",
    CHANGED: "the code does not fit the text: the entry was changed after it was written",
    CUT: "the register does not end with the entry and the code that it should end with",
    GARBLED: "its text cannot be read",
    ALTERED: "a text kept beside it does not fit its seal: the text or its salt was changed",
    LOST: "a text that it seals is gone, and no entry says that it was erased",
    STRANGE: "a text is kept beside it that it does not seal",
    MOVED_ANSWER: "an answer in the tables is not the one that was recorded here",
    UNTRUE: "it says that a text was erased, and that did not happen with it",
    DECISION: "its decision in the tables (question, outcome, figures, days) is not the one recorded",
    SEAT: "the seats of its decision in the tables are not those recorded",
    ROUND: "the rounds of its decision in the tables are not those recorded",
    ANSWER: "the answers to its decision in the tables are not those recorded, or not in their order",
    RECUSAL: "who stepped out of its decision by the tables is not who was recorded",
    NOTICE: "which seats were told of its decision, in the tables, is not what was recorded",
    CHARTER: "how the group decides, in the tables, is not what its decision put in force",
    RULE: "the rules by which the group decides, in the tables, are not those that its decision put in force",
    FILE: "the files of its decision in the tables are not those recorded",
    EVIDENCE: "what shows answers to its decision, in the tables, is not what was recorded",
    SWAPPED: "the file that it names is gone, or is not the one that was kept: its SHA-256 is another",
    MISCOUNTED: "the outcome or figures of its decision do not follow from the answers that were recorded",
}


class Command(BaseCommand):
    """Walk the register of one district."""

    help = "Check that a district's register of decisions is whole. Ends with 1 where it is not."

    def add_arguments(self, parser: CommandParser) -> None:
        """District, and a code that outsiders hold."""
        parser.add_argument("--district", required=True)
        parser.add_argument(
            "--full",
            action="store_true",
            help="also the texts kept beside it, the tables, and every outcome counted once more",
        )
        parser.add_argument(
            "--code",
            help="the code of any entry, as somebody outside holds it, whole or shortened",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many entries are whole and the last code, or the first entry that does not fit."""
        district = District.objects.filter(slug=options["district"]).first()
        if district is None:
            raise CommandError(
                f"There is no district {options['district']}. Make it with create_district first."
            )
        code = _code(options["code"]) if options["code"] else None
        with scope(district=district):
            verify = verify_register if options["full"] else verify_chain
            found = verify(district=district, known=code)
        if found.problem:
            raise CommandError(f"{district.name}: {_what_is_wrong(found.problem, found.events)}")
        self.stdout.write(
            f"{district.name}: {found.events} entries, all whole. Last code: {in_fours(found.head)}"
        )


def _code(typed: str) -> str:
    code = code_from(typed)
    if code is None:
        raise CommandError(
            "That is not a code. A code has 64 digits, 0 to 9 and a to f; a decision's page shows its first "
            f"16 and its last 8, with {SHORTENED} between them."
        )
    return code


def _what_is_wrong(problem: Problem, walked: int) -> str:
    if problem.what == UNKNOWN:
        return (
            f"no entry has the code that you gave. The {walked} entries that are here fit together, so "
            "entries were cut off at the end, or all from some entry on were written anew."
        )
    if problem.what == UNRECORDED:
        return (
            f"the {walked} entries fit together, and the tables hold something of a decision that no entry "
            "recorded."
        )
    return (
        f"entry {problem.seq} does not fit: {WORDS[problem.what]}. "
        f"{min(walked, problem.seq - 1)} entries before it are whole."
    )
