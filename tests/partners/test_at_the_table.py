"""Who is at the table: sectors by who works with us, who must be there, whom one could ask."""

import datetime
import re
from typing import Any

from partners.at_the_table import AtTheTable, at_the_table
from partners.enums import Sector
from partners.models import Nonprofit
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_partner, a_partnership


def with_sector(cast: Cast, name: str, sector: str, stage: str = "", school: Any = None) -> None:
    partner = a_partner(cast.coordinator, name, sectors=[sector])
    if stage:
        a_partnership(partner, school, cast.staff, stage=stage)


def table(cast: Cast) -> AtTheTable:
    return at_the_table(cast.staff, [cast.quillback], whole_district=False)


def names(page: AtTheTable, sector: Sector) -> tuple[list[str], list[str], list[str]]:
    row = next(row for row in page.rows if row.sector == sector)
    return tuple([partner.name for partner in rows] for rows in (row.active, row.talking, row.proposed))  # type: ignore[return-value]


def test_active_partners_and_talks_are_told_apart(cast: Cast) -> None:
    with_sector(cast, "Alder", "business", "active", cast.quillback)
    with_sector(cast, "Birch", "business", "renewal_due", None)
    with_sector(cast, "Cedar", "business", "contacted", cast.quillback)
    with_sector(cast, "Dogwood", "business", "active", cast.bellwether)
    with_sector(cast, "Elm", "business", "exploring", cast.bellwether)
    assert names(table(cast), Sector.BUSINESS) == (["Alder", "Birch"], ["Cedar"], [])
    district = at_the_table(cast.staff, [cast.quillback, cast.bellwether], whole_district=True)
    assert names(district, Sector.BUSINESS) == (["Alder", "Birch", "Dogwood"], ["Cedar", "Elm"], [])


def test_the_required_sectors_that_are_missing_are_named(cast: Cast) -> None:
    with_sector(cast, "Police", "law_enforcement", "active", cast.quillback)
    page = table(cast)
    assert [row.sector for row in page.missing] == [Sector.MENTAL_HEALTH, Sector.JUVENILE_JUSTICE]
    assert page.present == 1
    assert Sector.SCHOOLS not in [row.sector for row in page.rows]


def test_partners_of_the_directory_are_proposed_those_in_talks_first(cast: Cast) -> None:
    for name in ("Alder", "Birch", "Cedar", "Dogwood"):
        with_sector(cast, name, "mental_health")
    with_sector(cast, "Elm", "mental_health", "exploring", cast.quillback)
    with_sector(cast, "Fir", "business")
    assert names(table(cast), Sector.MENTAL_HEALTH)[2] == ["Elm", "Alder", "Birch"]
    assert names(table(cast), Sector.BUSINESS)[2] == []


def a_nonprofit(ein: str, name: str, ntee: str = "F32") -> Nonprofit:
    """Of mental health, in Quillback's ZIP code."""
    return Nonprofit.objects.create(
        ein=ein,
        name=name,
        sort_name=name.lower(),
        state="TX",
        postal_code="00000",
        ntee=ntee,
        as_of=datetime.date(2026, 1, 1),
    )


def test_nonprofits_nearby_are_proposed_where_the_directory_has_too_few(cast: Cast) -> None:
    with_sector(cast, "Alder", "mental_health")
    a_partner(cast.coordinator, "Birch", ein="55-0142002")
    for ein, name in (("550142001", "Quiet Mind"), ("550142002", "Birch"), ("550142003", "Rising")):
        a_nonprofit(ein, name)
    a_nonprofit("550142004", "Food Shelf", "K31")
    row = next(row for row in table(cast).missing if row.sector == Sector.MENTAL_HEALTH)
    assert [partner.name for partner in row.proposed] == ["Alder"]
    assert [one.nonprofit.name for one in row.nearby] == ["Quiet Mind", "Rising"]


def test_who_may_pick_them_is_led_there(cast: Cast, sign_in: SignIn) -> None:
    a_nonprofit("550142001", "Quiet Mind")
    link = "/d/larkmoor/partners/possible/?sector=mental_health"
    for member, is_led in ((cast.coordinator, True), (cast.principal, False)):
        page = sign_in(member).get("/d/larkmoor/coverage/table/").content.decode()
        assert ("Nonprofits nearby: Quiet Mind" in page, link in page) == (True, is_led)


def test_a_partner_with_several_sectors_stands_at_each_and_one_without_is_counted(cast: Cast) -> None:
    partner = a_partner(cast.coordinator, "Alder", sectors=["business", "youth"])
    a_partnership(partner, cast.quillback, cast.staff, stage="active")
    other = a_partner(cast.coordinator, "Birch")
    a_partnership(other, cast.quillback, cast.staff, stage="active")
    page = table(cast)
    assert (page.present, page.without_sector, page.widest) == (2, 1, 1)


def test_the_page_shows_bars_with_their_figures(cast: Cast, sign_in: SignIn) -> None:
    with_sector(cast, "Alder", "business", "active", cast.quillback)
    answer = sign_in(cast.principal).get("/d/larkmoor/coverage/table/")
    text = " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
    assert "1 of 19 sectors of the community have an active partner." in text
    assert "Business 1 0 Alder" in text
    assert "Mental health is missing. Nobody of this sector is in the directory yet." in text
