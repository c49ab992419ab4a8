"""A cell names schools as people call them: by short form, code, nickname, several at once."""

import pytest

from partners.interchange.school_names import Named, SchoolNames

SCHOOLS = {
    1: ("Quillback Middle School", "QMS"),
    2: ("Bellwether High School", "BHS"),
    3: ("Lincoln Elementary School", "LES"),
    4: ("Lincoln Middle School", "LMS"),
    5: ("Arts & Letters Academy", "ALA"),
}
NAMES = SchoolNames(SCHOOLS, {"the quill": 1}, frozenset({"moon base"}))


@pytest.mark.parametrize(
    ("cell", "keys"),
    [
        ("Quillback Middle School", (1,)),
        ("quillback MS", (1,)),
        ("Quillback", (1,)),
        ("QMS", (1,)),
        ("the Quill", (1,)),
        ("Quillback; Bellwether HS", (1, 2)),
        ("Quillback / BHS", (1, 2)),
        ("Quillback, Bellwether and Lincoln ES", (1, 2, 3)),
        ("Quillback y Bellwether", (1, 2)),
        ("Quillback & Lincoln Elem.", (1, 3)),
        ("Arts & Letters Academy", (5,)),
        ("Arts & Letters, Quillback\nBHS", (5, 1, 2)),
        ("all schools", (1, 2, 3, 4, 5)),
        ("", ()),
        ("N/A", ()),
        ("Moon Base", ()),
    ],
)
def test_schools_are_found_by_what_they_are_called(cell: str, keys: tuple[int, ...]) -> None:
    assert NAMES.named(cell) == Named(keys)


def test_the_district_itself_can_be_named_beside_a_school() -> None:
    assert NAMES.named("District-wide; QMS") == Named((1,), district=True)


def test_a_nickname_of_two_schools_is_asked_about() -> None:
    assert NAMES.named("Lincoln; Nowhere") == Named(unknown=("Lincoln", "Nowhere"))


def test_a_misspelled_name_is_proposed() -> None:
    assert (NAMES.probably("Quilback Midle"), NAMES.probably("Nowhere")) == (1, None)
