"""A whole address, or several things, in one cell."""

import time

import pytest

from partners.interchange.one_cell import of_each, several, side_by_side, understood, whole_address


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        (
            "12 Hall St, Suite 4, Larkmoor, TX 00501",
            {
                "street": "12 Hall St",
                "street2": "Suite 4",
                "city": "Larkmoor",
                "state": "TX",
                "postal_code": "00501",
            },
        ),
        (
            "12 Hall St\nLarkmoor tx 00501-1234",
            {"street": "12 Hall St", "city": "Larkmoor", "state": "TX", "postal_code": "00501-1234"},
        ),
        ("12 Hall St\r00501\r(40.8, -73.9)", {"street": "12 Hall St", "postal_code": "00501"}),
        ("PO Box 7", {"street": "PO Box 7"}),
        ("12 Hall St", {"street": "12 Hall St"}),
        ("", {}),
    ],
)
def test_an_address_is_taken_apart(cell: str, parts: dict[str, str]) -> None:
    assert whole_address(cell) == parts


def test_several_things_are_told_apart_each_once() -> None:
    assert several(" tutoring;  mentoring ; tutoring;") == ["tutoring", "mentoring"]
    assert several("tutoring, mentoring") == ["tutoring", "mentoring"]
    assert several("food, clothing; shelter") == ["food, clothing", "shelter"]
    assert several("") == []


@pytest.mark.parametrize(
    ("things", "cell"),
    [
        (["tutoring"], "tutoring"),
        (["food, clothing"], '"food, clothing"'),
        (["food, clothing", "shelter"], "food, clothing; shelter"),
        (["a; b", "c|d", "two\nlines"], '"a; b"; "c|d"; "two\nlines"'),
        (['"Kind" Hands', 'The "Kind"'], '"""Kind"" Hands"; The "Kind"'),
        (["two  spaces"], '"two  spaces"'),
        ([], ""),
    ],
)
def test_things_are_put_side_by_side_so_that_the_same_are_read(things: list[str], cell: str) -> None:
    assert (side_by_side(things), several(cell)) == (cell, things)


def test_what_is_not_wholly_between_quotation_marks_is_taken_apart_as_it_stands() -> None:
    assert several('"Kind" Hands; "open') == ['"Kind" Hands', '"open']


def test_a_cell_says_something_of_all_things_or_of_one() -> None:
    known = {"food": 1, "food, warm": 2, "rest": 3}
    assert understood("food, warm", known.get) == ([2], [])
    assert understood("food, cold, rest", known.get) == ([1, 3], ["cold"])
    each = of_each("A: food; A: B: rest; rest; C: food", ["A", "A: B"], known.get)
    assert each == ({"A": [1, 3], "A: B": [3]}, ["C: food"])


def test_a_cell_of_nothing_but_marks_is_read_at_once() -> None:
    for text in ('"' * 100_000, ";\n" * 50_000, ';"a' * 30_000, "; " * 50_000):
        began = time.monotonic()
        several(text)
        assert time.monotonic() - began < 3
