"""Grades as people write them, and as pages name them."""

import pytest

from partners.grades import ALL_GRADES, grades_as_text, grades_in


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("6-8", {6, 7, 8}),
        ("6–8", {6, 7, 8}),
        ("K-5, 7", {0, 1, 2, 3, 4, 5, 7}),
        ("Pre-K to 2", {-1, 0, 1, 2}),
        ("PreK, K", {-1, 0}),
        ("pre-kindergarten", {-1}),
        ("Kindergarten through 3rd", {0, 1, 2, 3}),
        ("9th to 12th", {9, 10, 11, 12}),
        ("7", {7}),
        ("grades 10 and 12", {10, 12}),
        ("de 6 a 8", {6, 7, 8}),
        ("", set(ALL_GRADES)),
        ("everybody", set(ALL_GRADES)),
        ("13 to 17 years", set(ALL_GRADES)),
        ("8-6", set(ALL_GRADES)),
    ],
)
def test_a_text_names_grades(text: str, grades: set[int]) -> None:
    assert grades_in(text) == grades


@pytest.mark.parametrize(
    ("grades", "text"),
    [
        ({7}, "7"),
        ({6, 7, 8}, "6–8"),
        ({-1, 0, 1, 7}, "Pre-K–1, 7"),
        ({0, 12}, "K, 12"),
        (set(ALL_GRADES), ""),
    ],
)
def test_grades_are_written_as_spans(grades: set[int], text: str) -> None:
    assert grades_as_text(frozenset(grades)) == text


def test_what_is_written_is_read_again() -> None:
    for grades in ({6, 7, 8}, {-1, 0, 1, 7}, {0, 12}, {3}):
        assert grades_in(grades_as_text(frozenset(grades))) == grades
