"""The page of *Needs care*, its file, and a partner's tab: who sees which rows, and at what cost."""

import datetime
from typing import Any

import pytest
from django.test import Client

from accounts import clock
from accounts.models import User
from decisions.services import ActionItem, add_action_items
from outreach.care import care_page
from partners import services
from partners.enums import Stage
from partners.models import Partner, Partnership
from tests.conftest import Cast, SignIn
from tests.decisions.conftest import decided, make_committee
from tests.outreach.factories import a_letter
from tests.partners.factories import a_partner, a_partnership

pytestmark = pytest.mark.usefixtures("tuesday")

TODAY = datetime.date(2026, 11, 24)
DAY = datetime.timedelta(days=1)
PAGE = "/d/larkmoor/care/"


def insured(cast: Cast, name: str, days: int) -> Partner:
    """A partner of Quillback's that talked with us today, and whose insurance ends in so many days."""
    partner = a_partner(cast.staff, name)
    a_partnership(partner, cast.quillback, cast.staff, stage=Stage.ACTIVE)
    services.log_interaction(
        partner=partner, by=cast.coordinator, note="x", on=TODAY, direction="both", school=cast.quillback
    )
    services.add_paper(partner=partner, by=cast.staff, kind="insurance", valid_until=TODAY + days * DAY)
    return partner


@pytest.fixture
def three(cast: Cast, tuesday: object) -> None:
    for name, days in (("Fine", 99), ("Late", -1), ("Soon", 9)):
        insured(cast, name, days)
    Partner.objects.update(created_at=clock.now() - 60 * DAY)


def names(client: Client, query: str = "") -> list[str]:
    return [row.partner.name for row in client.get(PAGE + query).context["page"].rows]


def test_those_that_need_it_most_come_first_each_with_its_reason_and_one_act(
    cast: Cast, three: None, sign_in: SignIn
) -> None:
    answer = sign_in(cast.staff).get(PAGE)
    page = answer.context["page"]
    assert [(row.partner.name, row.sign, row.words, row.because, row.act_label) for row in page.rows] == [
        ("Late", "risk", "At risk", ["Certificate of insurance ended on November 23."], "Renew a paper"),
        (
            "Soon",
            "warn",
            "Needs attention",
            ["Certificate of insurance ends on December 3."],
            "Renew a paper",
        ),
        ("Fine", "ok", "On track", ["Last heard from on November 24."], ""),
    ]
    html = answer.content.decode()
    assert "At risk: 1. Needs attention: 1. On track: 1." in html
    assert html.count('Renew a paper<span class="visually-hidden">: ') == 2


def test_the_list_is_filtered_by_school_and_by_how_it_stands(
    cast: Cast, three: None, sign_in: SignIn
) -> None:
    client = sign_in(cast.staff)
    a_partnership(Partner.objects.get(name="Fine"), cast.bellwether, cast.staff, stage=Stage.ACTIVE)
    assert names(client, "?school=bellwether") == ["Fine"]
    assert names(client, "?school=quillback&care=1") == ["Soon"]
    assert names(client, "?care=0") == ["Fine", "Fine"]
    assert names(client, "?care=9&school=brightmere-es") == ["Late", "Soon", "Fine", "Fine"]
    empty = client.get(f"{PAGE}?school=bellwether&care=2").content.decode()
    assert "Nobody stands like this" in empty
    assert "At risk: 0. Needs attention: 0. On track: 1.\n1 partnership has no contact noted yet." in empty


def test_a_coordinator_finds_their_own_school_alone(cast: Cast, three: None, sign_in: SignIn) -> None:
    assert names(sign_in(cast.preparer)) == ["Late", "Soon", "Fine"]
    bellwether = sign_in(cast.bellwether_coordinator)
    assert names(bellwether, "?school=quillback") == []
    assert "Nobody to look after yet" in bellwether.get(PAGE).content.decode()


def test_the_file_holds_all_rows_as_filtered(cast: Cast, three: None, sign_in: SignIn) -> None:
    answer = sign_in(cast.coordinator).get(f"{PAGE}list.csv?care=2")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert content.splitlines() == [
        "Partner,School,How it stands,Since,Because,What to do",
        "Late,Quillback Middle School,At risk,2026-11-23,Certificate of insurance ended on November 23.,"
        "Renew a paper",
    ]


def test_the_file_comes_in_the_language_of_whoever_takes_it_out(
    cast: Cast, three: None, sign_in: SignIn
) -> None:
    User.objects.filter(pk=cast.coordinator.user_id).update(language="es")
    answer = sign_in(cast.coordinator).get(f"{PAGE}list.csv?care=2")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert content.splitlines()[0] == "Organización aliada,Escuela,Cómo está,Desde,Motivo,Qué hacer"


def test_a_partners_tab_shows_ones_own_schools(cast: Cast, three: None, sign_in: SignIn) -> None:
    late = Partner.objects.get(name="Late")
    tab = f"{PAGE}{late.uid}/"
    assert (
        "Certificate of insurance ended on November 23." in sign_in(cast.principal).get(tab).content.decode()
    )
    elsewhere = sign_in(cast.bellwether_principal).get(tab).content.decode()
    assert "Nothing to look after at your schools" in elsewhere
    assert "ended on November 23" not in elsewhere


def test_a_viewer_is_not_led_there(cast: Cast, three: None, sign_in: SignIn) -> None:
    late = Partner.objects.get(name="Late")
    for path in (f"/d/larkmoor/partners/{late.uid}/", "/d/larkmoor/partners/"):
        led = [PAGE in sign_in(member).get(path).content.decode() for member in (cast.viewer, cast.preparer)]
        assert led == [False, True]


def test_at_most_a_hundred_rows_are_shown_and_the_page_says_so(
    cast: Cast,
    sign_in: SignIn,
) -> None:
    many(cast, 101)
    html = sign_in(cast.staff).get(PAGE).content.decode()
    assert html.count('<th role="rowheader"') == 100
    assert "The 100 that need it most are shown, of 101." in html


def many(cast: Cast, number: int) -> None:
    """So many partners, active at Quillback."""
    now = clock.now()
    partners = Partner.objects.bulk_create(
        Partner(
            district=cast.larkmoor,
            name=f"Partner {n}",
            sort_name=f"partner {n}",
            created_at=now,
            changed_at=now,
        )
        for n in range(number)
    )
    Partnership.objects.bulk_create(
        Partnership(
            district=cast.larkmoor,
            partner=partner,
            school=cast.quillback,
            stage=Stage.ACTIVE,
            stage_since=TODAY,
        )
        for partner in partners
    )


def something_of_each(cast: Cast) -> None:
    """A letter, a contact, a decision with a late item, and a paper that ended."""
    a_letter(cast.quillback, cast.principal)
    insured(cast, "Late", -1)
    group = make_committee(cast, cast.quillback, cast.coordinator)
    decision = decided(group, "yes", "yes", "yes", "yes", "yes", by=cast.coordinator)
    item = ActionItem(what="Send the form", who="Open Cupboard Pantry", due_on=TODAY - DAY)
    add_action_items(decision=decision, items=[item], by=cast.coordinator)


def test_the_page_and_the_tab_cost_the_same_at_one_and_at_three(
    cast: Cast, sign_in: SignIn, django_assert_num_queries: Any
) -> None:
    client = sign_in(cast.coordinator)
    something_of_each(cast)
    tab = f"{PAGE}{Partner.objects.get(name='Late').uid}/"
    for _ in range(2):
        for path, queries in ((PAGE, 18), (tab, 18)):
            with django_assert_num_queries(queries):
                client.get(path)
        insured(cast, "Later", -2)
        insured(cast, "Latest", -3)


def test_five_thousand_partners_cost_ten_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    something_of_each(cast)
    many(cast, 5000)
    with django_assert_num_queries(10):
        page = care_page(cast.staff)
    assert (page.total, len(page.rows)) == (5002, 100)
