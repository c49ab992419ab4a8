"""A partner's timeline: who wrote to whom is everybody's to see; what was said is the school's."""

from typing import Any

import pytest

from accounts import clock
from accounts.models import Membership
from letters.enums import Answer, Source
from letters.models import Letter
from letters.services import record_reply
from outreach.timeline import timeline
from partners.models import Partner
from partners.services import log_interaction
from tests.conftest import Cast, SignIn
from tests.outreach.factories import a_letter

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.fixture
def letter(cast: Cast, tuesday: object) -> Letter:
    """A letter that was answered, and a call."""
    made = a_letter(cast.quillback, cast.principal, cast.coordinator)
    talk(made, cast)
    return made


def talk(letter: Letter, cast: Cast) -> None:
    record_reply(letter=letter, answer=Answer.TALK, source=Source.PHONE, by=cast.coordinator, note="Soon.")
    log_interaction(
        partner=letter.contact.partner,
        by=cast.coordinator,
        note="They are open until eight.",
        on=clock.today(letter.school),
        school=letter.school,
    )


def told(partner: Partner, member: Membership) -> list[tuple[str, str, bool]]:
    return [(line.what, line.about, bool(line.url)) for line in timeline(partner, member)]


def test_ones_own_school_sees_everything_the_latest_first(cast: Cast, letter: Letter):
    assert told(letter.contact.partner, cast.coordinator) == [
        ("Answered “Talk to me”", "QMS-2627-014", True),
        ("Call", "They are open until eight.", False),
        ("Stage: Talking", "Quillback Middle School", False),
        ("Letter", "QMS-2627-014", True),
    ]


def test_another_school_sees_that_a_letter_went_and_where_it_stands(cast: Cast, letter: Letter):
    assert told(letter.contact.partner, cast.bellwether_coordinator) == [
        ("Stage: Talking", "Quillback Middle School", False),
        ("Letter", "QMS-2627-014", False),
    ]


def test_the_tab_costs_the_same_at_one_and_at_three(
    cast: Cast, letter: Letter, sign_in: SignIn, django_assert_num_queries: Any
):
    client, url = sign_in(cast.staff), f"/d/larkmoor/timeline/{letter.contact.partner.uid}/"
    with django_assert_num_queries(13):
        client.get(url)
    talk(letter, cast)
    talk(letter, cast)
    with django_assert_num_queries(13):
        client.get(url)


def test_an_empty_line_of_time_offers_a_call_to_those_who_may_log_one(cast: Cast, sign_in: SignIn):
    now = clock.now()
    partner = Partner.objects.create(
        district=cast.larkmoor, name="New Leaf", sort_name="new leaf", created_at=now, changed_at=now
    )
    offered = {
        role: "/call/" in sign_in(member).get(f"/d/larkmoor/timeline/{partner.uid}/").content.decode()
        for role, member in (("viewer", cast.viewer), ("preparer", cast.preparer))
    }
    assert offered == {"viewer": False, "preparer": True}
