"""The September roster: still here, gone, missing; and Today's line about it, in September alone."""

import datetime
from typing import Any

import pytest
from django.test import Client

from accounts import clock
from outreach.cards.roster import roster_card
from partners import services
from partners.models import Partnership, RosterAnswer
from partners.roster_queries import roster_of, rosters_due
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_partner, a_partnership, on
from tests.partners.test_partner_page import text


@pytest.fixture
def three(cast: Cast) -> list[Partnership]:
    """Three at work in Quillback, one of them not yet; a fourth has ended."""
    for name, stage in (("New Leaf", "identified"), ("Old Mill", "ended")):
        a_partnership(
            a_partner(cast.staff, name), cast.quillback, cast.staff, stage=stage, because="Moved away"
        )
    return [
        a_partnership(a_partner(cast.staff, name), cast.quillback, cast.staff, stage="active")
        for name in ("Big Oak Mentors", "Harbor Bikes", "Tern Choir")
    ]


@pytest.fixture
def client(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.principal)


def post(client: Client, cast: Cast, **data: Any) -> Any:
    return client.post(f"/d/larkmoor/building/roster/{cast.quillback.uid}/", {"missing": "", **data})


def answers() -> list[tuple[str, str]]:
    rows = RosterAnswer.objects.order_by("partnership__partner__sort_name", "pk")
    return [(row.partnership.partner.name, row.answer) for row in rows]


def test_the_principal_says_who_is_here_gone_and_missing(
    cast: Cast, three: list[Partnership], client: Client
) -> None:
    a_partner(cast.staff, "St. Brendan Center")
    oak, bikes, choir = three
    data = {f"said_{oak.pk}": "still_here", f"said_{bikes.pk}": "gone", f"why_{bikes.pk}": "They closed."}
    answer = post(client, cast, **data, missing="saint brendan center\nOld Mill")
    assert answer.status_code == 302
    assert answers() == [
        ("Big Oak Mentors", "still_here"),
        ("Harbor Bikes", "gone"),
        ("Old Mill", "still_here"),
        ("St. Brendan Center", "still_here"),
    ]
    year = cast.larkmoor.school_year_of(clock.today(cast.quillback))
    assert set(RosterAnswer.objects.values_list("school_year", "by")) == {(year, cast.principal.pk)}
    bikes.refresh_from_db()
    change = bikes.stage_changes.first()
    assert (bikes.stage, change.because, change.by) == ("ended", "They closed.", cast.principal)
    assert [(row.partnership.partner.name, row.said) for row in roster_of(cast.quillback)] == [
        ("Big Oak Mentors", "still_here"),
        ("Old Mill", "still_here"),
        ("St. Brendan Center", "still_here"),
        ("Tern Choir", ""),
    ]
    assert choir.stage == "active"


def test_it_says_how_many_wait_still(cast: Cast, three: list[Partnership], client: Client) -> None:
    said = {f"said_{row.pk}": "still_here" for row in three}
    post(client, cast, **dict(list(said.items())[:1]))
    assert "Kept. 2 partners still wait for your answer." in client.get("/d/larkmoor/").content.decode()
    post(client, cast, **dict(list(said.items())[1:]))
    assert "Kept. The list of this school is as you said." in client.get("/d/larkmoor/").content.decode()


def test_who_is_gone_has_a_reason_and_nothing_typed_is_lost(
    cast: Cast, three: list[Partnership], client: Client
) -> None:
    data = {f"said_{three[0].pk}": "still_here", f"said_{three[1].pk}": "gone"}
    html = post(client, cast, **data, missing="Zebra House").content.decode()
    assert "Say why, in a few words." in html
    assert "The directory has no partner of this name: Zebra House." in html
    assert "Zebra House</textarea>" in html
    assert answers() == []
    with pytest.raises(services.ReasonMissing):
        services.answer_roster(school=cast.quillback, by=cast.principal, gone={three[0]: " "})
    assert answers() == []


def test_all_others_are_here_by_one_tick(cast: Cast, three: list[Partnership], client: Client) -> None:
    oak, bikes, _choir = three
    late = a_partnership(a_partner(cast.staff, "Umber Clinic"), cast.quillback, cast.staff, stage="active")
    shown = {f"why_{row.pk}": "" for row in three}
    gone = {f"said_{bikes.pk}": "gone", f"why_{bikes.pk}": "They closed."}
    answer = post(client, cast, others_here="on", **shown | gone)
    assert answer.status_code == 302
    assert late.pk not in RosterAnswer.objects.values_list("partnership", flat=True)
    assert answers() == [
        ("Big Oak Mentors", "still_here"),
        ("Harbor Bikes", "gone"),
        ("Tern Choir", "still_here"),
    ]
    wrong = post(client, cast, others_here="on", **{f"said_{oak.pk}": "gone"})
    assert wrong.context["form"]["others_here"].value() is True


def test_a_partner_that_another_was_merged_into_stands_once_and_is_answered_for_both(
    cast: Cast, three: list[Partnership], client: Client
) -> None:
    oak, bikes, choir = three
    services.merge_partners(winner=oak.partner, loser=bikes.partner, by=cast.staff)
    assert [row.partnership for row in roster_of(cast.quillback)] == [oak, choir]
    post(client, cast, **{f"said_{oak.pk}": "gone", f"why_{oak.pk}": "They closed."})
    assert answers() == [("Big Oak Mentors", "gone"), ("Harbor Bikes", "gone")]
    assert [row.partnership for row in roster_of(cast.quillback)] == [choir]


def test_a_name_that_several_partners_have_is_not_guessed(
    cast: Cast, three: list[Partnership], client: Client
) -> None:
    for _twice in range(2):
        a_partner(cast.staff, "Saint Brendan Center")
    html = post(client, cast, missing="St. Brendan Center").content.decode()
    assert "Several partners have this name: St. Brendan Center." in html
    assert answers() == []


def test_the_same_answer_twice_is_kept_once_and_another_one_counts(
    cast: Cast, three: list[Partnership], client: Client
) -> None:
    said = f"said_{three[0].pk}"
    for _time in (1, 2):
        post(client, cast, **{said: "still_here"})
    post(client, cast, **{said: "gone", f"why_{three[0].pk}": "They closed."})
    assert answers() == [("Big Oak Mentors", "still_here"), ("Big Oak Mentors", "gone")]


def test_today_asks_in_september_until_everybody_has_an_answer(cast: Cast, three: list[Partnership]) -> None:
    september, october = on("2027-09-01"), on("2027-10-01")
    assert list(rosters_due(cast.principal, september)) == [cast.quillback]
    assert list(rosters_due(cast.principal, october)) == []
    assert list(rosters_due(cast.coordinator, september)) == []
    assert list(rosters_due(cast.bellwether_principal, september)) == []
    card = roster_card(cast.principal, [cast.quillback])
    assert (card.what, card.about) == ("Say who is still here", "Quillback Middle School")
    assert card.act_url == f"/d/larkmoor/building/roster/{cast.quillback.uid}/"
    until_then = datetime.datetime(2027, 9, 2, 18, tzinfo=datetime.UTC) - clock.now()
    with clock.shifted(until_then):
        services.answer_roster(school=cast.quillback, by=cast.principal, here=three)
    assert list(rosters_due(cast.principal, september)) == []


def test_the_list_leads_there(cast: Cast, three: list[Partnership], client: Client) -> None:
    assert "/d/larkmoor/building/roster/" in client.get("/d/larkmoor/building/").content.decode()
    page = client.get("/d/larkmoor/building/roster/", follow=True)
    assert page.redirect_chain == [(f"/d/larkmoor/building/roster/{cast.quillback.uid}/", 302)]
    said = text(page.content.decode())
    assert "Big Oak Mentors Still here Gone" in said


def test_the_form_takes_as_many_queries_for_one_row_as_for_three(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    address = f"/d/larkmoor/building/roster/{cast.quillback.uid}/"
    for n in (1, 2, 3):
        a_partnership(a_partner(cast.staff, f"No. {n}"), cast.quillback, cast.staff, stage="active")
        if n != 2:
            client.get(address)
            with django_assert_num_queries(12):
                client.get(address)
