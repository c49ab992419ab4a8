"""What is stored and what is typed meet in one normal form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.search import SAME, lexemes, normal, query, spelled_out, words_of

WAYS = [way for group in SAME for way in group]
WORDS = st.lists(st.sampled_from(WAYS) | st.text(min_size=1, max_size=12), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Niño's Café", "ninos cafe"),
        ("  St. Brannoc   PARISH ", "st brannoc parish"),
        ("Boys & Girls", "boys and girls"),
        ("O’Neill-Đặng", "oneill đang"),
        ("Straße 7", "strasse 7"),
        ("***", ""),
    ],
)
def test_the_normal_form_has_no_case_no_accents_no_marks(text: str, form: str) -> None:
    assert normal(text) == form


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("St. Brannoc Ctr", "saint brannoc center"),
        ("Wexley Co. Dept. of Health", "wexley county department of health"),
    ],
)
def test_names_are_sorted_by_their_abbreviations_in_full(text: str, full: str) -> None:
    assert spelled_out(text) == full


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Saint Brannoc Parish Center", "st brannoc"),
        ("St. Brannoc Parish Ctr.", "saint brannoc center"),
        ("Larkmoor Police Department", "pd"),
        ("Larkmoor PD", "police dep"),
        ("Boys & Girls Club of Larkmoor", "bgc"),
        ("Thérèse O'Neill", "therese oneill"),
        ("Thérèse O'Neill", "o neill"),
        ("Mill Street Shelter", "mill st"),
    ],
)
def test_a_partner_is_found_by_any_way_to_write_it(stored: str, typed: str) -> None:
    words = words_of([stored])
    assert all(any(word.startswith(part) for word in words) for part in normal(typed).split())


def test_lexemes_carry_their_district_and_are_letters_and_digits_alone() -> None:
    assert lexemes(7, words_of(["Umber's: (7') Clinic\\"])) == "d7x7 d7xclinic d7xs d7xumber d7xumbers"


def test_a_query_asks_for_every_word_as_a_beginning_in_one_district() -> None:
    assert query(7, "Umber's cli") == "d7xumbers:* & d7xcli:*"
    assert query(7, " .! ") == ""


def test_a_very_long_search_is_cut() -> None:
    assert query(7, "word " * 50).count("&") == 11


def test_a_query_takes_near_words_in_the_place_of_one_that_was_typed() -> None:
    assert query(7, "umber cli", {"umber": ["number", "amber"]}) == (
        "(d7xumber:* | d7xnumber:* | d7xamber:*) & d7xcli:*"
    )


@given(name=WORDS.map(" ".join), typed=WORDS.map(" ".join) | st.none(), cut=st.integers(0, 80))
def test_a_name_that_begins_with_what_was_typed_holds_all_its_words(
    name: str, typed: str | None, cut: int
) -> None:
    typed = (name if typed is None else typed)[:cut]
    start = spelled_out(name)
    if start.startswith((normal(typed), spelled_out(typed))):
        words = words_of([name])
        assert [part for part in normal(typed).split() if not any(w.startswith(part) for w in words)] == []
