"""The list of personal fields is whole; what stands in them is in no log and, once purged, in no table."""

import datetime
import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models
from django.test import Client
from django_scopes import scope, scopes_disabled

from accounts import clock
from accounts.deputies import name_deputy
from accounts.hand_over import HandOver
from accounts.jobs import queue_job
from accounts.models import District, Holiday, Invitation, Membership, Session
from accounts.roles import Role
from accounts.services import invite
from accounts.work import store_file
from letters.models import Letter, LetterNumber
from outreach.models import MailStop, Message, MessageEvent, PortalMailStop
from outreach.tasks import plan, take_up_and_send
from partners.models import ExternalId, ImportBatch, ImportRow, Partner
from partnership_portal import personal, purging, views
from partnership_portal.demo.load import load_demo
from partnership_portal.demo.roles import demo_member
from partnership_portal.logs import JsonFormatter

CANARY = "zqcanary"
NOT_PLANTED = {
    "accounts.User.password",
    "accounts.Session.session_key",
    "accounts.Session.session_data",
    "mfa.Authenticator.data",
}
NOT_PLANTED |= {"account.EmailConfirmation.key"}


def test_every_text_field_is_declared_personal_or_not() -> None:
    known = personal.personal() | personal.not_personal()
    assert personal.text_fields() - known == set(), "Name it in the personal.py of its app."
    assert known - personal.text_fields() == set(), "There is no such field any more."
    assert personal.personal() & personal.not_personal() == set()


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


@pytest.fixture
def district(db: None, settings: Any, tmp_path: Any) -> Iterator[District]:
    """The demo's district, with a row of everything that it has none of."""
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    loaded = load_demo()
    with scope(district=loaded):
        add_the_rest(loaded)
        yield loaded


def add_the_rest(district: District) -> None:
    now, today = clock.now(), clock.today(district)
    staff, principal = somebody(Role.STAFF), somebody(Role.PRINCIPAL)
    of = {"district": district}
    invite(**of, email="new@larkmoor.example", role=Role.VIEWER, schools=principal.school_list, by=staff)
    name_deputy(
        principal=principal,
        deputy=somebody(Role.COORDINATOR),
        since=today,
        until=today + datetime.timedelta(days=9),
        reason="away",
        by=staff,
    )
    HandOver.objects.create(**of, giver=principal, receiver=staff, by=staff, at=now, figures={})
    Holiday.objects.create(**of, first_day=today, last_day=today, name="Fair day")
    file = store_file(name="list.zip", kind="import", media_type="application/zip", content=b"x", by=staff)
    job = queue_job(kind="import", label="Import", by=staff, file=file)
    batch = ImportBatch.objects.create(**of, source="211", kind="hsds", at=now, file=file, job=job, by=staff)
    ImportRow.objects.create(**of, batch=batch, file_name="a.csv", row=2, state="added", raw={"name": "x"})
    ExternalId.objects.create(
        **of,
        source="211",
        entity="contact",
        external_id="1",
        object_id=1,
        last_values={"a": "x"},
        batch=batch,
    )
    Partner.objects.filter(pk=Partner.objects.first().pk).update(assured_on=today, assured_by="x")
    letter = Letter.objects.filter(state="draft").first()
    LetterNumber.objects.create(
        **of,
        letter=letter,
        school=letter.school,
        year=2000,
        number=1,
        reference="QMS-0001-001",
        code="0" * 20,
        fixed={},
        by=principal,
        taken_at=now,
        voided_at=now,
        void_reason="x",
    )
    message = Message.objects.first() or send_something(district)
    MessageEvent.objects.create(**of, message=message, at=now, state="queued", detail="x")
    MailStop.objects.create(**of, is_stopped=True, reason="x", at=now, by=staff)
    MailStop.objects.create(**of, is_stopped=False, at=now, by=staff)
    PortalMailStop.objects.create(is_stopped=True, reason="x", at=now)
    PortalMailStop.objects.create(is_stopped=False, at=now)


def somebody(role: Role) -> Membership:
    member = demo_member(role)
    assert member is not None
    return member


def send_something(district: District) -> Message:
    take_up_and_send()
    message: Message = Message.objects.first()
    return message


def planted(model: type[models.Model], name: str, row: models.Model) -> Any:
    """A canary that fits into a field of this row."""
    field = model._meta.get_field(name)
    held = getattr(row, name)
    if isinstance(field, models.JSONField):
        return _in_json(held if held else {"note": "x"}, blocks=name == "blocks")
    if isinstance(field, ArrayField):
        return [CANARY]
    if isinstance(field, models.BinaryField):
        return CANARY.encode()
    if isinstance(field, models.EmailField):
        return f"{CANARY}.{row.pk}@{CANARY}.example"
    assert isinstance(field, models.CharField | models.TextField)
    most = field.max_length or 1000
    return f"{CANARY} {row.pk}"[:most]


def _in_json(held: Any, *, blocks: bool) -> Any:
    """Every text of a JSON value; the blocks of a letter keep the codes that name them."""
    if isinstance(held, dict):
        return {
            key: one if blocks and key == "name" else _in_json(one, blocks=blocks)
            for key, one in held.items()
        }
    if isinstance(held, list):
        return [_in_json(one, blocks=blocks) for one in held]
    return CANARY if isinstance(held, str) and not re.fullmatch(r"[\d:T.+-]+|[a-z_]{1,20}", held) else held


def plant() -> set[str]:
    """Write a canary into every personal field of every row; says which fields had a row."""
    done = set()
    tables = [model._meta.db_table for model in apps.get_models()]
    with scopes_disabled(), purging.unguarded(tables), connection.cursor() as cursor:
        for full in sorted(personal.personal() - NOT_PLANTED):
            label, _, name = full.rpartition(".")
            model = apps.get_model(label)
            if isinstance(model._meta.get_field(name), SearchVectorField):
                cursor.execute(f'UPDATE "{model._meta.db_table}" SET "{name}" = to_tsvector(%s)', [CANARY])
                done.add(full)
                continue
            for row in model._base_manager.all():
                if model._meta.label == "decisions.Sealed" and row.erasure_id:
                    continue
                if getattr(row, name) in ("", None) and full in GUARDED_BY_A_CHECK:
                    continue
                model._base_manager.filter(pk=row.pk).update(**{name: planted(model, name, row)})
                done.add(full)
    return done


# Empty ones stay empty: the table says that they belong to something else that is empty, too.
GUARDED_BY_A_CHECK = {
    "letters.LetterNumber.void_reason",
    "partners.Partner.assured_by",
    "accounts.Deputy.reason",
    "outreach.MailStop.reason",
    "outreach.PortalMailStop.reason",
    "decisions.Seat.people_label",
    "decisions.SeatHolder.name",
    "decisions.Decision.sentence",
}


def crawl(client: Client, start: str) -> dict[str, str]:
    """The pages that links lead to from there, by path: one of each kind."""
    waiting, pages, kinds = [start], {}, set()
    while waiting:
        path = waiting.pop()
        kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\?.*", "", path)
        if kind in kinds:
            continue
        kinds.add(kind)
        answer = client.get(path)
        pages[path] = "" if answer.streaming else answer.content.decode(errors="replace")
        found = [*re.findall(r'href="(/[^"#]*)"', pages[path]), answer.headers.get("Location", "")]
        ours = [link for link in found if link.startswith(("/d/", "/check", "/help"))]
        waiting += [link.replace("&amp;", "&") for link in ours]
    return pages


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
