"""A merge points one partner to another and moves nothing; an undo brings back what nobody changed since."""

import datetime
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import QueryDict
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import clock
from accounts.acting import acting
from accounts.models import Membership
from accounts.urls_in import url_in
from decisions.services import SeatTaken, add_seat, create_group
from letters.composing import recipient
from letters.queries import contacts_of as can_be_written_to
from partners import pairs, queries, services
from partners.filters import Filters
from partners.history import history
from partners.interchange.listing import directory_file
from partners.list_options import list_options
from partners.models import Contact, Merge, NotSame, Partner, Partnership
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_contact, a_partner, a_partnership, on

UNTOUCHED = {"merge", "notsame"}
COUNTERS = {"version", "changed_at"}


@pytest.fixture
def by(cast: Cast) -> Membership:
    return cast.coordinator


@pytest.fixture
def stays(cast: Cast, by: Membership) -> Partner:
    return a_partner(by, "Tamarack Youth Counseling", website="https://tamarack.example", tags=["a"])


@pytest.fixture
def goes(cast: Cast, by: Membership) -> Partner:
    """The same organization, entered a second time, with one of each thing below it."""
    made = a_partner(by, "Tamarak Counseling Center", ein="55-0142001")
    contact = a_contact(made, by, email="odile@tamarack.example")
    services.add_site(partner=made, by=by, name="Hall", city="Ferrywatch", street="5 Mill Street")
    services.add_service(partner=made, by=by, name="Calm Hour", tiers=[1])
    a_partnership(made, cast.quillback, by, stage="active", owner=by)
    services.log_interaction(partner=made, by=by, note="Called.", on=on("2026-11-02"), contact=contact)
    return made


def stored() -> dict[str, list[dict[str, Any]]]:
    """What every table of the directory holds, but for what only counts or tells of changes."""
    tables = {}
    for model in apps.get_app_config("partners").get_models():
        name = model._meta.model_name or ""
        if name not in UNTOUCHED and not name.endswith("event"):
            rows = model._base_manager.order_by("pk").values()
            tables[name] = [{key: row[key] for key in row.keys() - COUNTERS} for row in rows]
    return tables


def names(by: Membership, typed: str = "", **asked: str) -> list[str]:
    asked_for = QueryDict(mutable=True)
    asked_for.update({"q": typed, **asked})
    page = queries.partner_list(by, Filters.read(asked_for, list_options(by)))
    return [row.partner.name for row in page.rows]


def test_a_merge_points_to_the_winner_and_keeps_what_it_wrote_there(
    by: Membership, stays: Partner, goes: Partner
) -> None:
    merge = services.merge_partners(
        winner=stays, loser=goes, by=by, fields={"ein": "55-0142001", "tags": ["a"]}, versions=(1, 1)
    )
    goes.refresh_from_db()
    assert (goes.merged_into, Partner.objects.get(pk=stays.pk).ein) == (stays, "55-0142001")
    assert merge.fields == {"ein": ["", "55-0142001"]}
    assert names(by) == ["Tamarack Youth Counseling"]


def test_all_that_belongs_to_the_loser_is_shown_with_the_winner(
    cast: Cast, by: Membership, stays: Partner, goes: Partner
) -> None:
    with acting(by):
        services.merge_partners(winner=stays, loser=goes, by=by)
    page = queries.partner_page(by, stays)
    assert [str(row.school) for row in page.standings] == ["Quillback Middle School"]
    assert [contact.name for contact in page.contacts] == ["Odile Brandt"]
    assert [site.name for site in page.sites] == ["Hall"]
    assert [service.name for service in page.services] == ["Calm Hour"]
    assert [talk.note for talk in page.talks] == ["Called."]
    assert page.startable == []
    assert next(line.text for line in history(by, stays)) == (
        "Imogen Tasker merged “Tamarak Counseling Center” into this partner."
    )
    [row] = queries.partner_list(by, Filters()).rows
    assert (row.city, row.last_contact, len(row.standings)) == ("Ferrywatch", on("2026-11-02"), 1)


@pytest.mark.parametrize("typed", ["tamarak", "ferrywatch", "odile", "calm hour"])
def test_the_winner_is_found_by_what_belongs_to_the_loser(
    by: Membership, stays: Partner, goes: Partner, typed: str
) -> None:
    services.merge_partners(winner=stays, loser=goes, by=by)
    assert names(by, typed) == ["Tamarack Youth Counseling"]


@pytest.mark.parametrize(
    "asked", [{"school": "quillback"}, {"stage": "active"}, {"tier": "1"}, {"owner": "mine"}]
)
def test_the_winner_fits_filters_by_what_belongs_to_the_loser(
    by: Membership, stays: Partner, goes: Partner, asked: dict[str, str]
) -> None:
    services.merge_partners(winner=stays, loser=goes, by=by)
    assert names(by, **asked) == ["Tamarack Youth Counseling"]


def test_what_is_added_below_the_loser_later_is_found_with_the_winner(
    by: Membership, stays: Partner, goes: Partner
) -> None:
    services.merge_partners(winner=stays, loser=goes, by=by)
    contact = goes.contacts.get()
    services.edit_contact(contact=contact, version=1, by=by, name="Ysolde Marrow")
    assert names(by, "ysolde") == ["Tamarack Youth Counseling"]


def test_letters_know_both_as_one(cast: Cast, by: Membership, stays: Partner, goes: Partner) -> None:
    services.merge_partners(winner=stays, loser=goes, by=by)
    mine = a_partnership(stays, cast.bellwether, by)
    theirs = Partnership.objects.get(partner=goes)
    for partnership in (mine, theirs):
        assert [contact.name for contact in can_be_written_to(partnership)] == ["Odile Brandt"]
    assert recipient(Contact.objects.get()) == [
        "Odile Brandt",
        "Tamarack Youth Counseling",
        "5 Mill Street",
        "Ferrywatch",
    ]


def test_a_school_stands_with_both_once(cast: Cast, by: Membership, stays: Partner, goes: Partner) -> None:
    services.merge_partners(winner=stays, loser=goes, by=by)
    with pytest.raises(services.PartnershipExists):
        a_partnership(stays, cast.quillback, by)


def test_both_have_one_voice_in_a_group(cast: Cast, by: Membership, stays: Partner, goes: Partner) -> None:
    group = create_group(name="Leadership team", school=None, by=cast.staff)
    add_seat(group=group, sector="youth", partner=goes, by=cast.staff)
    services.merge_partners(winner=stays, loser=goes, by=by)
    with pytest.raises(SeatTaken):
        add_seat(group=group, sector="youth", partner=stays, by=cast.staff)


@pytest.mark.parametrize(
    "page",
    ["partners:page", "partners:contacts", "partners:edit", "letters:of_partner", "outreach:of_partner"],
)
def test_the_losers_pages_lead_to_the_winners(
    cast: Cast, by: Membership, stays: Partner, goes: Partner, sign_in: SignIn, page: str
) -> None:
    services.merge_partners(winner=stays, loser=goes, by=by)
    answer = sign_in(by).get(url_in(cast.larkmoor, page, uid=goes.uid) + "?x=1")
    assert (answer.status_code, answer["Location"]) == (
        302,
        url_in(cast.larkmoor, page, uid=stays.uid) + "?x=1",
    )


def test_an_edit_of_the_loser_that_comes_too_late_is_said(
    cast: Cast, by: Membership, stays: Partner, goes: Partner, sign_in: SignIn
) -> None:
    services.merge_partners(winner=stays, loser=goes, by=by)
    typed = {"name": "Tamarak", "kind": "unknown", "version": "2"}
    answer = sign_in(by).post(url_in(cast.larkmoor, "partners:edit", uid=goes.uid), typed)
    html = answer.content.decode()
    assert ("was merged into Tamarack Youth Counseling" in html, 'value="Tamarak"' in html) == (True, True)
    assert Partner.objects.get(pk=goes.pk).name == "Tamarak Counseling Center"


def test_the_winner_is_sorted_by_what_comes_next_with_the_loser(
    by: Membership, stays: Partner, goes: Partner
) -> None:
    services.add_paper(partner=goes, by=by, kind="insurance", valid_until=on("2031-06-30"))
    merge = services.merge_partners(winner=stays, loser=goes, by=by)
    assert Partner.objects.get(pk=stays.pk).ends_on == on("2031-06-30")
    services.undo_merge(merge=merge, by=by)
    ends = dict(Partner.objects.values_list("pk", "ends_on"))
    assert ends == {stays.pk: None, goes.pk: on("2031-06-30")}


def test_cycles_and_a_second_merge_are_refused(by: Membership, stays: Partner, goes: Partner) -> None:
    third = a_partner(by, "Umber Valley Clinic")
    services.merge_partners(winner=stays, loser=goes, by=by)
    for winner, loser in ((goes, stays), (third, goes), (goes, third), (stays, goes), (stays, stays)):
        with pytest.raises(services.NotMergeable):
            services.merge_partners(winner=winner, loser=loser, by=by)
    services.merge_partners(winner=stays, loser=third, by=by)
    assert Merge.objects.count() == 2


def test_those_that_were_merged_into_the_loser_come_along_and_go_again_with_it(
    by: Membership, stays: Partner, goes: Partner
) -> None:
    third, fourth = a_partner(by, "Tamarack Counselling"), a_partner(by, "Calm Hour Club")
    services.merge_partners(winner=third, loser=goes, by=by)
    services.merge_partners(winner=stays, loser=fourth, by=by)
    merge = services.merge_partners(winner=stays, loser=third, by=by)
    assert points() == {goes.pk: stays.pk, third.pk: stays.pk, fourth.pk: stays.pk}
    assert names(by, "ferrywatch") == names(by) == ["Tamarack Youth Counseling"]
    assert [contact.name for contact in queries.partner_page(by, stays).contacts] == ["Odile Brandt"]
    assert pairs.counted(stays, third)[stays.pk]["contacts"] == 1
    services.undo_merge(merge=merge, by=by)
    assert points() == {goes.pk: third.pk, fourth.pk: stays.pk}
    assert names(by, "ferrywatch") == ["Tamarack Counselling"]


def test_a_merge_below_another_is_undone_without_that_one(
    by: Membership, stays: Partner, goes: Partner
) -> None:
    third = a_partner(by, "Tamarack Counselling")
    first = services.merge_partners(winner=third, loser=goes, by=by, fields={"ein": goes.ein})
    second = services.merge_partners(winner=stays, loser=third, by=by)
    services.undo_merge(merge=first, by=by)
    assert points() == {third.pk: stays.pk}
    assert (names(by, "ferrywatch"), Partner.objects.get(pk=third.pk).ein) == ([goes.name], "")
    services.undo_merge(merge=second, by=by)
    assert points() == {}


def points() -> dict[int, int]:
    """Where each partner points that was merged."""
    return dict(Partner.objects.exclude(merged_into=None).values_list("pk", "merged_into"))


def test_another_districts_partner_is_out_of_reach(cast: Cast, by: Membership, stays: Partner) -> None:
    with scope(district=cast.brightmere):
        theirs = a_partner(cast.brightmere_staff)
    with pytest.raises(services.NotMergeable):
        services.merge_partners(winner=stays, loser=theirs, by=by)


def test_what_somebody_changed_meanwhile_is_not_merged_unseen(
    by: Membership, stays: Partner, goes: Partner
) -> None:
    services.edit_partner(partner=goes, version=1, by=by, description="New words.")
    with pytest.raises(services.ChangedSince):
        services.merge_partners(winner=stays, loser=goes, by=by, versions=(1, 1))


def test_an_undo_says_what_stays_as_somebody_wrote_it(by: Membership, stays: Partner, goes: Partner) -> None:
    written = {"ein": goes.ein, "website": "https://two.example", "owner": by}
    merge = services.merge_partners(winner=stays, loser=goes, by=by, fields=written)
    stays.refresh_from_db()
    services.edit_partner(partner=stays, version=2, by=by, website="https://three.example")
    assert services.undo_merge(merge=merge, by=by) == ["website"]
    stays.refresh_from_db()
    assert (stays.ein, stays.website, stays.owner) == ("", "https://three.example", None)
    merge.refresh_from_db()
    assert (merge.kept, merge.undone_by) == (["website"], by)
    assert sorted(names(by)) == ["Tamarack Youth Counseling", "Tamarak Counseling Center"]
    assert names(by, "ferrywatch") == ["Tamarak Counseling Center"]
    with pytest.raises(services.AlreadyUndone):
        services.undo_merge(merge=merge, by=by)


@pytest.mark.parametrize(("days", "undone"), [(30, True), (31, False)])
def test_a_merge_is_undone_within_thirty_days(
    by: Membership, stays: Partner, goes: Partner, days: int, undone: bool
) -> None:
    merge = services.merge_partners(winner=stays, loser=goes, by=by)
    with clock.shifted(datetime.timedelta(days=days)):
        if undone:
            services.undo_merge(merge=merge, by=by)
        else:
            with pytest.raises(services.TooLate):
                services.undo_merge(merge=merge, by=by)
    assert (Partner.objects.get(pk=goes.pk).merged_into is None) == undone


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "name": TEXT,
        "aliases": st.lists(TEXT, max_size=2),
        "kind": st.sampled_from(["nonprofit", "unknown"]),
        "sectors": st.lists(st.sampled_from(["youth", "media"]), max_size=2, unique=True),
        "tags": st.lists(TEXT, max_size=2),
        "description": TEXT,
        "website": st.sampled_from(["", "https://a.example", "https://b.example"]),
        "ein": st.sampled_from(["", "55-0142001"]),
    },
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(merged=FIELDS, edited=FIELDS, contact_name=TEXT)
def test_merge_then_undo_leaves_every_table_as_if_only_the_edits_had_been_made(
    by: Membership,
    stays: Partner,
    goes: Partner,
    merged: dict[str, Any],
    edited: dict[str, Any],
    contact_name: str,
) -> None:
    contact = goes.contacts.get()
    edited = {name: value for name, value in edited.items() if merged.get(name) != value}  # no edit

    def edits() -> None:
        winner = Partner.objects.get(pk=stays.pk)
        new = {name: value for name, value in edited.items() if getattr(winner, name) != value}
        services.edit_partner(partner=winner, version=winner.version, by=by, **new)
        services.edit_contact(contact=contact, version=contact.version, by=by, name=contact_name)

    with Undone():
        edits()
        expected = stored()
    contact.refresh_from_db()
    with Undone():
        merge = services.merge_partners(winner=stays, loser=goes, by=by, fields=merged)
        held = Partner.objects.get(pk=stays.pk)
        told = {name for name in merge.fields if name in edited and getattr(held, name) != edited[name]}
        edits()
        kept = services.undo_merge(merge=merge, by=by)
        assert set(kept) == told
        assert without_words(stored()) == without_words(expected)
    contact.refresh_from_db()


def without_words(tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Words that lead to a search are only added: a merge may have brought some of its own."""
    return {name: rows for name, rows in tables.items() if name != "searchword"}


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_however_families_are_merged_and_taken_apart_each_points_to_the_one_that_stands(
    by: Membership, stays: Partner, goes: Partner, data: st.DataObject
) -> None:
    with Undone():
        everybody = [stays, goes, *(a_partner(by, f"Calm Hour {n}", tags=[f"t{n}"]) for n in range(3))]
        before, done = without_words(stored()), list[Merge]()
        in_turn = data.draw(st.booleans())  # the last merge is undone first
        for _turn in range(data.draw(st.integers(1, 8))):
            standing = [one for one in Partner.objects.current().order_by("pk") if one in everybody]
            if done and (len(standing) == 1 or data.draw(st.booleans())):
                place = len(done) - 1 if in_turn else data.draw(st.integers(0, len(done) - 1))
                services.undo_merge(merge=done.pop(place), by=by)
            else:
                winner, loser = data.draw(st.permutations(standing))[:2]
                said = data.draw(st.sampled_from([{}, services.merging.combined(winner, loser)]))
                done.append(services.merge_partners(winner=winner, loser=loser, by=by, fields=said))
            assert points() == roots({merge.loser_id: merge.winner_id for merge in done})
            assert len(names(by)) == len(everybody) - len(done)
        for merge in reversed(done):
            services.undo_merge(merge=merge, by=by)
        assert points() == {}
        assert not in_turn or without_words(stored()) == before


def roots(winners: dict[int, int]) -> dict[int, int]:
    """Where a way over winners ends that begins at each loser."""
    ends = dict(winners)
    while any(end in winners for end in ends.values()):
        ends = {loser: winners.get(end, end) for loser, end in ends.items()}
    return ends


class Undone:
    """Take back what is written inside."""

    def __enter__(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()

    def __exit__(self, *error: Any) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(*error)


def test_two_who_merge_the_same_pair_at_once_merge_it_once(committed_cast: Cast) -> None:
    cast = committed_cast
    pair = [a_partner(cast.staff, "Tamarack"), a_partner(cast.staff, "Tamarak")]
    start = Barrier(2)

    def merge(turn: int) -> str:
        try:
            with scope(district=cast.larkmoor):
                start.wait()
                services.merge_partners(winner=pair[turn], loser=pair[1 - turn], by=cast.staff)
                return "merged"
        except services.NotMergeable:
            return "refused"
        finally:
            connection.close()

    for turns in ((0, 0), (0, 1)):
        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(merge, turns)) == ["merged", "refused"]
        assert Merge.objects.filter(undone_at=None).count() == 1
        services.undo_merge(merge=Merge.objects.get(undone_at=None), by=cast.staff)


def test_that_two_are_two_is_remembered_once(by: Membership, stays: Partner, goes: Partner) -> None:
    services.these_are_two(one=goes, other=stays, by=by)
    services.these_are_two(one=stays, other=goes, by=by)
    [row] = NotSame.objects.all()
    assert (row.one, row.other) == (stays, goes)


def test_a_directory_file_says_both_as_one(cast: Cast, by: Membership, stays: Partner, goes: Partner) -> None:
    services.merge_partners(winner=stays, loser=goes, by=by)
    [said] = json.loads("".join(directory_file(cast.larkmoor)))["contents"]
    assert said["name"] == "Tamarack Youth Counseling"
    assert [said[part][0]["name"] for part in ("contacts", "locations", "services")] == [
        "Odile Brandt",
        "Hall",
        "Calm Hour",
    ]
