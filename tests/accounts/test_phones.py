"""Telephone numbers are kept in one form and shown as people write them."""

import pytest

from accounts.phones import as_e164, as_link, as_written


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("(512) 555-0142", "+15125550142"),
        ("512.555.0142", "+15125550142"),
        ("1 512 555 0142", "+15125550142"),
        ("512-555-0142 x12", "+15125550142;ext=12"),
        ("+44 20 7946 0018", "+442079460018"),
        ("  call the office ", "call the office"),
        ("555-01", "555-01"),
        ("", ""),
    ],
)
def test_a_number_is_kept_as_e164_where_it_can_be_read(typed: str, stored: str) -> None:
    assert as_e164(typed) == stored


def test_prefix_and_extension_may_stand_apart() -> None:
    assert as_e164("20 7946 0018", prefix="+44", extension="ext. 7") == "+442079460018;ext=7"


@pytest.mark.parametrize(
    ("stored", "shown", "link"),
    [
        ("+15125550142", "(512) 555-0142", "tel:+15125550142"),
        ("+15125550142;ext=12", "(512) 555-0142 ext. 12", "tel:+15125550142;ext=12"),
        ("+442079460018", "+44 20 7946 0018", "tel:+442079460018"),
        ("call the office", "call the office", ""),
    ],
)
def test_a_number_is_shown_as_people_write_it(stored: str, shown: str, link: str) -> None:
    assert (as_written(stored), as_link(stored)) == (shown, link)
