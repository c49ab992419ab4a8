"""Which stage and when is everybody's to read; why is for the people of that school, and of the district."""

import pytest

from accounts.models import Membership
from partners import services
from partners.models import Partner
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_partner, a_partnership

OURS, THEIRS, DISTRICTS = "Their director is ill.", "They quarreled with us.", "The board said no."


@pytest.fixture
def partner(cast: Cast) -> Partner:
    """A partner that was paused with each school and with the district, each time for another reason."""
    made = a_partner(cast.staff)
    for school, because in ((cast.quillback, OURS), (cast.bellwether, THEIRS), (None, DISTRICTS)):
        partnership = a_partnership(made, school, cast.staff)
        services.set_stage(partnership=partnership, stage="paused", because=because, by=cast.staff)
    return made


def read(partner: Partner, member: Membership, sign_in: SignIn) -> list[list[str]]:
    """The reasons that stand on each page of a partner that shows its stages."""
    client = sign_in(member)
    pages = [f"/d/larkmoor/partners/{partner.uid}/{tab}" for tab in ("", "history/")]
    pages.append(f"/d/larkmoor/timeline/{partner.uid}/")
    shown = []
    for page in pages:
        answer = client.get(page)
        html = answer.content.decode()
        assert (answer.status_code, "Paused" in html) == (200, True)
        shown.append([because for because in (OURS, THEIRS, DISTRICTS) if because.rstrip(".") in html])
    return shown


def test_a_reason_is_read_at_its_own_school_alone(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    for member in (cast.viewer, cast.preparer, cast.coordinator, cast.principal):
        assert read(partner, member, sign_in) == [[], [OURS], [OURS]]
    for member in (cast.bellwether_coordinator, cast.bellwether_principal):
        assert read(partner, member, sign_in) == [[], [THEIRS], [THEIRS]]


def test_staff_read_every_reason(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    everything = [OURS, THEIRS, DISTRICTS]
    assert read(partner, cast.staff, sign_in) == [[], everything, everything]
