"""Likely pairs, certain ones merged at once, two side by side, and the list of what was merged."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership
from accounts.urls_in import url_in
from partners import pairs, services
from partners.merge_forms import MergeForm
from partners.models import Merge, NotSame, Partner
from partners.pairs import CROWD, certain_pairs, likely_pairs
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_contact, a_partner

HOME = "/d/larkmoor/partners/"


@pytest.fixture
def by(cast: Cast) -> Membership:
    return cast.coordinator


def shown(by: Membership) -> list[tuple[str, str, str]]:
    return [(pair.one.name, pair.other.name, pair.because) for pair in likely_pairs(by).pairs]


def a_certain_pair(by: Membership, n: int = 1) -> list[Partner]:
    same = {"ein": f"55-014200{n}", "website": f"https://tamarack{n}.example"}
    return [a_partner(by, name, **same) for name in (f"Tamarack {n}", f"Tamarak Center {n}")]


@pytest.mark.parametrize(
    ("values", "because"),
    [
        ({"name": "Saint Mary's Center"}, "the same name"),
        ({"name": "The Saint Marys Centr, Inc."}, "almost the same name"),
        ({"ein": "55-0142001"}, "the same tax number"),
        ({"website": "https://www.stmarys.example/x"}, "the same website or e-mail domain"),
    ],
)
def test_a_pair_shares_what_the_record_says(by: Membership, values: dict[str, str], because: str) -> None:
    a_partner(by, "St. Mary's Centre", ein="55-0142001", website="https://stmarys.example")
    other = {"name": "Youth of Mary", **values}
    a_partner(by, **other)
    assert shown(by) == [("St. Mary's Centre", other["name"], because)]


def test_a_pair_shares_an_address_a_telephone_or_a_mail_domain(by: Membership) -> None:
    one, other = a_partner(by, "Umber Clinic"), a_partner(by, "Valley Health")
    for partner, street in ((one, "5 Mill Street"), (other, "5 MILL street")):
        services.add_site(partner=partner, by=by, street=street, city="Ferrywatch")
        a_contact(partner, by, email="a@umber.example", phone="512 555 0142")
    assert shown(by) == [
        (
            "Umber Clinic",
            "Valley Health",
            "the same website or e-mail domain, the same address, the same telephone number",
        )
    ]


def test_pairs_that_were_decided_take_no_place_from_others(
    by: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, "GROUPS", 1)
    for name in ("Ash", "Birch", "Cedar"):
        one, other = (a_partner(by, name) for _twice in range(2))
        assert [pair[0] for pair in shown(by)][-1] == name
        services.these_are_two(one=one, other=other, by=by)
    for n in (1, 2):
        one, other = a_certain_pair(by, n)
        assert [pair.one for pair in certain_pairs(by)][-1] == one
        services.these_are_two(one=one, other=other, by=by)


def test_every_merge_is_listed_page_by_page(
    by: Membership, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, "SHOWN", 2)
    done = []
    for n in range(1, 6):
        stays, goes = a_certain_pair(by, n)
        done.append(services.merge_partners(winner=stays, loser=goes, by=by))
    client, listed, query = sign_in(by), [], ""
    while query is not None:
        html = client.get(f"{HOME}merges/{query}").content.decode()
        listed += re.findall(r"/merges/([0-9a-f-]+)/undo/", html)
        onward = re.search(r'href="(\?before=[^"]+)"', html)
        query = onward[1] if onward else None
    assert listed == [str(merge.uid) for merge in reversed(done)]
    assert client.get(f"{HOME}merges/?before=nonsense").status_code == 200


def test_the_likeliest_come_first(by: Membership) -> None:
    for name, ein in (("Ash", ""), ("Ash", ""), ("Birch", "55-0142001"), ("Cedar", "55-0142001")):
        a_partner(by, name, ein=ein)
    assert [pair[0] for pair in shown(by)] == ["Birch", "Ash"]


def test_a_misspelt_word_and_a_missing_small_one_make_a_likely_pair_no_certain_one(by: Membership) -> None:
    a_partner(by, "Community Health of Larkmoor")
    a_partner(by, "Comunity Health Larkmoor")
    a_partner(by, "Community Health of Ferrywatch")
    page = likely_pairs(by)
    assert [(pair.one.name, pair.other.name, pair.because) for pair in page.pairs] == [
        ("Community Health of Larkmoor", "Comunity Health Larkmoor", "almost the same name")
    ]
    assert page.certain == []


def test_a_crowd_under_one_domain_says_nothing_of_any_two(by: Membership) -> None:
    for n in range(CROWD + 1):
        a_partner(by, f"Office {n} of the county", website="https://county.example")
    assert shown(by) == []


def test_two_that_are_two_are_not_asked_about_again(cast: Cast, by: Membership, sign_in: SignIn) -> None:
    one, other = a_partner(by, "Ash"), a_partner(by, "Ash")
    answer = sign_in(by).post(f"{HOME}{other.uid}/two/{one.uid}/", follow=True)
    assert "Ash and Ash are two." in answer.content.decode()
    assert (shown(by), NotSame.objects.count()) == ([], 1)


def test_another_districts_partners_are_no_pair(cast: Cast, by: Membership) -> None:
    a_partner(by, "Ash", ein="55-0142001")
    assert likely_pairs(cast.brightmere_staff).total == 0


def test_certain_pairs_are_merged_by_one_button_that_says_how_many(
    cast: Cast, by: Membership, sign_in: SignIn
) -> None:
    pairs = [a_certain_pair(by, n) for n in (1, 2)]
    Partner.objects.filter(pk=pairs[0][1].pk).update(description="Counseling after school.", tags=["b"])
    client = sign_in(by)
    assert "Merge 2 certain pairs" in client.get(f"{HOME}duplicates/").content.decode()
    answer = client.post(f"{HOME}duplicates/certain/", {"count": "2"}, follow=True)
    assert "2 pairs are merged." in answer.content.decode()
    assert Merge.objects.filter(undone_at=None).count() == 2
    stays = Partner.objects.get(pk=pairs[0][0].pk)
    assert (stays.description, stays.tags) == ("Counseling after school.", ["b"])
    assert (stays.name, stays.aliases) == ("Tamarack 1", ["Tamarak Center 1"])
    assert certain_pairs(by) == []


def test_certain_pairs_that_changed_since_the_page_was_opened_are_not_merged(
    cast: Cast, by: Membership, sign_in: SignIn
) -> None:
    a_certain_pair(by)
    answer = sign_in(by).post(f"{HOME}duplicates/certain/", {"count": "2"}, follow=True)
    assert "The pairs have changed since you opened the page." in answer.content.decode()
    assert Merge.objects.count() == 0


def test_three_of_one_go_into_the_one_that_others_are_merged_into(by: Membership) -> None:
    first, second = a_certain_pair(by)
    third = a_partner(by, "Tamarack Three", ein=first.ein, website=first.website)
    services.merge_partners(winner=second, loser=third, by=by)
    assert [(pair.one, pair.other) for pair in certain_pairs(by)] == [(second, first)]


def test_two_that_both_have_others_merged_into_them_are_merged(
    cast: Cast, by: Membership, sign_in: SignIn
) -> None:
    first, second = a_certain_pair(by)
    for winner in (first, second):
        services.merge_partners(winner=winner, loser=a_partner(by, f"{winner.name} Annex"), by=by)
        a_contact(winner, by)
    assert [(pair.one, pair.other) for pair in certain_pairs(by)] == [(first, second)]
    url = url_in(cast.larkmoor, "partners:merge", uid=first.uid, other=second.uid)
    client = sign_in(by)
    typed = {"winner_version": 2, "loser_version": 2, "name": "winner"}
    assert "is merged into Tamarack 1." in client.post(url, typed, follow=True).content.decode()
    assert Partner.objects.filter(merged_into=first).count() == 3


def test_one_that_is_merged_into_another_is_said_to_be(cast: Cast, by: Membership, sign_in: SignIn) -> None:
    ash, elm, oak = (a_partner(by, name) for name in ("Ash", "Elm", "Oak"))
    services.merge_partners(winner=oak, loser=elm, by=by)
    url = url_in(cast.larkmoor, "partners:merge", uid=ash.uid, other=elm.uid)
    typed = {"winner_version": 1, "loser_version": 2, "name": "winner", "aliases": "winner"}
    told = sign_in(by).post(url, typed).content.decode()
    assert "One of the two is merged into another partner already." in told


def test_two_are_compared_field_by_field(cast: Cast, by: Membership, sign_in: SignIn) -> None:
    stays = a_partner(by, "Tamarack Youth Counseling", tags=["a"], website="https://one.example")
    goes = a_partner(by, "Tamarack Counseling", tags=["b"], ein="55-0142001", website="https://two.example")
    url = url_in(cast.larkmoor, "partners:merge", uid=stays.uid, other=goes.uid)
    client = sign_in(by)
    page = client.get(url)
    form = page.context["form"]
    assert [name for name in form.fields if "version" not in name] == ["name", "tags", "website", "ein"]
    assert {name: form[name].initial for name in ("tags", "website", "ein")} == {
        "tags": "both",
        "website": "winner",
        "ein": "loser",
    }
    assert "Tamarack <b>Youth</b> Counseling" in page.content.decode()
    typed = {"winner_version": 1, "loser_version": 1, "name": "loser", "tags": "both", "ein": "loser"}
    saved = client.post(url, {**typed, "website": "winner"}, follow=True)
    assert "Tamarack Counseling is merged into Tamarack Youth Counseling." in saved.content.decode()
    stays.refresh_from_db()
    assert (stays.name, stays.aliases) == ("Tamarack Counseling", ["Tamarack Youth Counseling"])
    assert (stays.tags, stays.ein, stays.website) == (["a", "b"], "55-0142001", "https://one.example")


def test_what_changed_meanwhile_is_shown_before_it_is_merged(
    cast: Cast, by: Membership, sign_in: SignIn
) -> None:
    stays, goes = a_partner(by, "Ash"), a_partner(by, "Ashe")
    url = url_in(cast.larkmoor, "partners:merge", uid=stays.uid, other=goes.uid)
    typed = {"winner_version": 1, "loser_version": 1, "name": "winner"}
    services.edit_partner(partner=goes, version=1, by=by, name="Ash Trust")
    client = sign_in(by)
    told = client.post(url, typed)
    assert "Somebody changed one of the two" in told.content.decode()
    assert Merge.objects.count() == 0
    client.post(url, {**typed, "loser_version": told.context["form"]["loser_version"].value()})
    assert Merge.objects.get().loser.name == "Ash Trust"


def test_an_undo_is_offered_until_its_day(cast: Cast, by: Membership, sign_in: SignIn) -> None:
    stays, goes = a_partner(by, "Ash"), a_partner(by, "Ashe")
    merge = services.merge_partners(winner=stays, loser=goes, by=by, fields={"website": "https://a.example"})
    stays.refresh_from_db()
    services.edit_partner(partner=stays, version=2, by=by, website="https://b.example")
    client = sign_in(by)
    assert "until " in client.get(f"{HOME}merges/").content.decode()
    html = client.post(f"{HOME}merges/{merge.uid}/undo/", follow=True).content.decode()
    assert "Ash and Ashe are two again." in html
    assert "Kept on Ash, since somebody changed it after the merge: Website." in html
    assert f"Undone by {by.user.name}" in html
    again = client.post(f"{HOME}merges/{merge.uid}/undo/", follow=True).content.decode()
    assert "This merge was undone already." in again


def test_what_is_alike_is_told_while_one_types(cast: Cast, by: Membership, sign_in: SignIn) -> None:
    a_partner(by, "St. Mary's Center")
    client = sign_in(by)
    told = client.get(f"{HOME}add/alike/", {"name": "saint marys centre", "ein": "5"}).content.decode()
    assert "Is it there already?" in told
    assert "St. Mary" in told
    assert client.get(f"{HOME}add/alike/", {"name": "Mary"}).content.decode().strip() == ""
    assert f'hx-get="{HOME}add/alike/"' in client.get(f"{HOME}add/").content.decode()


@pytest.mark.parametrize("page", ["duplicates", "merges"])
def test_a_page_costs_the_same_however_long_it_is(
    cast: Cast, by: Membership, sign_in: SignIn, page: str
) -> None:
    client = sign_in(by)
    counts = []
    for names in (("Ash", "Elm"), ("Birch", "Cedar", "Fir", "Oak")):
        for n, name in enumerate(names):
            for _twice in range(2):
                a_partner(by, name)
            pair = a_certain_pair(by, len(names) + n)
            if page == "merges":
                services.merge_partners(winner=pair[0], loser=pair[1], by=by)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{HOME}{page}/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_form_loses_nothing_that_the_winner_lacks(by: Membership) -> None:
    stays, goes = a_partner(by, "Ash"), a_partner(by, "Ash", description="Trees.", kind="nonprofit")
    form = MergeForm(winner=stays, loser=goes)
    assert {name: form[name].initial for name in ("kind", "description")} == {
        "kind": "loser",
        "description": "loser",
    }
