"""Gaps and overlaps, worked by hand: schools 1 and 2, needs 10 and 20."""

import datetime
from uuid import UUID

from partners.coverage import Cell, Offer, Overlap, Rating, cells, overlaps
from partners.grades import ALL_GRADES, grades_in

DAY = datetime.date(2026, 9, 4)


def an_offer(partner: int, tiers: set[int], grades: str = "", schools: set[int] | None = None) -> Offer:
    return Offer(
        partner,
        UUID(int=partner),
        f"Partner {partner}",
        "Mentoring",
        frozenset({10}),
        frozenset(tiers),
        grades_in(grades),
        frozenset({1} if schools is None else schools),
    )


def rated(value: int) -> Rating:
    return Rating(value, DAY, "Survey")


def test_a_need_rated_high_with_no_service_is_a_gap() -> None:
    assert [Cell(rated(value)).is_gap for value in (3, 2, 1)] == [True, False, False]
    assert Cell(None).is_gap is False
    assert Cell(rated(3), [an_offer(1, {1})]).is_gap is False


def test_three_partners_at_one_tier_and_grade_overlap() -> None:
    offers = [an_offer(1, {2}, "6-8"), an_offer(2, {2}, "7"), an_offer(3, {2}, "7-12")]
    assert overlaps(offers) == [
        Overlap(2, frozenset({7}), ("Partner 1", "Partner 2", "Partner 3"), ""),
    ]


def test_two_partners_do_not_overlap_nor_two_services_of_one() -> None:
    assert overlaps([an_offer(1, {2}), an_offer(2, {2})]) == []
    assert overlaps([an_offer(1, {2}), an_offer(1, {2}, "7"), an_offer(2, {2})]) == []


def test_three_partners_at_different_tiers_or_grades_do_not_overlap() -> None:
    assert overlaps([an_offer(1, {1}), an_offer(2, {2}), an_offer(3, {3})]) == []
    assert overlaps([an_offer(1, {2}, "6"), an_offer(2, {2}, "7"), an_offer(3, {2}, "8")]) == []


def test_a_service_that_names_no_tier_overlaps_with_none() -> None:
    assert overlaps([an_offer(1, set()), an_offer(2, set()), an_offer(3, set())]) == []


def test_whoever_is_beside_the_crowded_grade_is_not_named() -> None:
    offers = [an_offer(1, {2}, "7"), an_offer(2, {2}, "7"), an_offer(3, {2}, "7"), an_offer(4, {2}, "8")]
    assert overlaps(offers)[0].partners == ("Partner 1", "Partner 2", "Partner 3")


def test_each_tier_has_an_overlap_of_its_own() -> None:
    found = overlaps([an_offer(1, {1, 2}), an_offer(2, {1, 2}), an_offer(3, {1, 2})])
    assert [(overlap.tier, overlap.grades) for overlap in found] == [(1, ALL_GRADES), (2, ALL_GRADES)]


def test_the_grid_has_a_cell_for_each_school_and_need() -> None:
    grid = cells([1, 2], [10, 20], {(1, 20): rated(3)}, [an_offer(1, {1}, schools={1, 2, 3})], {})
    assert {place: (cell.is_gap, len(cell.offers)) for place, cell in grid.items()} == {
        (1, 10): (False, 1),
        (1, 20): (True, 0),
        (2, 10): (False, 1),
        (2, 20): (False, 0),
    }


def test_a_decision_settles_an_overlap_of_its_school_need_and_tier() -> None:
    offers = [an_offer(partner, {2}, "7", {1, 2}) for partner in (1, 2, 3)]
    grid = cells([1, 2], [10], {}, offers, {(1, 10, 2): "Partner 1 takes grade 7.", (2, 10, 1): "Other"})
    assert [overlap.settled for overlap in grid[1, 10].overlaps] == ["Partner 1 takes grade 7."]
    assert grid[1, 10].open_overlaps == []
    assert [overlap.settled for overlap in grid[2, 10].open_overlaps] == [""]


def test_services_are_counted_at_each_of_their_tiers() -> None:
    cell = Cell(None, [an_offer(1, {1}), an_offer(2, {1, 3}), an_offer(3, set())])
    assert cell.by_tier == [2, 0, 1]
    assert cell.partners == ["Partner 1", "Partner 2", "Partner 3"]
