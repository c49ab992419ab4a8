"""The demo: invented and recognizably so, not all green, the same each time."""

import datetime
import re
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django_scopes import scope

from accounts import clock
from accounts.models import District, Holiday, Membership, School, User
from accounts.roles import Role
from decisions.models import Decision
from letters.models import Letter
from outreach.care import care_rows
from outreach.today import waiting
from partners.models import Contact, Partner, Site
from partnership_portal.demo.load import load_demo
from partnership_portal.demo.roles import cards, demo_member


@pytest.fixture
def district(db: None) -> Iterator[District]:
    loaded = load_demo()
    with scope(district=loaded):
        yield loaded


def test_the_demo_is_not_all_green(district: District) -> None:
    assert (School.objects.count(), Partner.objects.count()) == (6, 41)
    outcomes = set(Decision.objects.values_list("outcome", flat=True))
    assert outcomes == {"", "adopted", "not_adopted"}
    assert "one vote short" in Decision.objects.get(outcome="not_adopted").sentence
    states = set(Letter.objects.values_list("state", flat=True))
    assert states == {"draft", "to_sign", "signed"}
    needs = {
        role: {row.words for row in care_rows(demo_member(role))} for role in (Role.STAFF, Role.PRINCIPAL)
    }
    all_three = {"At risk", "Needs attention", "On track"}
    assert needs == {Role.STAFF: all_three, Role.PRINCIPAL: all_three}
    kinds = {
        role: {entry.source.kind for entry in waiting(demo_member(role))}
        for role in (Role.PRINCIPAL, Role.COORDINATOR, Role.STAFF, Role.PREPARER)
    }
    assert {role: len(found) for role, found in kinds.items()} == {
        Role.PRINCIPAL: 5,
        Role.COORDINATOR: 4,
        Role.STAFF: 4,
        Role.PREPARER: 5,
    }


def test_nobody_in_the_demo_can_be_reached(district: District) -> None:
    addresses = [
        *User.objects.values_list("email", flat=True),
        *Contact.objects.values_list("email", flat=True),
    ]
    assert [address for address in addresses if not address.endswith(".example")] == []
    phones = [
        *Contact.objects.values_list("phone", flat=True),
        *Site.objects.values_list("phone", flat=True),
    ]
    assert [phone for phone in phones if not re.fullmatch(r"\+155555501\d\d", phone)] == []


def test_a_second_load_changes_nothing(district: District) -> None:
    partner = Partner.objects.first()
    Partner.objects.filter(pk=partner.pk).update(name="Changed by a visitor")
    call_command("load_demo")
    assert Partner.objects.get(pk=partner.pk).name == "Changed by a visitor"
    assert Partner.objects.count() == 41


def test_the_demo_is_not_loaded_in_production(db: None) -> None:
    with override_settings(PRODUCTION=True), pytest.raises(CommandError, match="not loaded in production"):
        call_command("load_demo")


def test_the_sign_in_page_offers_the_roles_in_a_demo_alone(district: District) -> None:
    with override_settings(DEMO=True):
        assert [card.role for card in cards()] == ["principal", "coordinator", "staff", "preparer", "viewer"]
    assert cards() == []
    assert Client().post("/demo/sign-in/", {"role": "staff"}).status_code == 404
    assert Membership.objects.filter(role=Role.VIEWER).count() == 1


def test_no_holiday_of_the_demo_comes_within_three_months(district: District) -> None:
    soon = clock.today(district) + datetime.timedelta(days=90)
    assert [(row.name, row.first_day.weekday(), row.first_day > soon) for row in Holiday.objects.all()] == [
        ("Staff training day", 0, True),
        ("Quillback founders' day", 0, True),
        ("Break between terms", 0, True),
    ]
