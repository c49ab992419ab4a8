"""What each way of working needs: district staff say it, and every answer follows."""

from typing import Any

import pytest
from django.test import Client

from partners.models import RequirementProfile
from tests.conftest import Cast, SignIn
from tests.partners.test_partner_page import text

PATH = "/d/larkmoor/building/ways-of-working/"


@pytest.fixture
def client(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.staff)


def typed(**data: Any) -> dict[str, Any]:
    return {"name": "Music in the evening", "is_offered": "on", "version": "1", **data}


def test_the_list_says_what_each_needs(client: Client) -> None:
    said = text(client.get(PATH).content.decode())
    assert "One visit none needed none needed" in said
    assert "Off site Memorandum of understanding (MOU); Memorandum of agreement (MOA);" in said


def test_one_is_added_after_the_others_with_a_code_of_its_own(client: Client) -> None:
    for _time in (1, 2):
        client.post(f"{PATH}add/", typed(paper_kinds=["w9"]))
    made = RequirementProfile.objects.filter(name="Music in the evening")
    assert [(row.code, row.order, row.paper_kinds) for row in made] == [
        ("music-in-the-evening", 5, ["w9"]),
        ("music-in-the-evening-2", 6, ["w9"]),
    ]


def test_what_it_needs_is_changed_by_version(client: Client) -> None:
    row = RequirementProfile.objects.get(code="off_site")
    client.post(f"{PATH}{row.uid}/", typed(name="Off site", needs_agreement="on", agreement_kinds=["moa"]))
    row.refresh_from_db()
    assert (row.agreement_kinds, row.paper_kinds, row.retired_on) == (["moa"], [], None)
    again = client.post(f"{PATH}{row.uid}/", typed(name="Mine"))
    assert "Somebody changed this record since you opened it" in again.content.decode()


def test_no_longer_offered_it_says_so(client: Client) -> None:
    row = RequirementProfile.objects.get(code="one_visit")
    client.post(f"{PATH}{row.uid}/", typed(name="One visit", is_offered=""))
    assert "One visit No longer offered" in text(client.get(PATH).content.decode())


def test_kinds_of_an_agreement_need_an_agreement(client: Client) -> None:
    answer = client.post(f"{PATH}add/", typed(agreement_kinds=["moa"]))
    assert "Tick this, too, or none of the agreements below." in answer.content.decode()
    assert RequirementProfile.objects.count() == 5
