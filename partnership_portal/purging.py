"""What is deleted, and when: closed districts, letters past their day, and what has expired. The one path.

Only `./portal manage purge` calls it, as the owner of the tables: rows that are kept as written can't be
deleted by anybody else. A period is in days. Each rule says in words how much it finds; deleting leaves that
line behind as a PurgeRecord.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.db.models import Q
from django_scopes import scopes_disabled

from accounts import clock
from accounts.models import District, Invitation, Job, Membership, Session, StoredFile, User
from accounts.tenancy import is_tenant
from letters.models import (
    Batch,
    BatchRow,
    Letter,
    LetterApproval,
    LetterEvent,
    LetterNumber,
    Look,
    Reply,
    ReplyLink,
    ReplyTakenBack,
    SignedLetter,
)
from outreach.models import HomeState, Message, MessageEvent, Reminder
from partners.interchange.jobs import KIND as IMPORT
from partners.models import ImportBatch, ImportRow

from .models import PurgeRecord

CLOSED = 30
"""A closed district can be opened again until then."""
INVITED = 90
"""After an invitation was used, taken back or ran out."""
IMPORTED = 90
"""The file of an import, and its rows as read."""
SENT = 365
"""Address and text of a message that ended; that it went, and when, stays."""


@dataclass(frozen=True)
class Going:
    """What one rule finds: its line in words, and how it is deleted."""

    what: str
    delete: Callable[[], object]


class NotTheOwner(Exception):
    """The database's role does not own the tables."""


def find() -> list[Going]:
    """All that would go now, rule by rule."""
    with scopes_disabled():
        return [
            *_closed_districts(),
            *_letters_past_their_day(),
            *_imports(),
            *_invitations(),
            *_messages(),
            *_sessions(),
        ]


def purge() -> list[str]:
    """Delete it, each line in a transaction of its own. Raises NotTheOwner. Out: the lines."""
    must_be_owner()
    lines = []
    with scopes_disabled():
        for going in find():
            with transaction.atomic():
                going.delete()
                PurgeRecord.objects.create(at=clock.now(), what=going.what)
            lines.append(going.what)
    return lines


def must_be_owner() -> None:
    """Raise NotTheOwner unless our role owns the tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tableowner = current_user FROM pg_tables WHERE tablename = %s",
            [SignedLetter._meta.db_table],
        )
        if cursor.fetchone() != (True,):
            raise NotTheOwner


def _ago(days: int) -> datetime.datetime:
    return clock.now() - datetime.timedelta(days=days)


def _closed_districts() -> Iterator[Going]:
    for district in District.objects.filter(closed_at__lt=_ago(CLOSED)).order_by("pk"):
        rows = {model: _count(model, district) for model in tenant_models()}
        filled = [model for model, count in rows.items() if count]
        leaving = people_of(district).count()
        what = (
            f"{district.name} ({district.slug}), closed on {district.closed_at:%Y-%m-%d}:"
            f" {sum(rows.values())} rows of {len(filled)} tables, {rows[StoredFile]} files,"
            f" {leaving} people who were in no other district"
        )
        yield Going(what, partial(_delete_district, district))


def tenant_models() -> list[type[models.Model]]:
    """The tables whose rows belong to a district."""
    return [model for model in apps.get_models() if is_tenant(model)]


def _count(model: type[models.Model], district: District) -> int:
    return int(model._base_manager.filter(district=district).count())


def people_of(district: District) -> models.QuerySet[User]:
    """The people who are in this district and in no other."""
    here = Membership.objects.filter(district=district).values("user")
    elsewhere = Membership.objects.exclude(district=district).values("user")
    people: models.QuerySet[User] = User.objects.filter(pk__in=here).exclude(pk__in=elsewhere)
    return people


def _delete_district(district: District) -> None:
    leaving = list(people_of(district).values_list("pk", flat=True))
    tables = [model._meta.db_table for model in tenant_models()]
    with unguarded(tables), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}" WHERE district_id = %s', [district.pk])
    User.objects.filter(pk__in=leaving).delete()
    folder = Path(default_storage.path(str(district.pk)))
    district.delete()
    transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))


def _letters_past_their_day() -> Iterator[Going]:
    for district in District.objects.filter(closed_at=None).order_by("pk"):
        day = clock.today(district)
        past = SignedLetter.objects.filter(district=district, retain_until__lt=day).order_by("reference")
        references = list(past.values_list("reference", flat=True))
        if references:
            letters = Letter.objects.filter(pk__in=list(past.values_list("letter", flat=True)))
            names = ", ".join(references)
            what = f"{len(references)} letters of {district.name} kept until before {day}: {names}"
            yield Going(what, partial(_delete_letters, letters))


LETTER_TABLES = (BatchRow, ReplyLink, Look, Reply, LetterApproval, LetterEvent, SignedLetter, LetterNumber)
"""What hangs on a letter by a key, in the order in which it goes."""


def _delete_letters(letters: models.QuerySet[Letter]) -> None:
    """A letter with all that hangs on it. Mail, and what was done with it on Today, name it by its uid."""
    uids = list(letters.values_list("uid", flat=True))
    mail = Message.objects.filter(subject_uid__in=uids)
    batches = Batch.objects.filter(pk__in=list(letters.values_list("batch_row__batch", flat=True)))
    guarded = [*LETTER_TABLES, ReplyTakenBack, Letter, MessageEvent, Reminder, Message]
    with unguarded([model._meta.db_table for model in guarded]):
        for rows in (
            MessageEvent.objects.filter(message__in=mail),
            Reminder.objects.filter(message__in=mail),
            mail,
            HomeState.objects.filter(subject_uid__in=uids),
            ReplyTakenBack.objects.filter(reply__letter__in=letters),
            *(model.objects.filter(letter__in=letters) for model in LETTER_TABLES),
            Letter.objects.filter(uid__in=uids),
            batches.filter(rows=None),
        ):
            rows.delete()


def _imports() -> Iterator[Going]:
    before = _ago(IMPORTED)
    rows = ImportRow.objects.filter(batch__at__lt=before)
    files = StoredFile.objects.filter(kind=IMPORT, stored_at__lt=before)
    if rows.exists() or files.exists():
        what = f"{rows.count()} rows and {files.count()} files of imports older than {IMPORTED} days"
        yield Going(what, lambda: _delete_imports(rows, files))


def _delete_imports(rows: models.QuerySet[ImportRow], files: models.QuerySet[StoredFile]) -> None:
    rows.delete()
    paths = list(files.values_list("path", flat=True))
    keys = list(files.values_list("pk", flat=True))
    for holder in (ImportBatch, Job):
        holder.objects.filter(file__in=keys).update(file=None)
    StoredFile.objects.filter(pk__in=keys).delete()
    for path in paths:
        transaction.on_commit(partial(default_storage.delete, path))


def _invitations() -> Iterator[Going]:
    before = _ago(INVITED)
    ended = Invitation.objects.filter(
        Q(acted_at__lt=before) | Q(revoked_at__lt=before) | Q(expires_at__lt=before)
    )
    if count := ended.count():
        yield Going(f"{count} invitations that ended more than {INVITED} days ago", ended.delete)


def _messages() -> Iterator[Going]:
    old = Message.objects.filter(ended_at__lt=_ago(SENT)).exclude(to="", about="", body="")
    if count := old.count():
        what = f"address and text of {count} messages that ended more than {SENT} days ago"
        yield Going(what, lambda: _empty_messages(list(old.values_list("pk", flat=True))))


def _empty_messages(keys: list[int]) -> None:
    """The row stays: its key keeps a reminder from being written twice."""
    with unguarded([MessageEvent._meta.db_table]):
        MessageEvent.objects.filter(message__in=keys).exclude(detail="").update(detail="")
    Message.objects.filter(pk__in=keys).update(
        to="", to_name="", from_name="", reply_to="", about="", subject="", body="", detail=""
    )


def _sessions() -> Iterator[Going]:
    ended = Session.objects.filter(expire_date__lt=datetime.datetime.now(datetime.UTC))
    if count := ended.count():
        yield Going(f"{count} sessions that ran out", ended.delete)


@contextmanager
def unguarded(tables: list[str]) -> Iterator[None]:
    """Lift the triggers that keep rows as written, in this transaction alone; other writers wait."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '10s'")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        guarded = _guarded(cursor, tables)
        for table in guarded:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in guarded:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _guarded(cursor: Any, tables: list[str]) -> list[str]:
    cursor.execute(
        "SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE NOT tgisinternal AND relname = ANY(%s) ORDER BY relname",
        [tables],
    )
    return [name for (name,) in cursor.fetchall()]
