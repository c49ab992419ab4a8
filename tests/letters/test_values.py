"""What the records say stands ready for every placeholder."""

from letters import queries
from letters.models import Letter
from letters.placeholders import Placeholder
from letters.values import values_of
from tests.conftest import Cast
from tests.letters.conftest import make_letter, make_partnership


def test_each_placeholder_of_the_list_has_its_value_and_no_other_has(cast: Cast) -> None:
    letter = make_letter(cast, make_partnership(cast.quillback, "Tamarack"))
    whole = queries.whole(Letter.objects.filter(pk=letter.pk)).get()
    assert set(values_of(whole)) == set(Placeholder.values)
