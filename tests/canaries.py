"""Canaries: a mark in the text of rows, and the places where people would read it.

The tests of what is personal, and of what is another tenant's, plant them and look for them.
"""

import datetime
import io
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pypdf
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models
from django.test import Client
from django_scopes import scopes_disabled

from accounts import clock
from accounts.deputies import name_deputy
from accounts.hand_over import HandOver
from accounts.jobs import queue_job
from accounts.models import District, Holiday, Membership, User
from accounts.roles import Role
from accounts.services import invite
from accounts.tenancy import is_tenant
from accounts.work import store_file
from decisions.models import Decision, Group
from decisions.services import add_spanish, pass_on, plan_meeting, say_by_link, send_links
from letters.models import Batch, BatchRow, Letter, LetterApproval, LetterNumber, Look, TextReview
from outreach.models import MailStop, Message, MessageEvent, PortalMailStop
from outreach.tasks import take_up_and_send
from partners.enums import RowState
from partners.interchange.problems import Problem
from partners.models import (
    Agreement,
    AgreementClause,
    Approval,
    DataSharing,
    ExternalId,
    ImportBatch,
    ImportMapping,
    ImportRow,
    Merge,
    Need,
    NeedRating,
    OverlapSettlement,
    Paper,
    Partner,
    Partnership,
    Proposal,
    SavedView,
    Waiver,
    YearReport,
)
from partnership_portal import personal, purging
from partnership_portal.demo.roles import demo_member

CANARY = "zqcanary"
NOT_PLANTED = {
    "accounts.User.password",
    "accounts.Session.session_key",
    "accounts.Session.session_data",
    "mfa.Authenticator.data",
    "account.EmailConfirmation.key",
}
# Empty ones stay empty: the table says that they belong to something else that is empty, too.
GUARDED_BY_A_CHECK = {
    "letters.Letter.reference",
    "letters.LetterNumber.void_reason",
    "partners.Approval.because",
    "partners.Paper.declined_because",
    "partners.Partner.assured_by",
    "accounts.Deputy.reason",
    "outreach.MailStop.reason",
    "outreach.PortalMailStop.reason",
    "decisions.Seat.people_label",
    "decisions.SeatHolder.name",
    "decisions.AnswerLink.name",
    "decisions.AnswerLink.email",
    "decisions.Decision.sentence",
}


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
    problem = Problem("not_a_website", file="a.csv", row=2, values={"value": "Ask for x"})
    row = {"file_name": "a.csv", "row": 2, "raw": {"name": "Ask for x"}, "problem": problem.as_json()}
    ImportRow.objects.create(**of, **row, batch=batch, state=RowState.NEW)
    ImportRow.objects.create(**of, **row, batch=batch, state=RowState.INVALID)
    ExternalId.objects.create(
        **of,
        source="211",
        entity="contact",
        external_id="1",
        object_id=1,
        last_values={"a": "x"},
        batch=batch,
    )
    ImportMapping.objects.create(**of, header_hash="x", mapping={"a": "x"}, at=now, by=staff)
    Partner.objects.filter(pk=Partner.objects.first().pk).update(assured_on=today, assured_by="x")
    add_the_rest_of_the_directory(of, now, staff)
    letter = Letter.objects.filter(state="draft").first()
    left_out = {"block": "why", "name": "school.figure", "before": "{{school.figure}}. You know them."}
    Letter.objects.filter(pk=letter.pk).update(supplied={"partner.services": "X"}, left_out=[left_out])
    Look.objects.create(**of, letter=letter, version=1, sheet="x", by=principal, at=now)
    LetterApproval.objects.create(**of, letter=letter, text={"blocks": ["x"]}, note="x", by=staff, at=now)
    text = letter.template_version
    TextReview.objects.create(**of, version=text, approved=True, note="x", by=staff, at=now)
    many = Batch.objects.create(**of, school=letter.school, kind=letter.kind, by=principal, created_at=now)
    BatchRow.objects.create(**of, batch=many, partner=letter.partnership.partner)
    LetterNumber.objects.create(
        **of,
        letter=letter,
        school=letter.school,
        year=2000,
        number=1,
        reference="QMS-0001-001",
        code=f"{district.pk:020}",
        fixed={},
        by=principal,
        taken_at=now,
        voided_at=now,
        void_reason="x",
    )
    add_links_to_a_question(staff)
    add_a_meeting(staff)
    message = Message.objects.first() or send_something(district)
    MessageEvent.objects.create(**of, message=message, at=now, state="queued", detail="x")
    MailStop.objects.create(**of, is_stopped=True, reason="x", at=now, by=staff)
    MailStop.objects.create(**of, is_stopped=False, at=now, by=staff)
    PortalMailStop.objects.create(is_stopped=True, reason="x", at=now)
    PortalMailStop.objects.create(is_stopped=False, at=now)


def add_a_meeting(staff: Membership) -> None:
    """With everything that can be typed about one."""
    said = dict.fromkeys(("place", "interpreter", "notes", "agenda", "minutes"), "x")
    link = "https://x.example"
    plan_meeting(group=Group.objects.first(), starts_at=clock.now(), link=link, **said, by=staff)


def add_links_to_a_question(staff: Membership) -> None:
    """Its seats are asked by link; one asks back, and then names a colleague."""
    decision = Decision.objects.filter(state="open").latest("pk")
    link, *_others = send_links(decision=decision, by=staff)
    say_by_link(link=link, kind="asks", text="x")
    pass_on(link=link, name="x", email="x@larkmoor.example", language="en")
    if not decision.question_es:
        add_spanish(decision=decision, question_es="x", meaning_es="x", by=staff)


def add_the_rest_of_the_directory(of: dict[str, Any], now: datetime.datetime, staff: Membership) -> None:
    today = now.date()
    first, second = Partner.objects.order_by("pk")[:2]
    school, need = Partnership.objects.exclude(school=None).first().school, Need.objects.first()
    agreement = Agreement.objects.create(**of, partner=first, kind="mou", title="x", created_at=now)
    AgreementClause.objects.create(**of, agreement=agreement, code="scope", note="x")
    DataSharing.objects.create(**of, agreement=agreement)
    Merge.objects.create(**of, winner=first, loser=second, at=now, by=staff, fields={"name": ["x", "y"]})
    NeedRating.objects.create(**of, school=school, need=need, rating=3, source="x", on=today, by=staff)
    OverlapSettlement.objects.create(
        **of, school=school, need=need, tier=1, text="x", on=today, source_uid=first.uid
    )
    Paper.objects.create(
        **of,
        partner=first,
        kind="w9",
        created_at=now,
        state="declined",
        decided_at=now,
        decided_by=staff,
        declined_because="x",
    )
    Proposal.objects.create(
        **of, partner=first, target_kind="partner", batch=first.uid, field="website", was="x", now="y", at=now
    )
    SavedView.objects.create(**of, membership=staff, name="x", query="q=x")
    for is_yes, because in ((True, ""), (False, "x")):
        said = {"is_yes": is_yes, "because": because, "at": now, "by": staff}
        Approval.objects.create(**of, partnership=Partnership.objects.first(), **said)
    Waiver.objects.create(
        **of,
        partnership=Partnership.objects.first(),
        waives="agreement",
        because="x",
        since=today,
        until=today,
        by=staff,
        at=now,
    )
    YearReport.objects.create(**of, partner=first, school_year=2026, reported_at=now, source="letter")


def somebody(role: Role) -> Membership:
    member = demo_member(role)
    assert member is not None
    return member


def send_something(district: District) -> Message:
    take_up_and_send()
    message: Message = Message.objects.first()
    return message


def plant(mark: str = CANARY, *, district: District | None = None, more: Iterable[str] = ()) -> set[str]:
    """Write a mark into every personal field, and into `more`, of every row, or of a district's rows.

    Says which fields had a row.
    """
    done = set()
    tables = [model._meta.db_table for model in apps.get_models()]
    with scopes_disabled(), purging.unguarded(tables):
        for full in sorted(personal.personal() - NOT_PLANTED | set(more)):
            label, _, name = full.rpartition(".")
            for row in rows_of(apps.get_model(label), district):
                if plant_in(row, name, mark):
                    done.add(full)
    return done


def rows_of(model: Any, district: District | None) -> Any:
    """All rows of a table, or those that belong to a district and to its people."""
    rows = model._base_manager.all()
    if district is None:
        return rows
    people = User.objects.filter(memberships__district=district).values("pk")
    if model is District:
        return rows.filter(pk=district.pk)
    if model is User:
        return rows.filter(pk__in=people)
    if is_tenant(model):
        return rows.filter(district=district)
    has_user = any(field.name == "user" for field in model._meta.concrete_fields)
    return rows.filter(user__in=people) if has_user else rows.none()


def plant_in(row: Any, name: str, mark: str) -> bool:
    """Write a mark into one field of one row; False where the row cannot have one there."""
    model = type(row)
    if isinstance(model._meta.get_field(name), SearchVectorField):
        with connection.cursor() as cursor:
            sql = f'UPDATE "{model._meta.db_table}" SET "{name}" = to_tsvector(%s) WHERE id = %s'
            cursor.execute(sql, [mark, row.pk])
        return True
    if model._meta.label == "decisions.Sealed" and row.erasure_id:
        return False
    if name == "left_out" and not row.left_out:
        return False
    if getattr(row, name) in ("", None) and f"{model._meta.label}.{name}" in GUARDED_BY_A_CHECK:
        return False
    model._base_manager.filter(pk=row.pk).update(**{name: planted(row, name, mark)})
    return True


def planted(row: Any, name: str, mark: str) -> Any:
    """What a field of this row holds once the mark is in it."""
    field = row._meta.get_field(name)
    held = getattr(row, name)
    if isinstance(field, models.JSONField):
        return _in_json(held if held else {"note": "x"}, mark, blocks=name == "blocks")
    if isinstance(field, ArrayField):
        return [mark]
    if isinstance(field, models.BinaryField):
        return mark.encode()
    if isinstance(field, models.EmailField):
        return f"{mark}.{row.pk}@{mark}.example"
    assert isinstance(field, models.CharField | models.TextField)
    most = field.max_length or 1000
    return f"{mark} {row.pk}"[:most]


def _in_json(held: Any, mark: str, *, blocks: bool) -> Any:
    """Every text of a JSON value; what a code names a block or a picture by stays, and what is empty."""
    if isinstance(held, dict):
        return {
            key: one if blocks and key == "name" else _in_json(one, mark, blocks=blocks)
            for key, one in held.items()
        }
    if isinstance(held, list):
        return [_in_json(one, mark, blocks=blocks) for one in held]
    code = r"[\d:T.+-]+|[a-z_]{1,20}(\.[a-z_\d]{1,20})?|[0-9a-f-]{36}"
    return mark if isinstance(held, str) and held and not re.fullmatch(code, held) else held


def crawl(client: Client, start: str, *, of_a_kind: int = 1) -> dict[str, str]:
    """What links lead to from there, by path, as text: so many pages of each kind."""
    waiting, pages, kinds = [start], {}, Counter[str]()
    while waiting:
        path = waiting.pop()
        kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\?.*", "", path)
        if path in pages or kinds[kind] == of_a_kind:
            continue
        kinds[kind] += 1
        answer = client.get(path)
        assert answer.status_code < 500, path
        pages[path] = "" if answer.streaming else as_text(answer.content)
        found = [*re.findall(r'href="(/[^"#]*)"', pages[path]), answer.headers.get("Location", "")]
        ours = [link for link in found if link.startswith(("/d/", "/check", "/help"))]
        waiting += [link.replace("&amp;", "&") for link in ours]
    return pages


def as_text(content: bytes) -> str:
    """A page's source, or what a PDF says."""
    if content.startswith(b"%PDF-"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return content.decode(errors="replace")
