"""A letter says what a partner offers today, not what it gave up."""

import datetime

from accounts import clock
from letters import queries
from letters.models import Letter
from letters.values import values_of
from partners.models import Partner, Service
from tests.conftest import Cast
from tests.letters.conftest import make_letter, make_partnership


def test_a_service_that_is_given_up_or_over_is_not_offered(cast: Cast) -> None:
    letter = make_letter(cast, make_partnership(cast.quillback, "Tamarack"))
    yesterday = clock.today(cast.quillback) - datetime.timedelta(days=1)
    for name, values in (
        ("art classes", {"extra": {"status": "defunct"}}),
        ("boxing", {"extra": {"status": "inactive"}}),
        ("cooking", {"until": yesterday}),
    ):
        Service.objects.create(district=cast.larkmoor, partner=Partner.objects.get(), name=name, **values)
    whole = queries.whole(Letter.objects.filter(pk=letter.pk)).get()
    assert values_of(whole)["partner.services"] == "grief groups and youth counseling"
