"""Anybody who holds a code asks whether the register still has its entry, and whether all entries fit."""

import html

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from decisions import public
from decisions.ledger import code_from
from decisions.models import Event, Group
from tests.conftest import Cast, SignIn
from tests.decisions.conftest import decided
from tests.decisions.test_pages import at
from tests.decisions.test_register import forge


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


@pytest.fixture
def codes(cast: Cast, committee: Group) -> list[str]:
    """The codes of a decision's entries: put, answered, closed."""
    decided(committee, *["yes"] * 5, by=cast.coordinator)
    return [event.hash for event in Event.objects.order_by("seq")]


def asked(code: str, *, status: int = 200) -> str:
    answered = Client().get(reverse("register:code", kwargs={"code": code}))
    assert answered.status_code == status
    return html.unescape(" ".join(answered.content.decode().split()))


def test_a_code_names_its_entry_and_the_whole_register(codes: list[str]):
    page = asked(codes[1])
    assert "The register has this entry, and is whole" in page
    assert "Larkmoor School District" in page
    assert "Number 2" in page
    assert "Answers were recorded" in page
    assert "Entries that fit together</dt><dd>3" in page


def test_nothing_of_what_was_decided_is_said(codes: list[str]):
    page = asked(codes[2])
    assert "one referral form" not in page
    assert "committee" not in page.lower()
    assert "adopted" not in page


@pytest.mark.parametrize("written", ["{0}", "{1}…{2}", "{1}...{2}"])
def test_a_code_is_found_whole_or_shortened(codes: list[str], written: str):
    code = codes[1]
    assert "Number 2" in asked(written.format(code, code[:16], code[-8:]))


def test_a_typed_code_leads_to_its_page(codes: list[str]):
    typed = f"{codes[0][:8].upper()} {codes[0][8:]}"
    answered = Client().get(reverse("register:enter"), {"code": typed})
    assert answered.url == reverse("register:code", kwargs={"code": codes[0]})


TYPED = [
    ("AB" * 32, "ab" * 32),
    (" 9f2c 51d8 0000 1111 ... 0123 4567 ", "9f2c51d800001111…01234567"),
    ("9f2c", None),
    ("zz" * 32, None),
    ("…", None),
    ("", None),
]


@pytest.mark.parametrize(("typed", "code"), TYPED)
def test_what_is_a_code(typed: str, code: str | None):
    assert code_from(typed) == code


def test_what_is_no_code_is_said(codes: list[str]):
    answered = Client().get(reverse("register:enter"), {"code": "9f2c"})
    assert "That is not a code" in html.unescape(answered.content.decode())
    assert "That is not a code" in asked("9f2c", status=404)


def test_a_code_that_no_entry_has_says_what_that_means(codes: list[str]):
    page = asked("ab" * 32, status=404)
    assert "No entry has this code" in page
    assert "written anew" in page


def test_a_register_that_does_not_fit_is_said_to_be_not_whole(codes: list[str]):
    forge("UPDATE decisions_event SET body = body || ' ' WHERE seq = 2")
    page = asked(codes[2])
    assert "The register has this entry, and is not whole" in page
    assert "Does not fit</dt><dd>Entry 2" in page


BROKEN = [
    "UPDATE decisions_event SET body = 'x' WHERE seq = 2",
    "UPDATE decisions_event SET body = replace(body, 'answered', 'unheard') WHERE seq = 2",
    "DELETE FROM decisions_chainhead",
]


@pytest.mark.parametrize("forgery", BROKEN)
def test_of_an_entry_that_does_not_fit_nothing_is_repeated(codes: list[str], forgery: str):
    forge(forgery)
    page = asked(codes[1])
    assert "The register has this entry, and is not whole" in page


def test_one_walk_serves_many_who_ask(cast: Cast, committee: Group, codes: list[str]):
    asked(codes[0])
    forge("UPDATE decisions_event SET body = body || ' ' WHERE seq = 2")
    assert "and is whole" in asked(codes[1])
    decided(committee, *["yes"] * 5, by=cast.coordinator)
    assert "and is not whole" in asked(codes[1])


def test_who_asks_too_often_waits(codes: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(public, "TRIES", 2)
    asked(codes[0])
    asked(codes[0])
    assert "Try again in a minute" in asked(codes[0], status=429)


def test_a_decisions_page_leads_to_its_code(cast: Cast, sign_in: SignIn, codes: list[str]):
    decision = Event.objects.last().decision_uid
    page = sign_in(cast.coordinator).get(at(cast, "page", uid=decision)).content.decode()
    assert reverse("register:code", kwargs={"code": codes[-1]}) in page
