"""Typing errors are forgiven, and the list narrows by need, tier, owner, papers, listing and tag."""

import datetime
import re
from itertools import chain

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from accounts import clock
from partners import services
from partners.lookup import likely
from partners.models import Need, Paper, Partner
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_partner, a_partnership
from tests.partners.test_list_page import many, names, page, walk


@pytest.fixture
def client(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.coordinator)


def a_day(cast: Cast, later: int) -> datetime.date:
    return clock.today(cast.larkmoor) + datetime.timedelta(days=later)


def test_a_typing_error_finds_what_was_meant_and_says_so(cast: Cast, client: Client) -> None:
    a_partner(cast.staff, "Community Health")
    a_partner(cast.staff, "Umber Clinic")
    html = page(client, "?q=Comunity+Helth&sort=changed")
    assert names(html) == ["Community Health"]
    assert "Nothing for “Comunity Helth”. Showing “community health”." in html
    assert 'href="?q=Comunity+Helth&amp;exact=1&amp;sort=changed"' in html


def test_exactly_what_was_typed_is_not_corrected(cast: Cast, client: Client) -> None:
    a_partner(cast.staff, "Community Health")
    html = page(client, "?q=Comunity+Helth&exact=1")
    assert (names(html), "Showing “" in html) == ([], False)


def test_a_search_with_few_hits_shows_near_words_after_them(cast: Cast, client: Client) -> None:
    a_partner(cast.staff, "Heath House")
    a_partner(cast.staff, "Health House")
    html = page(client, "?q=heath")
    assert names(html) == ["Heath House", "Health House"]
    assert "Little for “heath”. Also showing “health”." in html
    assert names(page(client, "?q=heath&exact=1")) == ["Heath House"]


def test_a_search_with_enough_hits_is_left_alone(cast: Cast, client: Client) -> None:
    for n in range(5):
        a_partner(cast.staff, f"Heath House {n}")
    a_partner(cast.staff, "Health House")
    html = page(client, "?q=heath")
    assert (len(names(html)), "showing “" in html.lower()) == (5, False)


@pytest.mark.parametrize("misspelt", ["Comunity Garden", "Comunity Helth Fair", "Helth Fair"])
def test_what_was_meant_is_found_though_a_partner_is_misspelt_itself(
    cast: Cast, client: Client, misspelt: str
) -> None:
    for name in ("Community Health", "Umber Clinic", misspelt):
        a_partner(cast.staff, name)
    html = page(client, "?q=Comunity+Helth")
    own = [misspelt] if misspelt == "Comunity Helth Fair" else []
    assert names(html) == [*own, "Community Health"]
    assert "howing “community health”." in html


def test_what_was_meant_is_found_beside_one_that_is_misspelt_alike(cast: Cast, client: Client) -> None:
    for name in ("Comunity Health", "Community Health", "Community Garden"):
        a_partner(cast.staff, name)
    html = page(client, "?q=Comunity+Helth")
    assert names(html) == ["Comunity Health", "Community Health"]
    assert "Nothing for “Comunity Helth”. Showing “community health”." in html


def test_near_words_are_a_letter_apart_and_not_short(cast: Cast, client: Client) -> None:
    for name in ("Oak Hill", "Oaks Hall", "Countable", "Count"):
        a_partner(cast.staff, name)
    assert [names(page(client, f"?q={typed}")) for typed in ("hill", "count")] == [
        ["Oak Hill"],
        ["Count", "Countable"],
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("commun helth", "commun health"),  # a beginning is a hit
        ("helth 2025 xq", "health 2025 xq"),  # numbers and short words are left alone
        ("zzyzx", "zzyzx"),  # like nothing
        ("Thérèze", "therese"),
        ("hea'lthh", "health"),
        ("%_|:*", ""),
    ],
)
def test_each_word_without_a_hit_becomes_the_most_alike(cast: Cast, typed: str, meant: str) -> None:
    a_partner(cast.staff, "Community Health of Sister Thérèse")
    assert likely(typed, missed=True).meant == meant


def test_words_of_another_district_correct_nothing(cast: Cast, client: Client) -> None:
    with scope(district=cast.brightmere):
        a_partner(cast.brightmere_staff, "Community Health")
    assert likely("comunity helth", missed=True) == ("comunity helth", {})


def test_a_need_is_searched_in_both_languages(cast: Cast, client: Client) -> None:
    need = Need.objects.create(district=cast.larkmoor, code="sleep", label="Sleep", label_es="Sueño")
    room = a_partner(cast.staff, "Reading Room")
    services.add_service(partner=room, by=cast.staff, name="Evenings", needs=[need])
    assert [names(page(client, f"?q={typed}")) for typed in ("sleep", "sueno", "slepe")] == [
        ["Reading Room"]
    ] * 3


def test_needs_and_tiers_are_of_one_service_still_offered(cast: Cast, client: Client) -> None:
    sleep, food = (
        Need.objects.create(district=cast.larkmoor, code=code, label=code) for code in ("sleep", "food")
    )
    one, two, over = (a_partner(cast.staff, name) for name in ("One", "Two", "Over"))
    services.add_service(partner=one, by=cast.staff, name="A", needs=[sleep], tiers=[1, 2])
    services.add_service(partner=two, by=cast.staff, name="B", needs=[sleep], tiers=[3])
    services.add_service(partner=two, by=cast.staff, name="C", needs=[food], tiers=[1])
    services.add_service(
        partner=over, by=cast.staff, name="D", needs=[sleep], tiers=[1], until=a_day(cast, -1)
    )
    found = [names(page(client, url)) for url in ("?need=sleep", "?tier=1", "?need=sleep&tier=1", "?tier=9")]
    assert found == [["One", "Two"], ["One", "Two"], ["One"], ["One", "Over", "Two"]]


def test_who_looks_after_it_is_me_nobody_or_somebody(cast: Cast, client: Client) -> None:
    a_partner(cast.staff, "Of the district", owner=cast.staff)
    a_partner(cast.staff, "Of nobody")
    school = a_partner(cast.staff, "Of the school")
    a_partnership(school, cast.quillback, cast.coordinator, owner=cast.coordinator)
    found = [
        names(page(client, f"?owner={who}"))
        for who in ("mine", "nobody", cast.staff.uid, cast.coordinator.uid, cast.brightmere_staff.uid)
    ]
    assert found == [
        ["Of the school"],
        ["Of nobody"],
        ["Of the district"],
        ["Of the school"],
        ["Of nobody", "Of the district", "Of the school"],
    ]


def a_paper(cast: Cast, name: str, *, until: int | None, state: str = "accepted") -> None:
    now = clock.now()
    decided = {"decided_at": now, "decided_by": cast.staff} if state == "accepted" else {}
    Paper.objects.create(
        district=cast.larkmoor,
        partner=Partner.objects.get(name=name),
        kind="insurance",
        valid_until=None if until is None else a_day(cast, until),
        created_at=now,
        state=state,
        **decided,
    )


def test_papers_end_soon_ended_or_are_missing(cast: Cast, client: Client) -> None:
    for name in ("Always", "In 90", "In 91", "None", "Offered", "Over", "Today"):
        a_partner(cast.staff, name)
    a_paper(cast, "Always", until=None)
    for name, days in (("In 90", 90), ("In 91", 91), ("Over", -1), ("Today", 0)):
        a_paper(cast, name, until=days)
    a_paper(cast, "Offered", until=5, state="offered")
    found = [names(page(client, f"?papers={asked}")) for asked in ("ending", "ended", "none")]
    assert found == [["In 90", "Today"], ["Over"], ["None", "Offered"]]


def test_a_renewed_paper_is_no_longer_asked_about(cast: Cast, client: Client) -> None:
    a_partner(cast.staff, "Renewed")
    a_paper(cast, "Renewed", until=-1)
    a_paper(cast, "Renewed", until=300)
    old, new = Paper.objects.order_by("valid_until")
    Paper.objects.filter(pk=old.pk).update(superseded_by=new)
    assert names(page(client, "?papers=ended")) == []


def test_listings_confirmed_within_a_year_and_tags(cast: Cast, client: Client) -> None:
    a_partner(cast.staff, "Lately", assured_on=a_day(cast, -365), assured_by="Odile", tags=["arts"])
    a_partner(cast.staff, "Long ago", assured_on=a_day(cast, -366), assured_by="Odile")
    a_partner(cast.staff, "Never", tags=["arts", "music"])
    found = [names(page(client, f"?{asked}")) for asked in ("verified=yes", "verified=no", "tag=arts")]
    assert found == [["Lately"], ["Long ago", "Never"], ["Lately", "Never"]]


def test_every_filter_is_a_chip_and_what_one_typed_is_escaped(cast: Cast, client: Client) -> None:
    html = page(client, "?owner=nobody&tier=2&papers=none&verified=no&tag=%3Cb%3E")
    chips = re.findall(r'class="pp-filter-on" href="[^"]+">([^<]+)<', html)
    assert [label.strip() for label in chips] == [
        "For some",
        "Looked after by nobody",
        "No papers",
        "Listing not confirmed within a year",
        "Tag: &lt;b&gt;",
    ]


@pytest.mark.parametrize(("sort", "column"), [("next", "next_on"), ("ends", "ends_on")])
def test_the_soonest_comes_first_and_those_without_a_day_last(
    cast: Cast, client: Client, sort: str, column: str
) -> None:
    many(cast.staff, 60)
    for n in range(30):
        Partner.objects.filter(name=f"Partner {n:03}").update(**{column: a_day(cast, 30 - n // 2)})
    by_day = sorted(range(30), key=lambda n: (30 - n // 2, n))
    pages = walk(client, f"?sort={sort}")
    assert [len(found) for found in pages] == [25, 25, 10]
    assert list(chain(*pages)) == [f"Partner {n:03}" for n in (*by_day, *range(30, 60))]


def test_a_later_page_takes_no_more_than_twelve_queries(cast: Cast, client: Client) -> None:
    many(cast.staff, 28)
    third = Partner.objects.get(name="Partner 003")
    url = f"?from={third.uid}"
    page(client, url)
    with CaptureQueriesContext(connection) as asked:
        assert "4 to 28 of 28" in page(client, url)
    assert len(asked) == 12
