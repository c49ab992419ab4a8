"""A partner's timeline: who wrote to whom is everybody's to see; what was said is the school's."""

from typing import Any

import pytest

from accounts import clock
from accounts.models import Membership
from decisions.services import add_seat, create_group, plan_meeting, record_attendance
from letters.enums import Answer, Source
from letters.models import Letter
from letters.services import record_reply
from outreach.timeline import timeline
from partners.enums import Sector
from partners.models import Partner
from partners.services import log_interaction
from tests.conftest import Cast, SignIn
from tests.letters.records import an_agreement
from tests.outreach.factories import a_letter
from tests.partners.factories import on

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
    with django_assert_num_queries(15):
        client.get(url)
    talk(letter, cast)
    talk(letter, cast)
    with django_assert_num_queries(15):
        client.get(url)


def test_agreements_stand_on_the_days_on_which_they_began_and_ended(cast: Cast, letter: Letter):
    partnership = letter.partnership
    an_agreement(partnership, title="Calm Hour", ends=on("2026-11-23"))
    an_agreement(
        partnership,
        title="Ended early",
        starts=on("2026-09-01"),
        status="terminated",
        ended_on=on("2026-10-02"),
    )
    an_agreement(partnership, title="From today", starts=on("2026-11-24"))
    an_agreement(partnership, title="From tomorrow", starts=on("2026-11-25"))
    an_agreement(partnership, title="A draft", status="draft")
    lines = timeline(partnership.partner, cast.viewer)
    assert [(line.day.isoformat(), line.what, line.about) for line in lines if line.kind == "paper"] == [
        ("2026-11-24", "Agreement in force", "From today"),
        ("2026-11-23", "Agreement ended", "Calm Hour"),
        ("2026-10-01", "Agreement ended", "Ended early"),
        ("2026-09-01", "Agreement in force", "Ended early"),
        ("2025-08-01", "Agreement in force", "Calm Hour"),
    ]


def test_a_meeting_says_whether_they_were_there_to_those_who_see_its_group(cast: Cast, letter: Letter):
    partner = letter.contact.partner
    for school, here in ((None, True), (cast.bellwether, False)):
        group = create_group(name="Team", school=school, by=cast.staff)
        seat = add_seat(group=group, partner=partner, sector=Sector.CIVIC, by=cast.staff)
        other = add_seat(group=group, people_label="Parents", sector=Sector.PARENTS, by=cast.staff)
        meeting = plan_meeting(group=group, starts_at=clock.now(), by=cast.staff)
        there = [seat if here else other]
        record_attendance(meeting=meeting, seats=[seat, other], here=there, by=cast.staff)

    def meetings(member: Membership) -> list[tuple[str, bool]]:
        return [(line.what, line.theirs) for line in timeline(partner, member) if line.about == "Team"]

    assert meetings(cast.staff) == [("Not at a meeting", False), ("At a meeting", True)]
    assert meetings(cast.coordinator) == [("At a meeting", True)]


def test_of_a_meeting_whose_roll_was_not_taken_nothing_is_said(cast: Cast, letter: Letter):
    partner = letter.contact.partner
    group = create_group(name="Team", by=cast.staff)
    seat = add_seat(group=group, partner=partner, sector=Sector.CIVIC, by=cast.staff)
    meeting = plan_meeting(group=group, starts_at=clock.now(), by=cast.staff)
    for here in ([seat], []):
        record_attendance(meeting=meeting, seats=[seat], here=here, by=cast.staff)
    assert [line.what for line in timeline(partner, cast.staff) if line.kind == "meeting"] == []


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
