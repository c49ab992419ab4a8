"""Names that are almost the same are told from those that only begin alike."""

import random
import time

import pytest

from partners.near_names import near_pairs
from partners.search import spelled_out
from tests.bench._directory_rows import Inventor


def near(*names: str) -> list[tuple[int, int]]:
    return list(near_pairs(enumerate(map(spelled_out, names))))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Comunity Health Larkmoor", "Community Health of Larkmoor"),
        ("Comunity Helth of Larkmoor", "Community Health Larkmoor"),
        ("Commnuity Health", "Community Health"),
        ("Communitx Health", "Community Health"),
        ("The Umber Clinic, Inc.", "Umber Clinic"),
        ("Umber Clinic and School", "Umber Clinic & Schools"),
        ("Larkmoor Public Library", "Public Library of Larkmoor"),
        ("Niños de Larkmoor", "Ninos Larkmoor"),
        ("Tamaracks", "Tamarack"),
    ],
)
def test_they_are_one_but_for_a_letter_small_words_and_order(one: str, other: str) -> None:
    assert near(one, other) == near(other, one) == [(0, 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Umber Clinic", "Umber Clinic"),  # that is the same name
        ("Community Health of Larkmoor", "Community Health of Larkmoor North"),
        ("Carson Foundation", "Larson Foundation"),
        ("Southeastern Council", "Southwestern Council"),
        ("Troop 123", "Troop 124"),
        ("Marian", "Marion"),
        ("Ash Club", "Ask Club"),
        ("Comunity Helth Centr", "Community Health Centre for Youths"),
        ("Umber Clinic", "Umber Umber Clinic"),
        ("The Of", "Of And"),
    ],
)
def test_they_are_two(one: str, other: str) -> None:
    assert near(one, other) == []


def test_many_names_take_little_time_and_a_slip_in_each_is_found() -> None:
    inventor, chance = Inventor(0, 5000), random.Random(0)
    names = sorted({spelled_out(inventor.partner().name) for _ in range(5000)})
    at = [n for n, name in enumerate(names) if len(name.split()[0]) > 6]
    slipped = {n: slip(names[n], chance) for n in chance.sample(at, 300)}
    keyed = [*enumerate(names), *((n + len(names), name) for n, name in slipped.items())]
    began = time.process_time()
    found = set(near_pairs(keyed))
    assert time.process_time() - began < 2
    assert {(n, n + len(names)) for n in slipped} <= found
    assert len(found) < 330


def slip(name: str, chance: random.Random) -> str:
    """The name without a letter of its first word."""
    place = chance.randrange(1, len(name.split()[0]))
    return name[:place] + name[place + 1 :]
