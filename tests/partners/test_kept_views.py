"""My views: a list as searched, filtered and sorted is kept under a name, opened, shared and removed."""

import re

import pytest
from django.test import Client

from partners import services
from partners.models import SavedView
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_partner

LIST = "/d/larkmoor/partners/"
KEEP = f"{LIST}views/keep/"


@pytest.fixture
def client(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.coordinator)


def page(client: Client, url: str = "") -> str:
    return client.get(LIST + url).content.decode().replace("&amp;", "&")


def shown(client: Client, url: str = "") -> list[tuple[str, str]]:
    """The views above the list, each with its address."""
    found = re.search(r'aria-label="My views">(.*?)</nav>', page(client, url), re.DOTALL)
    links = re.findall(r'href="([^"]+)"[^>]*>([^<]+)</a>', found[1]) if found else []
    return [(name, url) for url, name in links]


def test_a_list_is_kept_as_it_stands_and_opened_again(cast: Cast, client: Client) -> None:
    a_partner(cast.staff, "Umber Clinic", sectors=["health_care"])
    a_partner(cast.staff, "Sable Rink")
    asked = "?sector=health_care&school=nowhere&odd=1&sort=next"
    assert shown(client, asked)[-1] == ("Keep this view", f"{KEEP}?sector=health_care&sort=next")
    response = client.post(f"{KEEP}{asked}", {"name": "Clinics"})
    assert response["Location"] == f"{LIST}?sector=health_care&sort=next"
    html = page(client, "?sector=health_care&sort=next")
    assert ("Umber Clinic" in html, "Sable Rink" in html) == (True, False)
    view = SavedView.objects.get()
    assert shown(client) == [("Clinics", f"{LIST}?sector=health_care&sort=next")]
    assert shown(client, f"?{view.query}") == [
        ("Clinics", f"{LIST}?sector=health_care&sort=next"),
        ("Change this view", f"{LIST}views/{view.uid}/"),
    ]


def test_the_page_of_keeping_says_what_is_kept(client: Client) -> None:
    html = client.get(f"{KEEP}?sector=youth&stage=active").content.decode()
    assert "Active; Youth; in order of: Name." in html


def test_a_view_is_renamed_shared_and_removed(cast: Cast, client: Client, sign_in: SignIn) -> None:
    view = services.keep_view(by=cast.coordinator, name="Clinics", query="?sector=health_care")
    elsewhere = sign_in(cast.bellwether_coordinator)
    assert shown(elsewhere) == []
    client.post(f"{LIST}views/{view.uid}/", {"name": "All clinics", "shared": "on", "version": 1})
    assert shown(elsewhere) == [("All clinics", f"{LIST}?sector=health_care")]
    assert shown(elsewhere, "?sector=health_care") == [("All clinics", f"{LIST}?sector=health_care")]
    client.post(f"{LIST}views/{view.uid}/remove/")
    assert (shown(elsewhere), SavedView.objects.count()) == ([], 0)


def test_one_name_is_given_once(cast: Cast, client: Client) -> None:
    services.keep_view(by=cast.coordinator, name="Clinics", query="?sector=health_care")
    other = services.keep_view(by=cast.coordinator, name="Youth", query="?sector=youth")
    services.keep_view(by=cast.staff, name="Mail", query="?sector=media")
    twice = client.post(f"{KEEP}?sector=faith", {"name": "Clinics"}).content.decode()
    renamed = client.post(f"{LIST}views/{other.uid}/", {"name": "Clinics", "version": 1}).content.decode()
    said = "You keep another view under this name."
    assert (said in twice, said in renamed) == (True, True)
    assert client.post(f"{KEEP}?sector=media", {"name": "Mail"}).status_code == 302


def test_an_edit_from_an_older_page_is_told_so(cast: Cast, client: Client) -> None:
    view = services.keep_view(by=cast.coordinator, name="Clinics", query="?sector=health_care")
    services.edit_view(view=view, version=1, by=cast.coordinator, name="Doctors")
    html = client.post(f"{LIST}views/{view.uid}/", {"name": "Mine", "version": 1}).content.decode()
    assert ("Somebody changed this record" in html, 'value="Mine"' in html) == (True, True)


def test_a_search_longer_than_an_address_is_not_kept(client: Client) -> None:
    html = client.post(f"{KEEP}?q={'long+' * 250}", {"name": "Long"}).content.decode()
    assert ("too long to be kept" in html, SavedView.objects.count()) == (True, 0)


def test_a_viewer_keeps_views_and_shares_none(cast: Cast, sign_in: SignIn) -> None:
    viewer = sign_in(cast.viewer)
    assert 'name="shared"' not in viewer.get(f"{KEEP}?sector=youth").content.decode()
    viewer.post(f"{KEEP}?sector=youth", {"name": "Youth", "shared": "on"})
    assert SavedView.objects.get().shared is False


def test_a_view_of_ones_own_is_found_by_nobody_else(cast: Cast, sign_in: SignIn) -> None:
    view = services.keep_view(by=cast.coordinator, name="Clinics", query="?sector=health_care")
    for other in (cast.bellwether_coordinator, cast.principal, cast.staff):
        elsewhere = sign_in(other)
        assert elsewhere.get(f"{LIST}views/{view.uid}/").status_code == 404
        assert elsewhere.post(f"{LIST}views/{view.uid}/remove/").status_code == 404
    assert SavedView.objects.get() == view
