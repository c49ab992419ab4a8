"""The list of personal fields is whole; what stands in them is in no log and, once purged, in no table."""

import datetime
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django_scopes import scope

from accounts import clock
from accounts.models import District, Invitation, Session
from accounts.roles import Role
from outreach.models import Message, PortalMailStop
from outreach.tasks import plan, take_up_and_send
from partnership_portal import personal, purging, views
from partnership_portal.demo.load import load_demo
from tests.canaries import CANARY, NOT_PLANTED, add_the_rest, crawl, plant, somebody


def test_every_text_field_is_declared_personal_or_not() -> None:
    known = personal.personal() | personal.not_personal()
    assert personal.text_fields() - known == set(), "Name it in the personal.py of its app."
    assert known - personal.text_fields() == set(), "There is no such field any more."
    assert personal.personal() & personal.not_personal() == set()


@pytest.fixture
def district(db: None, settings: Any, tmp_path: Any) -> Iterator[District]:
    """The demo's district, with a row of everything that it has none of."""
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    loaded = load_demo()
    with scope(district=loaded):
        add_the_rest(loaded)
        yield loaded


def test_what_is_personal_is_on_pages_and_in_no_log(
    district: District, lines: Callable[[], list[str]], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = plant()
    assert personal.personal() - NOT_PLANTED - done == set()
    tokens = [invitation.token for invitation in Invitation.objects.all()]
    seen = 0
    for role in (Role.STAFF, Role.PRINCIPAL, Role.COORDINATOR, Role.PREPARER):
        member = somebody(role)
        client = Client(raise_request_exception=False)
        client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
        pages = crawl(client, f"/d/{district.slug}/")
        seen += sum(CANARY in page for page in pages.values())
        act(client, district)
    visit_as_a_stranger(tokens)
    monkeypatch.setattr(views, "render", break_down)
    assert Client(raise_request_exception=False).get("/help/").status_code == 500
    plan()
    take_up_and_send()
    settings.EMAIL_BACKEND = "tests.partnership_portal.test_personal.Refusing"
    Message.objects.update(state="queued", ended_at=None, lease_until=None, reason="", not_before=clock.now())
    take_up_and_send()
    assert seen > 40
    written = lines()
    assert len(written) > 100
    assert {json.loads(line)["level"] for line in written} >= {"INFO", "ERROR"}
    assert [line for line in written if CANARY in line.lower()] == []
    assert [line for line in written if any(token in line for token in tokens)] == []


def act(client: Client, district: District) -> None:
    """Send forms with canaries in them, good and bad ones, and one that breaks the portal."""
    base = f"/d/{district.slug}"
    typed = {
        "name": CANARY,
        "email": f"{CANARY}@x.example",
        "note": CANARY,
        "reason": CANARY,
        "question": CANARY,
    }
    for path in ("people/invite/", "partners/add/", "letters/", "decisions/new/", "me/", "holidays/add/"):
        client.post(f"{base}/{path}", typed)
    client.get(f"{base}/partners/", {"q": f"{CANARY}@x.example"})


def visit_as_a_stranger(tokens: list[str]) -> None:
    client = Client(raise_request_exception=False)
    for token in tokens:
        client.get(f"/invitation/{token}/")
        client.post(f"/invitation/{token}/", {"name": CANARY, "password": "x"})
    client.post("/accounts/login/", {"login": f"{CANARY}@x.example", "password": CANARY})
    client.post("/accounts/password/reset/", {"email": f"{CANARY}@x.example"})
    client.get("/accounts/password/reset/key/7k-cq3-zqcanary/")


def break_down(request: Any, *rest: Any) -> Any:
    raise ValueError(f"{CANARY} typed this")


class Refusing:
    """A mail server that says no and repeats whom it was asked about."""

    def __init__(self, **kwargs: Any) -> None:
        self.open = self.close = lambda: None

    def send_messages(self, messages: list[Any]) -> int:
        raise RuntimeError(f"550 no such user: {messages[0].to}")


def test_once_a_closed_district_is_purged_nothing_personal_of_it_is_left(district: District) -> None:
    plant()
    Session.objects.all().delete()
    assert everything().count(CANARY) > 300
    District.objects.filter(pk=district.pk).update(closed_at=clock.now() - datetime.timedelta(days=31))
    purging.purge()
    left = everything()
    assert CANARY not in left
    assert CANARY.encode().hex() not in left


def everything() -> str:
    """Every row of every table, as text; the portal's own stop of all mail belongs to no district."""
    rows: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            if table != PortalMailStop._meta.db_table:
                cursor.execute(f'SELECT t::text FROM "{table}" t')
                rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows)
