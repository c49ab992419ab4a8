"""What everybody meets first: the language, the districts to choose from, and who is let in as whom."""

import datetime

from django.test import Client, RequestFactory
from django_scopes import scope

from accounts.roles import Role
from accounts.services import add_member
from partnership_portal.views import demo_sign_in
from tests.conftest import Cast, SignIn


def test_whoever_is_not_signed_in_can_choose_the_language(db: None) -> None:
    client = Client()
    answer = client.post("/language/", {"language": "es", "next": "/check/"})
    assert (answer.status_code, answer.url) == (302, "/check/")
    assert client.get("/check/").headers["Content-Language"] == "es"


def test_the_choice_of_a_language_leads_to_no_other_site(db: None) -> None:
    assert Client().post("/language/", {"language": "es", "next": "https://elsewhere.example/"}).url == "/"


def test_whoever_belongs_to_two_districts_chooses_and_gets_in(cast: Cast, sign_in: SignIn) -> None:
    with scope(district=cast.brightmere):
        for member in (cast.viewer, cast.coordinator):
            add_member(
                district=cast.brightmere, user=member.user, role=Role(member.role), whole_district=True
            )
    for member, page in ((cast.viewer, "building/"), (cast.coordinator, "")):
        client = sign_in(member)
        shown = client.get("/").content.decode()
        for district in ("larkmoor", "brightmere"):
            assert f'href="/d/{district}/{page}"' in shown
            assert client.get(f"/d/{district}/{page}").status_code == 200


def test_an_ended_role_opens_no_district(cast: Cast, sign_in: SignIn) -> None:
    assert cast.ended.until == datetime.date(2025, 6, 30)
    assert "No district is open to you today" in sign_in(cast.ended).get("/").content.decode()


def test_a_demo_knows_no_other_roles_than_ours(db: None) -> None:
    for role in ("", "superintendent", "staff\x00"):
        request = RequestFactory().post("/demo/sign-in/", {"role": role})
        assert demo_sign_in(request).status_code == 400
