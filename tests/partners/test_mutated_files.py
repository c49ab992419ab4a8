"""However a file is damaged, reading it ends in records or in a refusal with reasons, never in a fault."""

import json
import random
from pathlib import Path

import pytest

from partners.interchange.apply import new_batch, take_in
from partners.interchange.hsds import Directory, read
from partners.interchange.problems import Refused
from partners.interchange.source import Files, from_folder
from tests.conftest import Cast
from tests.partners.test_hsds_forms import ORGANIZATION

SAMPLE = Path(__file__).parent / "data" / "hsds-sample"
DAMAGE = [
    b"",
    b'"',
    b",",
    b"\n",
    b"\r",
    b"\x00",
    b"\xff",
    b"\xe9",
    b"99",
    b"id",
    b"=1+1",
    b"\xef\xbb\xbf",
    b"'" * 300,
]


def damaged(seed: int) -> Files:
    """The sample with one to three files cut, spliced or struck in some place."""
    chance = random.Random(seed)
    files = from_folder(SAMPLE)
    for _time in range(chance.randint(1, 3)):
        name = chance.choice(sorted(files))
        content = files[name]
        start = chance.randrange(len(content) + 1)
        end = min(len(content), start + chance.choice([0, 1, 5, 40, 10_000]))
        files[name] = content[:start] + chance.choice(DAMAGE) + content[end:]
    return files


def damaged_json(seed: int) -> Files:
    """A document with one to three places cut, spliced or struck."""
    chance = random.Random(seed)
    content = json.dumps({"contents": [ORGANIZATION, ORGANIZATION | {"id": "2"}]}).encode()
    for _time in range(chance.randint(1, 3)):
        start = chance.randrange(len(content) + 1)
        end = min(len(content), start + chance.choice([0, 1, 5, 40]))
        content = content[:start] + chance.choice([*DAMAGE, b"{", b"]", b'":{"', b"null"]) + content[end:]
    return {"directory.json": content}


def outcome(files: Files) -> Directory | list[str]:
    """What reading ends in: a directory, or the reasons why there is none."""
    try:
        return read(files)
    except Refused as refusal:
        return [str(problem) for problem in refusal.problems]


@pytest.mark.parametrize("seed", range(0, 500, 25))
def test_a_damaged_file_is_read_or_refused_with_its_place(seed: int) -> None:
    for number in range(seed, seed + 25):
        found = outcome(damaged(number))
        if isinstance(found, Directory):
            assert all(problem.file for problem in found.problems)
            assert len(found.records) <= sum(found.counts.values())
        else:
            assert all(found)


@pytest.mark.parametrize("seed", range(0, 500, 100))
def test_a_damaged_document_is_read_or_refused(seed: int) -> None:
    for number in range(seed, seed + 100):
        found = outcome(damaged_json(number))
        assert isinstance(found, Directory) or all(found)


@pytest.mark.parametrize("seed", range(0, 60, 10))
def test_what_can_be_read_of_a_damaged_file_can_be_kept(cast: Cast, seed: int) -> None:
    for number in range(seed, seed + 10):
        found = outcome(damaged(number))
        if isinstance(found, Directory):
            batch = new_batch(district=cast.larkmoor, source=f"Damaged {number}")
            take_in(directory=found, batch=batch, leave_out=True)
            assert batch.figures["new"] == len(found.records)
