"""Behind *Needs care*: what a partner's seats in a group missed, and what they took on."""

import pytest

from accounts import clock
from accounts.models import Membership, Task
from decisions.enums import Standing
from decisions.models import Decision, Group, Meeting
from decisions.rule import Answer as Said
from decisions.services import (
    ActionItem,
    Given,
    add_action_items,
    add_seat,
    close_decision,
    name_holder,
    open_decision,
    plan_meeting,
    record_answers,
    record_attendance,
)
from outreach.care import care_rows
from outreach.engagement import Facts, Signal
from partners import services
from partners.enums import Stage
from partners.models import Partner
from tests.conftest import Cast
from tests.decisions.conftest import decided, make_committee, voting
from tests.outreach.caring import DAY, TODAY, at, heard_on, signals
from tests.partners.factories import a_contact, a_partner, a_partnership

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.fixture
def committee(cast: Cast, tuesday: object) -> Group:
    """Quillback's committee; the pantry, which has a seat, works with the school."""
    group = make_committee(cast, cast.quillback, cast.coordinator)
    a_partnership(pantry(), cast.quillback, cast.staff, stage=Stage.ACTIVE)
    return group


def pantry() -> Partner:
    partner: Partner = Partner.objects.get(name="Open Cupboard Pantry")
    return partner


def meets(cast: Cast, group: Group, days_ago: int, *absent: str) -> Meeting:
    """A meeting at which all seats were but these."""
    starts_at = clock.now() - days_ago * DAY
    meeting = plan_meeting(group=group, starts_at=starts_at, by=cast.coordinator)
    seats = list(group.seats.select_related("partner", "school"))
    here = [seat for seat in seats if seat.label not in absent]
    record_attendance(meeting=meeting, seats=seats, here=here, by=cast.coordinator)
    return meeting


def test_meetings_are_missed_by_whoever_the_roll_does_not_name(cast: Cast, committee: Group) -> None:
    meets(cast, committee, 21)
    assert heard_on(cast, pantry()) == TODAY - 21 * DAY
    meets(cast, committee, 14, "Open Cupboard Pantry")
    assert signals(cast, pantry()) == []
    meets(cast, committee, 7, "Open Cupboard Pantry")
    row = at(cast, pantry(), cast.quillback)
    assert row.because == [
        "Not at the last 2 meetings of Partnership committee, Quillback Middle School.",
    ]
    assert row.act_label == "Log a call"


def test_a_meeting_without_a_roll_and_one_that_a_seat_only_observes_is_not_missed(
    cast: Cast, committee: Group
) -> None:
    everybody = [seat.label for seat in committee.seats.select_related("partner", "school")]
    meets(cast, committee, 14, *everybody)
    meets(cast, committee, 7, *everybody)
    assert signals(cast, pantry()) == []
    for days_ago in (3, 2):
        meets(cast, committee, days_ago, "Open Cupboard Pantry")
    assert signals(cast, pantry()) == [Signal.MEETINGS]
    committee.seats.filter(partner=pantry()).update(standing=Standing.OBSERVES)
    assert signals(cast, pantry()) == []


def test_whoever_gave_up_a_seat_misses_nothing_any_more(cast: Cast, committee: Group) -> None:
    for days_ago in (14, 7):
        meets(cast, committee, days_ago, "Open Cupboard Pantry")
    committee.seats.filter(partner=pantry()).update(since=TODAY - 30 * DAY, until=TODAY)
    assert signals(cast, pantry()) == [Signal.MEETINGS]
    committee.seats.filter(partner=pantry()).update(until=TODAY - DAY)
    assert signals(cast, pantry()) == []


def test_left_out_is_whose_answer_two_decisions_did_not_wait_for(cast: Cast, committee: Group) -> None:
    decided(committee, "yes", "yes", "yes", "yes", "yes", by=cast.coordinator)
    assert heard_on(cast, pantry()) == TODAY
    decided_without_the_pantry(committee, by=cast.coordinator)
    last = decided_without_the_pantry(committee, by=cast.coordinator)
    row = at(cast, pantry(), cast.quillback)
    assert row.because == [
        "The last 2 decisions of Partnership committee, Quillback Middle School were taken without their"
        " answer."
    ]
    assert (row.act_label, row.act_url) == ("See the decision", f"/d/larkmoor/decisions/{last.uid}/")


def decided_without_the_pantry(group: Group, *, by: Membership) -> Decision:
    decision = open_decision(group=group, question="Shall we meet in the morning?", by=by)
    given = [Given(seat, Said.YES) for seat in voting(decision) if seat.label != "Open Cupboard Pantry"]
    record_answers(decision=decision, given=given, by=by)
    return close_decision(decision=decision, version=decision.version, by=by)


def test_a_question_that_was_not_decided_left_nobody_out(cast: Cast, committee: Group) -> None:
    for _ in range(3):
        decision = open_decision(group=committee, question="Shall we meet?", by=cast.coordinator)
        close_decision(decision=decision, version=decision.version, by=cast.coordinator)
    assert Decision.objects.filter(outcome="no_quorum").count() == 3
    assert signals(cast, pantry()) == []


def test_a_late_item_is_theirs_whose_organization_or_person_it_names(cast: Cast, committee: Group) -> None:
    brandt = a_contact(pantry(), cast.coordinator)
    name_holder(seat=committee.seats.get(partner=pantry()), contact=brandt, by=cast.coordinator)
    decision = decided(committee, "yes", "yes", "yes", "yes", "yes", by=cast.coordinator)
    for who, due_on in (("Larkmoor Police Department", TODAY - DAY), ("odile brandt, pantry", TODAY - DAY)):
        item = ActionItem(what="Send the referral form", who=who, due_on=due_on)
        add_action_items(decision=decision, items=[item], by=cast.coordinator)
    row = at(cast, pantry(), cast.quillback)
    assert row.because == ["They took on “Send the referral form”, due on November 23."]
    assert (row.act_label, row.act_url) == ("See the decision", f"/d/larkmoor/decisions/{decision.uid}/")
    Task.objects.filter(owner_text="odile brandt, pantry").update(owner=cast.coordinator, owner_text="")
    assert signals(cast, pantry()) == []


@pytest.fixture
def two_seats(cast: Cast, committee: Group) -> Partner:
    """The pantry, which another partner with a seat of its own was merged into."""
    police = Partner.objects.get(name="Larkmoor Police Department")
    services.merge_partners(winner=pantry(), loser=police, by=cast.staff)
    return pantry()


def test_of_two_seats_one_is_enough_to_be_at_a_meeting(
    cast: Cast, committee: Group, two_seats: Partner
) -> None:
    for days_ago in (21, 14, 7):
        meets(cast, committee, days_ago, "Open Cupboard Pantry")
    assert [turn.took_part for turn in facts(cast, two_seats).meetings] == [True] * 3


def test_a_meeting_that_two_seats_missed_is_missed_once(
    cast: Cast, committee: Group, two_seats: Partner
) -> None:
    meets(cast, committee, 7, "Open Cupboard Pantry", "Larkmoor Police Department")
    assert [turn.took_part for turn in facts(cast, two_seats).meetings] == [False]


def test_of_two_seats_one_is_enough_to_answer_a_question(
    cast: Cast, committee: Group, two_seats: Partner
) -> None:
    for _ in range(2):
        decided_without_the_pantry(committee, by=cast.coordinator)
    assert [turn.took_part for turn in facts(cast, two_seats).decisions] == [True, True]


def facts(cast: Cast, partner: Partner) -> Facts:
    return at(cast, partner, cast.quillback).engagement.facts


@pytest.mark.parametrize(
    ("who", "late"),
    [
        ("The friends of the library", ["Friends of the Library"]),
        ("The Library, Odile Brandt", ["Library"]),
        ("Library; Friends of the Library", ["Friends of the Library", "Library"]),
        ("School library of Quillback", []),
        ("Librarying", []),
    ],
)
def test_an_item_is_theirs_whose_whole_name_it_says_and_not_part_of_another(
    cast: Cast, committee: Group, who: str, late: list[str]
) -> None:
    for name in ("Friends of the Library", "Library"):
        partner = a_partner(cast.staff, name)
        a_partnership(partner, cast.quillback, cast.staff, stage=Stage.ACTIVE)
        add_seat(group=committee, partner=partner, sector="arts", by=cast.coordinator)
    add_seat(group=committee, people_label="School library", sector="other", by=cast.coordinator)
    decision = decided(committee, *["yes"] * 8, by=cast.coordinator)
    item = ActionItem(what="Send the referral form", who=who, due_on=TODAY - DAY)
    add_action_items(decision=decision, items=[item], by=cast.coordinator)
    rows = [row for row in care_rows(cast.staff) if row.engagement.facts.items]
    assert sorted(row.partner.name for row in rows) == late
    alone = [at(cast, row.partner, cast.quillback) for row in care_rows(cast.staff)]
    assert sorted(row.partner.name for row in alone if row.engagement.facts.items) == late
