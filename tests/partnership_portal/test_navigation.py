"""At most six links a role, and the one whose section is open."""

import re

import pytest

from partnership_portal.navigation import NAVIGATION
from tests.conftest import Cast, SignIn

LINK = re.compile(r'<li><a href="([^"]+)"( aria-current="page")?>([^<]+)')


def links(html: str) -> list[tuple[str, str]]:
    """The rail's links: address and words."""
    return [(url, words.strip()) for url, _current, words in LINK.findall(rail(html))]


def open_section(html: str) -> list[str]:
    """What the rail marks."""
    return [words.strip() for _url, current, words in LINK.findall(rail(html)) if current]


def rail(html: str) -> str:
    return html.partition('class="pp-nav"')[2].partition("</ul>")[0]


@pytest.mark.parametrize("role", NAVIGATION)
def test_a_role_has_six_links_at_most(role: str) -> None:
    assert len(NAVIGATION[role]) <= 6


def test_staff_find_who_serves_what_and_the_mail_with_the_letters(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.staff)
    assert links(client.get("/d/larkmoor/").content.decode()) == [
        ("/d/larkmoor/", "Today"),
        ("/d/larkmoor/partners/", "Partners"),
        ("/d/larkmoor/agreements/", "Agreements"),
        ("/d/larkmoor/letters/", "Letters and mail"),
        ("/d/larkmoor/decisions/", "Decisions"),
        ("/d/larkmoor/coverage/", "Who serves what"),
    ]
    letters = client.get("/d/larkmoor/letters/").content.decode()
    assert 'href="/d/larkmoor/mail/">Mail going out' in letters
    assert open_section(letters) == ["Letters and mail"]
    assert open_section(client.get("/d/larkmoor/mail/").content.decode()) == ["Letters and mail"]


def test_the_open_section_is_marked_and_no_other(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    marked = {
        path: open_section(client.get(f"/d/larkmoor/{path}").content.decode())
        for path in ("", "partners/add/", "care/", "mail/", "people/me/")
    }
    assert marked == {
        "": ["Today"],
        "partners/add/": ["Partners"],
        "care/": ["Partners"],
        "mail/": ["Mail going out"],
        "people/me/": [],
    }


def test_a_principal_is_not_led_to_the_mail(cast: Cast, sign_in: SignIn) -> None:
    letters = sign_in(cast.principal).get("/d/larkmoor/letters/").content.decode()
    assert "/d/larkmoor/mail/" not in letters
