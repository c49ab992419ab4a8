"""Of what fails while a kind is planned, one thing is passed over; an error of the database ends the kind."""

import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import DatabaseError

from outreach import guard
from outreach.models import Trouble
from outreach.registry import Draft, Unknown
from tests.conftest import Cast

pytestmark = pytest.mark.usefixtures("tuesday")
ROW = uuid.UUID(int=1)


def raising(error: Exception) -> Callable[[SimpleNamespace], Draft]:
    def draft(row: SimpleNamespace) -> Draft:
        raise error

    return draft


@pytest.mark.parametrize(("error", "rows"), [(ValueError(), 1), (DatabaseError(), None)])
def test_what_one_row_met_is_kept_as_the_rows_trouble_or_the_kinds(
    cast: Cast, error: Exception, rows: int | None
) -> None:
    row = SimpleNamespace(uid=ROW, district=cast.larkmoor)
    with guard.watched("notice", cast.larkmoor, set()) as unknown:
        unknown += [one for one in guard.drafted("notice", [row], raising(error)) if isinstance(one, Unknown)]
    assert list(Trouble.objects.values_list("kind", "rows")) == [("notice", rows)]
