"""A service that is given up, or over, is not what a partner offers."""

import datetime
from typing import Any

import pytest

from partners.models import Service
from tests.conftest import Cast
from tests.partners.factories import a_partner

DAY = datetime.date(2026, 10, 5)


@pytest.mark.parametrize(
    ("values", "is_offered"),
    [
        ({}, True),
        ({"extra": {"fees": "none"}}, True),
        ({"extra": {"status": ""}}, True),
        ({"extra": {"status": "Active"}}, True),
        ({"extra": {"status": "defunct"}}, False),
        ({"extra": {"status": "inactive"}}, False),
        ({"extra": {"status": "temporarily closed"}}, False),
        ({"until": DAY}, True),
        ({"until": DAY - datetime.timedelta(days=1)}, False),
    ],
)
def test_a_service_is_offered_until_its_directory_or_its_last_day_says_otherwise(
    cast: Cast, values: dict[str, Any], is_offered: bool
) -> None:
    partner = a_partner(cast.coordinator)
    Service.objects.create(district=cast.larkmoor, partner=partner, name="Calm Hour", **values)
    assert Service.objects.offered(DAY).exists() is is_offered
