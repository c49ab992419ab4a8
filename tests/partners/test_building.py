"""In our building: the principal's yes, what a partner does without, and the front desk's one search."""

import datetime
from typing import Any

import pytest
from django.test import Client

from accounts import clock
from accounts.roles import Role
from accounts.versions import ChangedMeanwhile
from partners import building_queries, services
from partners.models import Approval, Partnership, RequirementProfile, Waiver
from tests.conftest import Cast, SignIn, make_member
from tests.partners.factories import a_partner, a_partnership
from tests.partners.test_partner_page import open_page, text

DAY = datetime.timedelta(1)


@pytest.fixture
def partnership(cast: Cast) -> Partnership:
    return a_partnership(a_partner(cast.coordinator), cast.quillback, cast.coordinator, stage="active")


def choose(partnership: Partnership, cast: Cast, code: str = "one_visit") -> None:
    services.choose_profile(
        partnership=partnership,
        version=partnership.version,
        by=cast.coordinator,
        profile=RequirementProfile.objects.get(code=code),
    )


def words(client: Client, query: str = "") -> str:
    """What the front desk reads."""
    answer = client.get(f"/d/larkmoor/building/{query}")
    assert answer.status_code == 200
    return text(answer.content.decode())


def page(client: Client, partnership: Partnership) -> str:
    return text(client.get(f"/d/larkmoor/building/{partnership.uid}/").content.decode())


def post(client: Client, partnership: Partnership, name: str, **data: Any) -> Any:
    return client.post(f"/d/larkmoor/building/{partnership.uid}/{name}/", data)


def test_the_principal_says_yes_with_one_press(cast: Cast, partnership: Partnership, sign_in: SignIn) -> None:
    choose(partnership, cast)
    client = sign_in(cast.principal)
    assert "Not asked The principal has not said yes" in page(client, partnership)
    assert post(client, partnership, "yes").status_code == 302
    post(client, partnership, "yes")
    partnership.refresh_from_db()
    today = clock.today(cast.quillback)
    assert (partnership.approved_by, partnership.approved_on) == (cast.principal, today)
    assert Approval.objects.count() == 1
    said = page(client, partnership)
    assert "Cleared, with no end date" in said
    assert "Dr. Rosalind Oyelaran said yes." in said


def test_a_yes_may_end_by_itself(cast: Cast, partnership: Partnership, sign_in: SignIn) -> None:
    choose(partnership, cast)
    today = clock.today(cast.quillback)
    client = sign_in(cast.principal)
    post(client, partnership, "yes", until=today - DAY)
    assert Approval.objects.count() == 0
    post(client, partnership, "yes", until=today)
    partnership.refresh_from_db()
    assert partnership.approved_until == today


def test_the_yes_is_taken_back_with_a_reason_for_the_school_alone(
    cast: Cast, partnership: Partnership, sign_in: SignIn
) -> None:
    choose(partnership, cast)
    with clock.shifted(-DAY):
        services.say_yes(partnership=partnership, by=cast.principal)
    client = sign_in(cast.principal)
    assert post(client, partnership, "take-back", because="").status_code == 200
    post(client, partnership, "take-back", because="They left a door open.")
    partnership.refresh_from_db()
    assert (partnership.approved_by, partnership.approved_on) == (None, None)
    said = page(client, partnership)
    assert "Not cleared The principal took the yes back on" in said
    assert "They left a door open." in said
    assert "They left a door open." in page(sign_in(cast.viewer), partnership)
    assert "They left a door open." not in page(sign_in(cast.bellwether_principal), partnership)


def test_nothing_is_taken_back_where_nothing_was_said(cast: Cast, partnership: Partnership) -> None:
    services.take_back_yes(partnership=partnership, by=cast.principal, because="A mistake")
    assert Approval.objects.count() == 0
    with pytest.raises(services.ReasonMissing):
        services.take_back_yes(partnership=partnership, by=cast.principal, because=" ")


def test_how_they_work_here_is_chosen_by_version(
    cast: Cast, partnership: Partnership, sign_in: SignIn
) -> None:
    client = sign_in(cast.coordinator)
    profile = RequirementProfile.objects.get(code="off_site")
    post(client, partnership, "needs", profile=profile.pk, version=partnership.version)
    partnership.refresh_from_db()
    assert partnership.profile == profile
    said = page(client, partnership)
    assert "How they work here: Off site" in said
    assert "Insurance Insurance is missing" in said
    with pytest.raises(ChangedMeanwhile):
        services.choose_profile(partnership=partnership, version=1, by=cast.coordinator, profile=None)
    again = post(client, partnership, "needs", profile=profile.pk, version=1)
    assert "Somebody changed this record since you opened it" in again.content.decode()


def test_a_waiver_has_a_name_a_reason_and_an_end(
    cast: Cast, partnership: Partnership, sign_in: SignIn
) -> None:
    choose(partnership, cast, "off_site")
    today = clock.today(cast.quillback)
    client = sign_in(cast.principal)
    typed = {"waives": "insurance", "because": "The city insures them.", "until": today - DAY}
    assert "This day is over." in post(client, partnership, "waive", **typed).content.decode()
    post(client, partnership, "waive", **{**typed, "until": today})
    said = page(client, partnership)
    assert "Insurance Not needed until" in said
    assert "The city insures them." in said
    assert "Dr. Rosalind Oyelaran" in said
    waiver = Waiver.objects.get()
    assert waiver.by == cast.principal
    for _tap in (1, 2):
        client.post(f"/d/larkmoor/building/waivers/{waiver.uid}/end/")
    waiver.refresh_from_db()
    assert (waiver.ended_by, waiver.span) == (cast.principal, None)
    assert "Insurance Insurance is missing" in page(client, partnership)


def test_a_partner_of_the_district_has_no_building(cast: Cast, sign_in: SignIn) -> None:
    whole = a_partnership(a_partner(cast.staff), None, cast.staff)
    client = sign_in(cast.staff)
    assert client.get(f"/d/larkmoor/building/{whole.uid}/").status_code == 404


@pytest.fixture
def three(cast: Cast) -> None:
    """At Quillback one is cleared, one is not, and one is active but nobody asked; a fourth is elsewhere."""
    for name, code in (("Tamarack Youth Counseling", "one_visit"), ("Saltbox Choir", "off_site")):
        row = a_partnership(a_partner(cast.staff, name), cast.quillback, cast.coordinator, stage="active")
        choose(row, cast, code)
        services.say_yes(partnership=row, by=cast.principal)
    a_partnership(a_partner(cast.staff, "Big Oak Mentors"), cast.quillback, cast.staff, stage="active")
    a_partnership(a_partner(cast.staff, "New Leaf"), cast.quillback, cast.staff)
    a_partnership(a_partner(cast.staff, "Harbor Bikes"), cast.bellwether, cast.staff, stage="active")


def test_the_front_desk_begins_there_and_reads_who_may_be_in(
    cast: Cast, three: None, sign_in: SignIn
) -> None:
    client = sign_in(cast.viewer)
    assert client.get("/")["Location"] == "/d/larkmoor/building/"
    said = words(client)
    assert "1 cleared, 1 not cleared, 1 not asked. As of " in said
    assert (
        "Big Oak Mentors Not asked How they work here is not chosen yet "
        "Saltbox Choir Not cleared Agreement is missing; insurance is missing "
        "Tamarack Youth Counseling Cleared, with no end date"
    ) in said
    assert "New Leaf" not in said
    assert "Harbor Bikes" not in said


def test_one_search_answers_without_a_click_for_the_whole_directory(
    cast: Cast, three: None, sign_in: SignIn
) -> None:
    client = sign_in(cast.viewer)
    assert "Tamarack Youth Counseling Cleared, with no end date" in words(client, "?q=tamar")
    assert "Harbor Bikes Not asked" in words(client, "?q=harbor")
    assert "Nothing for “tamarak”. Showing “tamarack”." in words(client, "?q=tamarak")
    assert "Nobody by that name" in words(client, "?q=zebra")


def test_who_is_misspelt_in_the_directory_does_not_hide_who_was_meant(
    cast: Cast, three: None, sign_in: SignIn
) -> None:
    a_partner(cast.staff, "Harbour Bikes")
    said = words(sign_in(cast.viewer), "?q=harbour")
    assert "Little for “harbour”. Also showing “harbor”. " in said
    assert "Harbor Bikes Not asked" in said


@pytest.mark.parametrize("merged_is_at_work", [True, False])
def test_of_two_that_were_merged_the_one_at_work_answers_once(
    cast: Cast, sign_in: SignIn, merged_is_at_work: bool
) -> None:
    ended, active = (a_partner(cast.staff, name) for name in ("Big Oak Mentors", "Big Oak Mentor"))
    one = a_partnership(ended, cast.quillback, cast.coordinator, stage="active")
    two = a_partnership(active, cast.quillback, cast.coordinator, stage="active")
    for row in (one, two):
        choose(row, cast)
        services.say_yes(partnership=row, by=cast.principal)
    one.refresh_from_db()
    services.set_stage(partnership=one, stage="ended", because="They moved.", by=cast.coordinator)
    winner, loser = (ended, active) if merged_is_at_work else (active, ended)
    services.merge_partners(winner=winner, loser=loser, by=cast.staff)
    client = sign_in(cast.viewer)
    for query in ("", "?q=big+oak"):
        said = words(client, query)
        assert (said.count(f"{winner.name} Cleared"), said.count("Not cleared:")) == (1, 0), query
        assert "1 cleared, 0 not cleared" in said


def test_a_yes_taken_back_is_not_given_by_one_that_was_merged(cast: Cast, sign_in: SignIn) -> None:
    stays, goes = (a_partner(cast.staff, name) for name in ("Big Oak Mentors", "Big Oak Mentor"))
    one, two = (a_partnership(who, cast.quillback, cast.coordinator, stage="active") for who in (stays, goes))
    for row in (one, two):
        choose(row, cast)
        services.say_yes(partnership=row, by=cast.principal)
    services.merge_partners(winner=stays, loser=goes, by=cast.staff)
    one.refresh_from_db()
    services.take_back_yes(partnership=one, by=cast.principal, because="They lost their key.")
    client = sign_in(cast.viewer)
    for query in ("", "?q=big+oak"):
        assert "0 cleared, 0 not cleared, 1 not asked" in words(client, query), query
    taken_back = Approval.objects.filter(is_yes=False).order_by("pk").values_list("partnership", flat=True)
    assert list(taken_back) == [one.pk, two.pk]


def test_list_and_search_answer_alike_for_a_merged_pair(cast: Cast, sign_in: SignIn) -> None:
    stays, goes = (a_partner(cast.staff, name) for name in ("Big Oak Mentors", "Big Oak Mentor"))
    ended = a_partnership(goes, cast.quillback, cast.coordinator, stage="active")
    choose(ended, cast)
    ended.refresh_from_db()
    services.set_stage(partnership=ended, stage="ended", because="They moved.", by=cast.coordinator)
    a_partnership(stays, cast.quillback, cast.coordinator, stage="exploring")
    services.merge_partners(winner=stays, loser=goes, by=cast.staff)
    client = sign_in(cast.viewer)
    assert "0 cleared, 0 not cleared, 1 not asked" in words(client, "?q=big+oak")
    assert "0 cleared, 0 not cleared, 0 not asked" in words(client)


def test_one_answer_can_be_left_and_all_are_counted(cast: Cast, three: None, sign_in: SignIn) -> None:
    said = words(sign_in(cast.principal), "?show=not_cleared")
    assert "1 cleared, 1 not cleared, 1 not asked." in said
    assert "Saltbox Choir" in said
    assert "Tamarack" not in said


def test_who_is_not_cleared_are_those_with_either_of_the_other_answers(
    cast: Cast, three: None, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(cast.principal)
    said = words(client, "?show=not_yet")
    assert "Big Oak Mentors Not asked" in said
    assert "Saltbox Choir Not cleared" in said
    assert "Tamarack" not in said
    monkeypatch.setattr(building_queries, "MOST", 1)
    said = words(client, "?show=not_cleared")
    assert "1 cleared, 1 not cleared, 1 not asked." in said
    assert "Saltbox Choir" in said
    assert "are shown" not in said
    assert "The first 500 are shown" in words(client)


def test_staff_choose_the_school_and_own_schools_come_first(cast: Cast, three: None, sign_in: SignIn) -> None:
    client = sign_in(cast.staff)
    assert "Harbor Bikes" in words(client)
    assert "Harbor Bikes" not in words(client, "?school=quillback")
    other = make_member(cast.quillback, "Nora Quist", Role.VIEWER)
    assert "Big Oak Mentors" in words(sign_in(other))


def test_a_district_without_a_school_says_what_will_come(cast: Cast, sign_in: SignIn) -> None:
    cast.brightmere_school.closed_on = clock.today(cast.brightmere)
    cast.brightmere_school.save()
    answer = sign_in(cast.brightmere_staff).get("/d/brightmere/building/")
    assert "No school yet" in answer.content.decode()


def test_the_partners_page_has_the_answer_for_each_school(
    cast: Cast, partnership: Partnership, sign_in: SignIn
) -> None:
    a_partnership(partnership.partner, None, cast.staff)
    said = text(open_page(sign_in(cast.coordinator), partnership.partner))
    assert "Quillback Middle School Not asked How they work here is not chosen yet" in said


@pytest.mark.parametrize("query", ["", "?q=o"])
def test_the_page_takes_as_many_queries_for_one_row_as_for_three(
    cast: Cast, sign_in: SignIn, django_assert_num_queries: Any, query: str
) -> None:
    client = sign_in(cast.viewer)
    for n, name in enumerate(("Oak One", "Oak Two", "Oak Three")):
        row = a_partnership(a_partner(cast.staff, name), cast.quillback, cast.coordinator, stage="active")
        choose(row, cast, "off_site")
        services.say_yes(partnership=row, by=cast.principal)
        if n in (0, 2):
            words(client, query)
            with django_assert_num_queries(15 if query else 14):
                words(client, query)
