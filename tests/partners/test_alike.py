"""Before a partner is added twice, the page shows the one that is there."""

from typing import Any

import pytest
from django.test import Client

from partners import services
from partners.alike import alike, own_domain
from partners.models import Contact, Partner
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_contact, a_partner


@pytest.fixture
def there(cast: Cast) -> Partner:
    made = a_partner(
        cast.coordinator,
        "St. Mary's Youth Center",
        aliases=["SMYC"],
        ein="55-0142001",
        website="https://www.stmarys.example/about",
    )
    a_contact(made, cast.coordinator, email="odile@mail.stmarys.example", phone="512 555 0142")
    services.add_site(partner=made, by=cast.coordinator, street="1 Mill Street", phone="512 555 0100")
    a_partner(cast.coordinator, "Umber Valley Clinic")
    return made


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ({"names": ["saint marys  youth CENTRE"]}, "the same name"),
        ({"names": ["SMYC"]}, "the same name"),
        ({"names": ["The St. Marys Yuoth Center"]}, "almost the same name"),
        ({"names": ["Center for Youth of Saint Mary's, Inc."]}, "almost the same name"),
        ({"ein": "55-0142001"}, "the same tax number"),
        ({"website": "http://stmarys.example"}, "the same website or e-mail domain"),
        ({"email": "front.desk@mail.stmarys.example"}, "the same website or e-mail domain"),
        ({"phone": "(512) 555-0142"}, "the same telephone number"),
        ({"phone": "512.555.0100"}, "the same telephone number"),
    ],
)
def test_a_partner_is_alike_by_any_of_these(
    cast: Cast, there: Partner, typed: dict[str, Any], because: str
) -> None:
    assert [(one.partner, one.because) for one in alike(cast.coordinator, **typed)] == [(there, because)]


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"names": ["St. Mary's"]},
        {"names": ["St. Mary's Youth Center North"]},
        {"names": ["St. Mary's Youth"]},
        {"names": ["..."]},
        {"website": "https://otherstmarys.example"},
        {"email": "odile@gmail.com"},
        {"phone": "ask at the desk"},
    ],
)
def test_what_only_sounds_alike_is_not(cast: Cast, there: Partner, typed: dict[str, Any]) -> None:
    a_contact(there, cast.coordinator, "Sol Brandt", email="sol@gmail.com", phone="ask at the desk")
    assert alike(cast.coordinator, **typed) == []


def test_a_name_is_compared_with_one_that_is_misspelt_itself(cast: Cast) -> None:
    there = a_partner(cast.coordinator, "Comunity Health Larkmoor")
    [found] = alike(cast.coordinator, names=["Community Health of Larkmoor"])
    assert (found.partner, found.because) == (there, "almost the same name")


def test_another_district_is_never_alike(cast: Cast, there: Partner) -> None:
    assert alike(cast.brightmere_staff, names=[there.name]) == []


def test_a_domain_is_read_from_either_kind_of_address() -> None:
    typed = ("https://WWW.Larkmoor.example/x", "a@larkmoor.example", "facebook.com/us", "x", "", "http://[")
    assert [own_domain(address) for address in typed] == [
        "larkmoor.example",
        "larkmoor.example",
        "",
        "",
        "",
        "",
    ]


def test_adding_it_again_asks_first_and_saves_where_one_insists(
    cast: Cast, there: Partner, sign_in: SignIn
) -> None:
    client = sign_in(cast.preparer)
    typed = {"name": "Saint Mary's Youth Center", "kind": "unknown"}
    asked = client.post("/d/larkmoor/partners/add/", typed)
    html = asked.content.decode()
    assert (asked.status_code, Partner.objects.count()) == (200, 2)
    assert f'<a href="/d/larkmoor/partners/{there.uid}/">St. Mary&#x27;s Youth Center</a>' in html
    assert ("Is it there already?" in html, "Save anyway" in html) == (True, True)
    saved = client.post("/d/larkmoor/partners/add/", {**typed, "seen": asked.context["alike"][0].partner.uid})
    assert (saved.status_code, Partner.objects.count()) == (302, 3)


def test_the_first_contact_of_a_partner_shows_where_that_person_is_known(
    cast: Cast, there: Partner, sign_in: SignIn
) -> None:
    client = sign_in(cast.preparer)
    second = a_partner(cast.coordinator, "Youth Center of Saint Mary")
    typed = {"name": "Odile Brandt", "phone": "512 555 0142", "language": "en"}
    asked = add_contact(client, second, typed)
    assert ("Is it there already?" in asked.content.decode(), second.contacts.count()) == (True, 0)
    assert add_contact(client, second, {**typed, "seen": str(there.uid)}).status_code == 302
    assert add_contact(client, second, {**typed, "name": "Sol Brandt"}).status_code == 302
    assert Contact.objects.filter(partner=second).count() == 2


def add_contact(client: Client, partner: Partner, typed: dict[str, str]) -> Any:
    return client.post(f"/d/larkmoor/partners/{partner.uid}/contacts/add/", typed)
