"""However a file is damaged, no page breaks, and it comes in whole or changes nothing.

500 files where PORTAL_FULL is set (`./portal test --full`), a few of each kind in the plain run.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from partners.interchange import apply
from partners.interchange.outcome import is_looked_at
from partners.interchange.problems import Problem, Refused
from partners.interchange.source import zipped
from partners.interchange.wizard import SHEET
from partners.models import ExternalId
from tests.full import FULL
from tests.partners import test_mutated_files, test_mutated_sheets
from tests.partners.importing import Importing

FILES = 500 if FULL else 30
TOGETHER = 10  # files of a test, one after the other in the same tables
# What an import writes of itself, also where it is refused, with what the columns of a sheet are, which is
# remembered as soon as it is said; and who is signed in.
OWN = {
    "accounts_job",
    "accounts_storedfile",
    "partners_importbatch",
    "partners_importmapping",
    "partners_importrow",
}
SESSIONS = {"accounts_session"}
# The steps of writing, after each of which a fault may come.
WRITING = ("_write_targets", "_write_links", "_write_external_ids", "_write_rows", "remember_words")


def struck(content: bytes, chance: random.Random) -> bytes:
    """A packed file cut, spliced or struck in one place."""
    start = chance.randrange(len(content) + 1)
    end = min(len(content), start + chance.choice([0, 1, 5, 40]))
    return content[:start] + chance.choice([b"", b"\x00", b"PK", b"\xff" * 9]) + content[end:]


def damaged(number: int) -> dict[str, bytes]:
    """A sheet, a directory file's parts, a zip of them, a damaged zip, or a document, by turns."""
    turn, seed = number % 6, number // 6
    if turn < 2:
        name, content = test_mutated_sheets.damaged(2 * seed + turn)
        return {name: content}
    if turn == 2:
        return test_mutated_files.damaged_json(seed)
    files = test_mutated_files.damaged(3 * seed + turn)
    if turn == 3:
        return files
    packed = zipped(files)
    return {"directory.zip": packed if turn == 4 else struck(packed, random.Random(number))}


Sums = dict[str, str]


def tables() -> Sums:
    """One checksum a table of the whole portal."""
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if name not in SESSIONS]
        sums = "SELECT '{0}', md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM \"{0}\" t"
        cursor.execute(" UNION ALL ".join(sums.format(name) for name in names))
        return dict(cursor.fetchall())


def others(sums: Sums) -> Sums:
    """All tables but what imports write of themselves."""
    return {name: total for name, total in sums.items() if name not in OWN}


@contextmanager
def refused_after(step: str) -> Iterator[None]:
    """An import is refused as soon as it has written what this step writes."""
    writes = getattr(apply, step)

    def then_refused(*args: Any) -> None:
        writes(*args)
        raise Refused(Problem("not_kept"))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apply, step, then_refused)
        yield


@pytest.mark.parametrize("first", range(0, FILES, TOGETHER))
def test_a_damaged_file_comes_in_or_leaves_every_table_as_it_was(importing: Importing, first: int) -> None:
    for number in range(first, first + TOGETHER):
        before = tables()
        page = importing.hand_over_all(damaged(number))
        assert page.status_code == 200
        if not page.redirect_chain:
            assert tables() == before
        elif look(importing, before):
            take_in(importing, before, WRITING[number % len(WRITING)])


def look(importing: Importing, before: Sums) -> bool:
    """Look at what was handed over, which writes nothing; out: whether it can come in."""
    page = importing.look() if importing.batch.kind == SHEET else importing.post()
    assert (page.status_code, others(tables())) == (200, others(before))
    return is_looked_at(importing.batch)


def take_in(importing: Importing, before: Sums, step: str) -> None:
    """Be refused while it is written, which leaves nothing; then look again and take it in whole."""
    with refused_after(step):
        page = importing.post("apply/")
    assert (page.status_code, importing.batch.job.state) == (200, "failed")
    assert others(tables()) == others(before)
    importing.post("look/")
    page = importing.post("apply/")
    assert (page.status_code, importing.batch.job.state) == (200, "done")
    figures = importing.batch.figures
    assert ExternalId.objects.filter(batch=importing.batch).count() >= figures["new"] + figures["changed"]
