"""Letters to many and schools' texts, on Today of those for whom they wait."""

import pytest

from letters import services
from letters.models import Batch, Template
from partners.models import Partnership
from tests.conftest import Cast
from tests.letters.batches import a_batch, as_read, hand_in, sign
from tests.letters.conftest import fill_school, make_partnership
from tests.letters.test_text_versions import save
from tests.outreach.test_partner_cards import items
from tests.press.running import RunningPress


@pytest.fixture
def two(cast: Cast) -> list[Partnership]:
    fill_school(cast.quillback)
    return [make_partnership(cast.quillback, name) for name in ("Alder Choir", "Birch Clinic")]


@pytest.fixture
def waiting_batch(cast: Cast, two: list[Partnership], press: RunningPress) -> Batch:
    return hand_in(cast, a_batch(cast, *two))


def test_letters_to_many_wait_as_one_item_until_they_are_signed(cast: Cast, waiting_batch: Batch) -> None:
    about = "from Quillback Middle School: To a new partner"
    assert items(cast.principal) == [("Sign 2 letters in one act", about)]
    assert (items(cast.coordinator), items(cast.bellwether_principal)) == ([], [])
    sign(cast, waiting_batch)
    assert items(cast.principal) == []


def test_sent_back_they_wait_for_who_prepared_them(cast: Cast, waiting_batch: Batch) -> None:
    services.send_back_batch(
        batch=waiting_batch, version=waiting_batch.version, note="Not in the holidays", by=cast.principal
    )
    assert (items(cast.principal), items(cast.preparer)) == ([], [])
    assert items(cast.coordinator) == [("Change letters to many", "To a new partner")]
    hand_in(cast, as_read(waiting_batch))
    assert items(cast.coordinator) == []


def test_a_schools_text_waits_for_the_district_where_its_rule_says_so(cast: Cast) -> None:
    districts = Template.objects.get(kind="new_partner", school=None)
    own = services.make_own_text(template=districts, school=cast.quillback, by=cast.coordinator)
    save(cast, own, en_ask="Come to Quillback?", es_ask="¿Viene a Quillback?")
    assert items(cast.staff) == []
    services.set_text_rule(needed=True, by=cast.staff)
    assert items(cast.staff) == [("Approve a text of a letter", "of Quillback Middle School")]
    assert (items(cast.coordinator), items(cast.brightmere_staff)) == ([], [])
