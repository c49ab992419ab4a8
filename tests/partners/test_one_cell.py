"""A whole address, or several things, in one cell."""

import pytest

from partners.interchange.one_cell import several, whole_address


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
