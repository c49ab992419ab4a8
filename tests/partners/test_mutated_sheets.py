"""However a person's sheet is damaged, it is read, or refused with reasons: never a fault."""

import random

import pytest

from partners.interchange.problems import Refused
from partners.interchange.sheet_fields import guess
from partners.interchange.sheet_records import records_of
from partners.interchange.sheets import read_sheet
from partners.interchange.vocabulary import Vocabulary, vocabulary
from tests.conftest import Cast
from tests.partners.made_sheet import as_csv, made_sheet
from tests.partners.test_mutated_files import DAMAGE
from tests.partners.workbooks import workbook

ROWS = made_sheet(["Quillback; BHS", "QMS", "Moon Base"], rows=12)
FILES = (
    ("partners.csv", as_csv(ROWS)),
    ("partners.csv", as_csv(ROWS, "utf-8-sig", ",")),
    ("partners.xlsx", workbook(("Partners", [list(row) for row in ROWS]))),
)


def damaged(seed: int) -> tuple[str, bytes]:
    """One of the files, cut, spliced or struck in one to three places."""
    chance = random.Random(seed)
    name, content = FILES[seed % len(FILES)]
    for _time in range(chance.randint(1, 3)):
        start = chance.randrange(len(content) + 1)
        end = min(len(content), start + chance.choice([0, 1, 5, 40, 10_000]))
        content = content[:start] + chance.choice([*DAMAGE, b";", b"\t", b"PK", b"\xff\xfe"]) + content[end:]
    return name, content


def outcome(seed: int, words: Vocabulary) -> list[str]:
    """The reasons why a file is refused; none where every row is taken or named."""
    name, content = damaged(seed)
    try:
        table = read_sheet(name, content)
    except Refused as refusal:
        return [str(problem) for problem in refusal.problems]
    directory = records_of(table, guess(table), words)
    rows = len(table.rows) + len(table.problems)
    assert len(directory.unusable) <= rows
    assert all(problem.file == name for problem in directory.problems)
    return []


@pytest.mark.parametrize("seed", range(0, 500, 100))
def test_a_damaged_sheet_is_read_or_refused_with_reasons(cast: Cast, seed: int) -> None:
    words = vocabulary(cast.larkmoor, cast.staff)
    for number in range(seed, seed + 100):
        assert all(outcome(number, words))
