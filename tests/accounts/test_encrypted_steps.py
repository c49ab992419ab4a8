"""What a second step hangs on lies encrypted: no dump gives it away, and SECRET_KEY can change."""

import datetime
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from time_machine import Traveller

from accounts import ciphers, two_steps
from accounts.models import Session, User
from tests.accounts.steps import (
    MINE,
    PASSWORD,
    code_of,
    codes_of,
    enter,
    signed_in,
    switch_on,
    with_password,
)
from tests.conftest import Cast

OLD, NEW = "the key of before, long and random", "the key of today, long and random"
SORRY = "The portal can't check codes for your account."


@pytest.fixture(autouse=True)
def _at_noon(time_machine: Traveller) -> None:
    time_machine.move_to(datetime.datetime(2026, 11, 17, 18, tzinfo=datetime.UTC))


@pytest.fixture
def person(cast: Cast) -> User:
    return with_password(cast.coordinator.user)


def dump() -> str:
    """All that lies in the database, sessions unpacked."""
    rows = [str(session.get_decoded()) for session in Session.objects.all()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def seed_of(person: User) -> str:
    return ciphers.decrypt(Authenticator.objects.get(user=person, type=two_steps.CODES).data["seed"])


def changed(settings: Any, key: str, *older: str) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = key, list(older)


def renew() -> str:
    out = StringIO()
    call_command("renew_two_steps", stdout=out)
    return out.getvalue().strip()


def test_nothing_that_makes_a_code_is_in_a_dump(person: User) -> None:
    client = signed_in(person)
    key = switch_on(client)
    codes = codes_of(client)
    found = dump()
    assert person.email in found
    assert [secret for secret in (key, seed_of(person), *codes) if secret in found] == []


def test_nor_is_the_key_while_it_waits_for_its_first_code(person: User) -> None:
    client = signed_in(person)
    form = client.get(f"{MINE}app/activate/").context["form"]
    assert (form.secret in dump(), form.key_in_groups in dump()) == (False, False)
    client.post(f"{MINE}app/activate/", {"code": "000000"})
    assert form.secret not in dump()


def test_two_people_with_one_secret_do_not_show_it() -> None:
    assert ciphers.encrypt("JBSWY3DP") != ciphers.encrypt("JBSWY3DP")


def test_codes_work_under_a_new_key_while_the_old_one_is_named(
    person: User, settings: Any, time_machine: Traveller
) -> None:
    changed(settings, OLD)
    client = signed_in(person)
    key = switch_on(client)
    codes = codes_of(client)
    changed(settings, NEW, OLD)
    time_machine.shift(60)
    assert (enter(person, code_of(key))[1], enter(person, codes[0])[1]) == ("/", "/")


def test_after_they_are_renewed_the_old_key_can_go(
    person: User, settings: Any, time_machine: Traveller
) -> None:
    changed(settings, OLD)
    client = signed_in(person)
    key = switch_on(client)
    codes = codes_of(client)
    changed(settings, NEW, OLD)
    assert renew() == "2 encrypted under the SECRET_KEY of today."
    changed(settings, NEW)
    time_machine.shift(60)
    assert (enter(person, code_of(key))[1], enter(person, codes[0])[1]) == ("/", "/")


def test_what_cannot_be_renewed_is_counted_and_left_as_it_is(person: User, settings: Any) -> None:
    changed(settings, OLD)
    key = switch_on(signed_in(person))
    changed(settings, NEW)
    with pytest.raises(CommandError, match=r"^2 can't be read with the keys that are set: add the older"):
        renew()
    changed(settings, OLD)
    assert ciphers.decrypt(Authenticator.objects.get(type=two_steps.APP).data["secret"]) == key


def test_a_wrong_key_is_said_with_what_to_do_and_who_runs_the_portal_reads_why(
    person: User, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    changed(settings, OLD)
    key = switch_on(signed_in(person))
    changed(settings, NEW)
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    page = client.post(f"{MINE}authenticate/", {"code": code_of(key)})
    [said] = page.context["form"].errors["code"]
    assert (page.status_code, said.startswith(SORRY)) == (200, True)
    assert "whoever runs the portal can let you in by password again" in said
    [line] = {record.getMessage() for record in caplog.records if record.name == "accounts"}
    assert "Put that one into SECRET_KEY_FALLBACKS" in line
    assert person.email not in line
    call_command("end_two_steps", person.email, stdout=StringIO())
    signed = Client().post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert signed.headers["Location"] == "/"


def test_whoever_is_signed_in_meets_no_broken_page(person: User) -> None:
    client = signed_in(person)
    switch_on(client)
    Authenticator.objects.filter(type=two_steps.CODES).update(data={"seed": "torn", "used_mask": 3})
    assert client.get(MINE).context["codes_left"] == 8
    assert client.get(f"{MINE}codes/").status_code == 200
    for page in (client.post(f"{MINE}codes/"), client.get(f"{MINE}codes/generate/")):
        assert (page.status_code, SORRY in page.content.decode().replace("&#x27;", "'")) == (409, True)
    assert client.post(f"{MINE}codes/generate/").headers["Location"] == f"{MINE}codes/"
    assert len(codes_of(client)) == 10


def test_a_key_shown_before_the_change_is_forgotten_and_another_one_shown(
    person: User, settings: Any
) -> None:
    changed(settings, OLD)
    client = signed_in(person)
    first = client.get(f"{MINE}app/activate/").context["form"].secret
    session = client.session
    session[two_steps.SECRET_SESSION_KEY] = "torn"
    session.save()
    page = client.post(f"{MINE}app/activate/", {"code": code_of(first)})
    assert page.status_code == 200
    assert page.context["form"].secret != first


def test_what_lay_open_before_is_encrypted_by_the_migration(person: User) -> None:
    migration = import_module("accounts.migrations.0007_encrypted_two_steps")
    app = Authenticator.objects.create(user=person, type=two_steps.APP, data={"secret": "JBSWY3DPEHPK3PXP"})
    data = {"seed": "ab" * 40, "used_mask": 1, "viewed_at": 1.5}
    codes = Authenticator.objects.create(user=person, type=two_steps.CODES, data=data)
    migration.encrypt(apps, None)
    app.refresh_from_db()
    codes.refresh_from_db()
    assert app.data["secret"] != "JBSWY3DPEHPK3PXP"
    assert ciphers.decrypt(app.data["secret"]) == "JBSWY3DPEHPK3PXP"
    assert {**codes.data, "seed": ciphers.decrypt(codes.data["seed"])} == data
    assert len(RecoveryCodes(codes).get_unused_codes()) == 9
    migration.decrypt(apps, None)
    codes.refresh_from_db()
    assert codes.data == data
