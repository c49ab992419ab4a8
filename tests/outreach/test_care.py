"""Behind *Needs care*: whose contacts, letters and papers count for which partnership."""

from typing import Any

import pytest

from accounts import clock
from accounts.models import Membership, School
from letters.enums import Answer, Source
from letters.services import record_reply
from outreach.care import care_rows
from outreach.engagement import Care
from partners import services
from partners.enums import Stage
from partners.models import Partner, Partnership
from tests.conftest import Cast
from tests.outreach.caring import DAY, TODAY, at, heard_on, signals
from tests.outreach.factories import a_letter
from tests.partners.factories import a_partner, a_partnership

pytestmark = pytest.mark.usefixtures("tuesday")

ACTIVE = Stage.ACTIVE


def works(cast: Cast, name: str = "Tamarack", school: School | None = None) -> Partner:
    """A partner that works with Quillback, or with another school."""
    partner = a_partner(cast.staff, name)
    a_partnership(partner, school or cast.quillback, cast.staff, stage=ACTIVE)
    return partner


def talk(partner: Partner, by: Membership, days_ago: int = 0, direction: str = "both", **where: Any) -> None:
    day = TODAY - days_ago * DAY
    services.log_interaction(partner=partner, by=by, note="x", on=day, direction=direction, **where)


def shown(member: Membership) -> list[tuple[str, str]]:
    return [(row.partner.name, row.place) for row in care_rows(member)]


def test_only_those_whom_we_wrote_to_or_work_with_need_care(cast: Cast) -> None:
    reasons = {Stage.PAUSED: "x", Stage.DECLINED: "x", Stage.ENDED: "x"}
    for stage in Stage:
        because = reasons.get(stage, "")
        partner = a_partner(cast.staff, stage.value)
        a_partnership(partner, cast.quillback, cast.staff, stage=stage, because=because)
    assert {name for name, _place in shown(cast.coordinator)} == {
        *("contacted", "exploring", "agreement_pending", "active", "renewal_due")
    }


def test_a_school_sees_its_own_and_the_district_all(cast: Cast) -> None:
    partner = works(cast)
    a_partnership(partner, cast.bellwether, cast.staff, stage=ACTIVE)
    a_partnership(partner, None, cast.staff, stage=ACTIVE)
    assert shown(cast.principal) == [("Tamarack", "Quillback Middle School")]
    assert shown(cast.bellwether_coordinator) == [("Tamarack", "Bellwether High School")]
    assert shown(cast.brightmere_staff) == []
    assert shown(cast.staff) == [
        ("Tamarack", "Bellwether High School"),
        ("Tamarack", "Quillback Middle School"),
        ("Tamarack", "The district"),
    ]


def test_an_archived_partner_needs_no_care(cast: Cast) -> None:
    works(cast)
    Partner.objects.update(archived_at=clock.now())
    assert shown(cast.staff) == []


def test_a_contact_counts_where_they_spoke_at_its_school_or_without_one_everywhere(cast: Cast) -> None:
    partner = works(cast)
    a_partnership(partner, None, cast.staff, stage=ACTIVE)
    talk(partner, cast.coordinator, 1, "out", school=cast.quillback)
    talk(partner, cast.coordinator, 2, school=cast.bellwether)
    assert heard_on(cast, partner) is None
    talk(partner, cast.coordinator, 20, "in")
    assert heard_on(cast, partner) == TODAY - 20 * DAY
    talk(partner, cast.coordinator, 3, school=cast.quillback)
    assert heard_on(cast, partner) == TODAY - 3 * DAY
    assert at(cast, partner, None).engagement.facts.heard_on == TODAY - 20 * DAY


def test_what_belongs_to_a_merged_partner_counts_for_the_one_that_stands(cast: Cast) -> None:
    winner, loser = works(cast), works(cast, "Tamarack Youth")
    talk(loser, cast.coordinator, 3)
    services.merge_partners(winner=winner, loser=loser, by=cast.staff)
    assert shown(cast.staff) == [("Tamarack", "Quillback Middle School")]
    assert heard_on(cast, winner) == TODAY - 3 * DAY


def test_a_letter_waits_until_they_reply_to_it(cast: Cast) -> None:
    letter = a_letter(cast.quillback, cast.principal)
    partner = letter.partnership.partner
    row = at(cast, partner, cast.quillback)
    assert row.because == ["No answer to letter QMS-2627-014, which asked for one by November 20."]
    assert (row.act_label, row.act_url) == ("Log a call", f"/d/larkmoor/partners/{partner.uid}/call/")
    record_reply(letter=letter, answer=Answer.NOT_NOW, source=Source.PHONE, by=cast.coordinator, note="x")
    services.set_stage(partnership=letter.partnership, stage=Stage.EXPLORING, by=cast.coordinator)
    assert (signals(cast, partner), heard_on(cast, partner)) == ([], TODAY)


def test_papers_count_where_they_hold(cast: Cast) -> None:
    partner = works(cast)
    talk(partner, cast.coordinator)
    services.add_paper(
        partner=partner, by=cast.staff, kind="insurance", school=cast.bellwether, valid_until=TODAY + 9 * DAY
    )
    agreed = {"kind": "mou", "status": "in_force", "starts": TODAY - 9 * DAY, "ends": TODAY + 20 * DAY}
    services.add_agreement(
        partner=partner, by=cast.staff, title="Theirs", schools=[cast.bellwether], **agreed
    )
    assert signals(cast, partner) == []
    ours = services.add_agreement(partner=partner, by=cast.staff, title="Ours", **agreed)
    row = at(cast, partner, cast.quillback)
    page = f"/d/larkmoor/agreements/{ours.uid}/"
    assert (row.act_label, row.act_url) == ("Renew the agreement", page)
    services.add_paper(partner=partner, by=cast.staff, kind="insurance", valid_until=TODAY + 10 * DAY)
    row = at(cast, partner, cast.quillback)
    assert row.because == ["Certificate of insurance ends on December 4; Ours ends on December 14."]
    assert (row.act_label, row.act_url) == ("Renew a paper", f"/d/larkmoor/partners/{partner.uid}/papers/")


def test_a_listing_is_confirmed_by_one_of_their_people(cast: Cast) -> None:
    partner = works(cast)
    talk(partner, cast.coordinator)
    Partner.objects.update(created_at=clock.now() - 400 * DAY)
    row = at(cast, partner, cast.quillback)
    assert row.because == ["Listing not confirmed since it was entered on October 20, 2025."]
    assert row.act_label == "Ask them to confirm it"
    assert row.act_url == f"/d/larkmoor/partners/{partner.uid}/contacts/"
    Partner.objects.update(assured_on=TODAY - DAY, assured_by="Odile Brandt")
    assert row.engagement.care == Care.ATTENTION
    assert signals(cast, partner) == []


def test_a_school_writes_to_whom_it_did_not_hear_from_and_the_district_calls(cast: Cast) -> None:
    partner = works(cast)
    a_partnership(partner, None, cast.staff, stage=ACTIVE)
    Partner.objects.update(created_at=clock.now() - 300 * DAY)
    Partnership.objects.update(stage_since=TODAY - 300 * DAY)
    row = at(cast, partner, cast.quillback)
    write = f"/d/larkmoor/letters/write/{row.partnership.uid}/"
    assert (row.act_label, row.act_url) == ("Write a letter", write)
    assert at(cast, partner, None).act_label == "Log a call"


def test_at_risk_comes_first_and_then_what_began_first(cast: Cast) -> None:
    for name, ends in (("Late", -1), ("Later", -9), ("Soon", 9), ("Fine", 99)):
        partner = works(cast, name)
        talk(partner, cast.coordinator)
        services.add_paper(partner=partner, by=cast.staff, kind="insurance", valid_until=TODAY + ends * DAY)
    Partner.objects.update(created_at=clock.now() - 60 * DAY)
    assert [name for name, _place in shown(cast.staff)] == ["Later", "Late", "Soon", "Fine"]


def test_whoever_may_not_renew_papers_or_ask_for_a_listing_calls(cast: Cast) -> None:
    paper, agreement, listing = works(cast, "A paper"), works(cast, "B agreement"), works(cast, "C listing")
    for partner in (paper, agreement, listing):
        talk(partner, cast.coordinator)
    services.add_paper(partner=paper, by=cast.staff, kind="insurance", valid_until=TODAY + 9 * DAY)
    agreed = {"kind": "mou", "status": "in_force", "starts": TODAY - 9 * DAY, "ends": TODAY + 9 * DAY}
    services.add_agreement(partner=agreement, by=cast.staff, title="Calm Hour", schools=[], **agreed)
    Partner.objects.filter(pk=listing.pk).update(created_at=clock.now() - 400 * DAY)

    def acts(member: Membership) -> list[str]:
        return [row.act_label for row in sorted(care_rows(member), key=lambda row: row.partner.name)]

    assert acts(cast.preparer) == ["Renew a paper", "Renew the agreement", "Ask them to confirm it"]
    assert acts(cast.principal) == ["Log a call"] * 3
