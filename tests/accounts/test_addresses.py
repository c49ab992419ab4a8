"""Limits on tries count by the address of the person, not by that of a proxy of ours."""

from typing import Any

import pytest
from django.test import Client, RequestFactory

from accounts.addresses import client_address
from letters import public

CLAIMED, PERSON, OUTER, INNER = "198.51.100.9", "203.0.113.7", "10.0.0.2", "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", INNER),
        (0, PERSON, INNER),
        (1, PERSON, PERSON),
        (1, f"{CLAIMED}, {PERSON}", PERSON),
        (2, f"{CLAIMED}, {PERSON}, {OUTER}", PERSON),
        (2, f" {PERSON} ,{OUTER}", PERSON),
        (1, "", INNER),
        (3, PERSON, INNER),
        (1, "unknown", INNER),
        (1, "2001:DB8::0:7", "2001:db8::7"),
    ],
)
def test_the_address_is_what_the_outermost_of_our_proxies_saw(
    settings: Any, proxies: int, forwarded: str, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=INNER)) == address


def test_two_people_behind_one_proxy_check_letters_each_for_themselves(
    db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TRUSTED_PROXIES = 1
    monkeypatch.setattr(public, "TRIES", 1)
    tries = (CLAIMED, PERSON, PERSON)
    answers = [Client().get("/check/7KQM/", headers={"X-Forwarded-For": one}).status_code for one in tries]
    assert answers == [404, 404, 429]


def test_two_people_behind_one_proxy_sign_in_each_for_themselves(db: None, settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    tries = (CLAIMED, PERSON, PERSON)
    answers = [
        Client()
        .post(
            "/accounts/login/",
            {"login": "nobody@larkmoor.example", "password": "x"},
            headers={"X-Forwarded-For": one},
        )
        .status_code
        for one in tries
    ]
    assert answers == [200, 200, 429]
