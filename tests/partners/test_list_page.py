"""The list is searched, filtered and paged by what stands in its URL."""

import re
from itertools import chain

import pytest
from django.test import Client

from accounts import clock
from accounts.models import Membership
from partners import queries, services
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_contact, a_partner, a_partnership

LIST = "/d/larkmoor/partners/"


@pytest.fixture
def client(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.coordinator)


def page(client: Client, url: str = "") -> str:
    response = client.get(LIST + url)
    assert response.status_code == 200
    return response.content.decode()


def names(html: str) -> list[str]:
    return re.findall(r'scope="row"><a href="[^"]+">([^<]+)</a>', html)


def many(by: Membership, count: int) -> None:
    for n in range(count):
        a_partner(by, f"Partner {n:03}")


def test_an_empty_directory_says_what_will_come(client: Client) -> None:
    assert "No partner yet" in page(client)


def test_the_list_is_in_order_of_spelled_out_names(cast: Cast, client: Client) -> None:
    for name in ("Umber Clinic", "St. Brannoc", "Sable Rink", "éclair Bakery"):
        a_partner(cast.staff, name)
    assert names(page(client)) == ["éclair Bakery", "Sable Rink", "St. Brannoc", "Umber Clinic"]


@pytest.mark.parametrize("typed", ["NINO", "reading room", "ferryw", "story tim", "therese"])
def test_a_partner_is_found_whatever_the_accents_and_the_case(cast: Cast, client: Client, typed: str) -> None:
    a_partner(cast.staff, "Umber Clinic")
    room = a_partner(cast.staff, "Niño's Reading Room")
    services.add_site(partner=room, by=cast.staff, name="Library", city="Ferrywatch")
    services.add_service(partner=room, by=cast.staff, name="Story time")
    a_contact(room, cast.staff, "Thérèse O'Neill")
    assert names(page(client, f"?q={typed}")) == ["Niño&#x27;s Reading Room"]


def test_names_that_begin_with_the_words_come_first(cast: Cast, client: Client) -> None:
    for name in ("Big Oak Mentors", "Acorn House", "Oak Hill Clinic"):
        a_partner(cast.staff, name)
    assert names(page(client, "?q=oak")) == ["Oak Hill Clinic", "Big Oak Mentors"]


def test_a_search_shows_at_most_a_hundred(cast: Cast, client: Client) -> None:
    many(cast.staff, 101)
    html = page(client, "?q=partner")
    assert (len(names(html)), "The best 100 are shown" in html) == (100, True)


@pytest.mark.parametrize("typed", ["%27%3B--", "..!", "%00x", "a%26%7C%3A*", "\\'"])
def test_odd_searches_find_nothing_and_break_nothing(cast: Cast, client: Client, typed: str) -> None:
    a_partner(cast.staff)
    assert "No partner fits all of this" in page(client, f"?q={typed}")


def test_filters_combine(cast: Cast, client: Client) -> None:
    health = a_partner(cast.staff, "Umber Clinic", sectors=["health_care"])
    a_partner(cast.staff, "Sable Clinic", sectors=["health_care", "youth"])
    bank = a_partner(cast.staff, "Brightmere Bank", sectors=["business"])
    a_partnership(health, cast.quillback, cast.coordinator, "active")
    a_partnership(health, cast.bellwether, cast.staff, "contacted")
    a_partnership(bank, cast.quillback, cast.coordinator, "contacted")
    found = {
        url: names(page(client, url))
        for url in (
            "?sector=health_care",
            "?stage=contacted",
            "?school=quillback&stage=contacted",
            "?school=quillback&sector=health_care",
            "?sector=youth&school=quillback",
            "?q=clinic&stage=active",
            "?stage=nonsense&school=nowhere&sort=odd&from=x",
        )
    }
    assert found == {
        "?sector=health_care": ["Sable Clinic", "Umber Clinic"],
        "?stage=contacted": ["Brightmere Bank", "Umber Clinic"],
        "?school=quillback&stage=contacted": ["Brightmere Bank"],
        "?school=quillback&sector=health_care": ["Umber Clinic"],
        "?sector=youth&school=quillback": [],
        "?q=clinic&stage=active": ["Umber Clinic"],
        "?stage=nonsense&school=nowhere&sort=odd&from=x": ["Brightmere Bank", "Sable Clinic", "Umber Clinic"],
    }


def test_each_filter_in_force_is_a_link_that_removes_it(cast: Cast, client: Client) -> None:
    html = page(client, "?school=quillback&stage=active&sector=youth&q=oak")
    chips = re.findall(r'class="pp-filter-on" href="([^"]+)">([^<]+)<', html)
    assert [(label.strip(), url.replace("&amp;", "&")) for url, label in chips] == [
        ("Search: oak", "?sector=youth&stage=active&school=quillback"),
        ("At Quillback Middle School", "?q=oak&sector=youth&stage=active"),
        ("Active", "?q=oak&sector=youth&school=quillback"),
        ("Youth", "?q=oak&stage=active&school=quillback"),
    ]


def walk(client: Client, url: str = "") -> list[list[str]]:
    """The names of each page, by following "Next"."""
    pages = []
    while True:
        html = page(client, url)
        pages.append(names(html))
        following = re.search(r'rel="next" href="([^"]+)"', html)
        if following is None:
            return pages
        url = following[1].replace("&amp;", "&")


def test_the_list_pages_by_key_and_misses_nobody(cast: Cast, client: Client) -> None:
    many(cast.staff, 60)
    pages = walk(client)
    assert [len(found) for found in pages] == [25, 25, 10]
    assert list(chain(*pages)) == [f"Partner {n:03}" for n in range(60)]


def test_the_last_changed_come_first_where_that_is_asked(cast: Cast, client: Client) -> None:
    many(cast.staff, 30)
    pages = walk(client, "?sort=changed")
    assert list(chain(*pages)) == [f"Partner {n:03}" for n in reversed(range(30))]


def test_equal_names_are_paged_without_loss(cast: Cast, client: Client) -> None:
    for _n in range(30):
        a_partner(cast.staff, "The Same Name")
    assert [len(found) for found in walk(client)] == [25, 5]


def test_a_page_says_where_it_is_and_what_follows(cast: Cast, client: Client) -> None:
    many(cast.staff, 28)
    first = page(client)
    assert "1 to 25 of 28" in first
    assert "Next 3, from “Partner 025”" in first
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    assert "26 to 28 of 28" in page(client, following[1])


def test_a_row_shows_own_schools_first_and_how_many_more(cast: Cast, client: Client, sign_in: SignIn) -> None:
    partner = a_partner(cast.staff)
    a_partnership(partner, None, cast.staff, "exploring")
    a_partnership(partner, cast.bellwether, cast.staff, "contacted")
    a_partnership(partner, cast.quillback, cast.coordinator, "active", owner=cast.coordinator)
    html = page(client)
    assert re.findall(r"</svg>([^<]+)</span>", html.split("<tbody")[1]) == ["Active", "Talking"]
    assert "and 1 more school" in html
    own_first = page(sign_in(cast.bellwether_coordinator))
    assert re.findall(r"</svg>([^<]+)</span>", own_first.split("<tbody")[1])[0] == "Written to"


def test_archived_and_merged_partners_are_not_listed(cast: Cast, client: Client) -> None:
    winner, loser, old = (a_partner(cast.staff, name) for name in ("Winner", "Loser", "Old"))
    services.edit_partner(partner=loser, version=1, by=cast.staff, merged_into=winner)
    services.edit_partner(partner=old, version=1, by=cast.staff, archived_at=clock.now())
    assert names(page(client)) == ["Winner"]


def test_a_viewer_reads_and_is_offered_no_change(cast: Cast, sign_in: SignIn) -> None:
    a_partner(cast.staff)
    html = page(sign_in(cast.viewer))
    assert names(html) == ["Tamarack Youth Counseling"]
    assert "Add a partner" not in html


def a_full_row(cast: Cast, name: str) -> None:
    partner = a_partner(cast.staff, name)
    a_partnership(partner, cast.quillback, cast.coordinator, "active", owner=cast.coordinator)
    services.add_site(partner=partner, by=cast.staff, name="Hall", city="Larkmoor")
    today = clock.today(cast.larkmoor)
    services.log_interaction(
        partner=partner, by=cast.coordinator, note="Talked.", on=today, school=cast.quillback
    )


@pytest.mark.parametrize(
    ("url", "count"),
    [
        ("", 11),
        ("?q=full", 10),
        ("?q=fulll", 12),
        ("?school=quillback&stage=active", 11),
        ("?owner=mine&papers=none&verified=no&sort=next", 11),
    ],
)
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    cast: Cast, client: Client, django_assert_num_queries: type, url: str, count: int
) -> None:
    a_full_row(cast, "Full 1")
    page(client, url)
    with django_assert_num_queries(count):
        page(client, url)
    a_full_row(cast, "Full 2")
    a_full_row(cast, "Full 3")
    with django_assert_num_queries(count):
        assert len(names(page(client, url))) == 3


def test_a_large_directory_is_counted_no_further_than_it_helps(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "COUNTED", 3)
    many(cast.staff, 5)
    html = page(client)
    assert "More than 1,000 organizations." in html
    assert "of 5" not in html
