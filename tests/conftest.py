"""The fixed cast, signed-in clients, and a flush that gets past the insert-only tables."""

import datetime
import io
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import hypothesis
import pytest
from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django_scopes import scope
from psycopg2 import connect

from accounts import clock
from accounts.models import District, Membership, School, User
from accounts.roles import Role
from accounts.services import add_member, create_district
from partnership_portal.logs import JsonFormatter
from tests.press.running import RunningPress, running_press

# A property holds or not, however busy the machine is.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

LONG_AGO = datetime.date(2024, 8, 1)


@dataclass(frozen=True)
class Cast:
    """Two districts. Everybody without a school in their name works at Quillback, in Larkmoor."""

    larkmoor: District
    quillback: School
    bellwether: School
    staff: Membership
    principal: Membership
    coordinator: Membership
    preparer: Membership
    viewer: Membership
    bellwether_principal: Membership
    bellwether_coordinator: Membership
    ended: Membership
    brightmere: District
    brightmere_school: School
    brightmere_staff: Membership
    brightmere_principal: Membership


def make_school(district: District, name: str, slug: str, code: str) -> School:
    school: School = School.objects.create(
        district=district,
        name=name,
        slug=slug,
        code=code,
        place="Larkmoor",
        address="40 Tanner Street, Larkmoor, TX 00000",
        phone="(555) 555-0110",
        pupils=612,
    )
    return school


def make_member(
    school: School | District, name: str, role: Role, title: str = "", **dates: object
) -> Membership:
    local = name.lower().replace(".", "").replace("'", "").split()
    user = User.objects.create_user(f"{local[-2]}.{local[-1]}@larkmoor.example", name=name)
    if isinstance(school, District):
        return add_member(
            district=school, user=user, role=role, title=title, whole_district=True, since=LONG_AGO, **dates
        )
    return add_member(
        district=school.district,
        user=user,
        role=role,
        title=title,
        schools=[school],
        since=LONG_AGO,
        **dates,
    )


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """Everybody, with reads scoped to Larkmoor."""
    yield from _cast()


@pytest.fixture
def committed_cast(transactional_db: None) -> Iterator[Cast]:
    """Everybody, committed, for tests with threads or processes of their own."""
    yield from _cast()


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """Everybody and everything of the access matrix, made once for a module marked `django_db`.

    Its tests run in transactions inside this one.
    """
    from tests.access.asking import Stage

    assert connection.settings_dict["NAME"].startswith("test_"), "Mark the module with django_db."
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRESS_SOCKET", "/nonexistent/press")  # a printed proof leads back to the letter
        for cast in _cast():
            yield Stage(cast)
        transaction.set_rollback(True)


def _cast() -> Iterator[Cast]:
    larkmoor = create_district(name="Larkmoor School District", slug="larkmoor", state="TX")
    brightmere = create_district(
        name="Brightmere Schools", slug="brightmere", state="AZ", zone="America/Phoenix"
    )
    with scope(district=brightmere):
        brightmere_school = make_school(brightmere, "Brightmere Elementary School", "brightmere-es", "BES")
        brightmere_staff = make_member(brightmere, "Nadia Kowalczyk", Role.STAFF)
        brightmere_principal = make_member(brightmere_school, "Femi Adeyemi", Role.PRINCIPAL, "Principal")
    with scope(district=larkmoor):
        quillback = make_school(larkmoor, "Quillback Middle School", "quillback", "QMS")
        bellwether = make_school(larkmoor, "Bellwether High School", "bellwether", "BHS")
        yield Cast(
            larkmoor=larkmoor,
            quillback=quillback,
            bellwether=bellwether,
            staff=make_member(larkmoor, "Ana Whitcombe", Role.STAFF, "Director of partnerships"),
            principal=make_member(quillback, "Dr. Rosalind Oyelaran", Role.PRINCIPAL, "Principal"),
            coordinator=make_member(quillback, "Imogen Tasker", Role.COORDINATOR, "Coordinator"),
            preparer=make_member(quillback, "Luis O'Hara", Role.PREPARER, "School secretary"),
            viewer=make_member(quillback, "Priya Nair", Role.VIEWER, "Front desk"),
            bellwether_principal=make_member(bellwether, "Devin Achterberg", Role.PRINCIPAL, "Principal"),
            bellwether_coordinator=make_member(bellwether, "Mei Castellano", Role.COORDINATOR),
            ended=make_member(
                quillback, "Otto Lindqvist", Role.COORDINATOR, until=datetime.date(2025, 6, 30)
            ),
            brightmere=brightmere,
            brightmere_school=brightmere_school,
            brightmere_staff=brightmere_staff,
            brightmere_principal=brightmere_principal,
        )


SignIn = Callable[[Membership], Client]
Committing = Callable[..., AbstractContextManager[list[Callable[[], Any]]]]


@pytest.fixture
def sign_in() -> SignIn:
    """A browserless client signed in as somebody of the cast."""

    def signed_in(member: Membership) -> Client:
        client = Client()
        client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def lines() -> Iterator[Callable[[], list[str]]]:
    """What is logged meanwhile, as the portal writes it."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: text.getvalue().splitlines()
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture(scope="session")
def one_press() -> Iterator[RunningPress]:
    with running_press() as running:
        yield running


@pytest.fixture
def press(one_press: RunningPress, monkeypatch: pytest.MonkeyPatch) -> RunningPress:
    """A press, where PRESS_SOCKET says."""
    monkeypatch.setenv("PRESS_SOCKET", one_press.path)
    return one_press


@pytest.fixture
def nudges(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the tasks that were handed to the queue."""
    names: list[str] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **how: names.append(name))
    return names


@pytest.fixture
def as_application(db: None) -> Iterator[Any]:
    """A cursor of the application's role on the test database: a connection of its own."""
    role = connect(
        **{
            **connection.get_connection_params(),
            "user": settings.PORTAL_APP_ROLE,
            "dbname": connection.settings_dict["NAME"],
        }
    )
    role.autocommit = True
    with role.cursor() as cursor:
        yield cursor
    role.close()


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """Drop this worker's own keys: clear() would empty Redis for all workers."""
    redis = cache._cache.get_client()
    keys = list(redis.scan_iter(match=f"{cache.key_prefix}:*"))
    if keys:
        redis.delete(*keys)


@pytest.fixture(autouse=True)
def _clock_at_rest() -> Iterator[None]:
    yield
    clock._offset.set(datetime.timedelta())


@pytest.fixture(autouse=True, scope="session")
def _flush_past_insert_only_tables() -> None:
    """TRUNCATE is refused on insert-only tables: the flush of transactional tests lifts the trigger."""
    flush = connection.ops.sql_flush

    def sql_flush(style: object, tables: list[str], **options: object) -> list[str]:
        statements = flush(style, tables, **options)
        if not statements:
            return statements
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
                " WHERE tgname = 'insert_only_table'"
            )
            guarded = [name for (name,) in cursor.fetchall()]
        return [
            *(f'ALTER TABLE "{name}" DISABLE TRIGGER insert_only_table' for name in guarded),
            *statements,
            *(f'ALTER TABLE "{name}" ENABLE TRIGGER insert_only_table' for name in guarded),
        ]

    connection.ops.sql_flush = sql_flush  # type: ignore[method-assign]
