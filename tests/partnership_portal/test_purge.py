"""The purge: what goes, what stays, who may, and the line that it leaves."""

import datetime
import os
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
import time_machine
from django.apps import apps
from django.conf import settings as portal_settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django_scopes import scope, scopes_disabled
from psycopg2 import errors

from accounts.models import District, Invitation, Job, Membership, StoredFile, User
from accounts.roles import Role
from accounts.services import invite
from accounts.work import store_file
from letters.models import Letter, LetterApproval, LetterEvent, Reply
from letters.services import take_reply_back
from outreach.enums import State
from outreach.models import HomeState, Message, MessageEvent, Reminder
from partners.models import ImportBatch, ImportRow
from partnership_portal import purging
from partnership_portal.models import PurgeRecord
from tests.conftest import Cast
from tests.outreach.factories import a_letter, a_message, keep_as_signed

NOW = datetime.datetime(2034, 1, 15, 16, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def january() -> Iterator[None]:
    """January 15, 2034: two months after the letters of November 10, 2026 had their seven years."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    """Uploads in a folder of the test's own."""
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    return tmp_path


def purge_says(*words: str) -> list[str]:
    out = StringIO()
    call_command("purge", *words, stdout=out)
    return out.getvalue().splitlines()


def counts() -> dict[str, int]:
    """How many rows each table holds, where it holds any; without what the purge writes itself."""
    with scopes_disabled():
        tables = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
        found = {model.__name__: model._base_manager.count() for model in tables}
    return {name: count for name, count in found.items() if count and name != "PurgeRecord"}


def test_nothing_to_do_is_said(cast: Cast) -> None:
    assert purge_says() == ["Nothing has had its time."]
    assert purge_says("--delete") == ["Nothing has had its time."]


def test_without_delete_it_only_shows(cast: Cast) -> None:
    keep_as_signed(a_letter(cast.quillback, cast.principal))
    before = counts()
    assert purge_says() == [
        "would go: 1 letters of Larkmoor School District kept until before 2034-01-15: QMS-2627-014",
        "To delete it: ./portal manage purge --delete",
    ]
    assert counts() == before
    assert PurgeRecord.objects.count() == 0


def test_a_letter_past_its_day_goes_with_all_that_hangs_on_it(cast: Cast) -> None:
    before = counts()
    letter = a_letter(cast.quillback, cast.principal)
    stays = a_letter(cast.quillback, cast.principal, partner="Harrow Lane Clinic", number=15, replaces=letter)
    signed = keep_as_signed(letter)
    common = {"district": cast.larkmoor, "letter": letter, "at": NOW}
    LetterEvent.objects.create(kind="signed", by=cast.principal, **common)
    mistake = Reply.objects.create(answer="yes", source="phone", by=cast.coordinator, **common)
    take_reply_back(reply=mistake, by=cast.coordinator)
    LetterApproval.objects.create(text={}, by=cast.staff, **common)
    message = a_message(cast.larkmoor, subject_uid=letter.uid)
    MessageEvent.objects.create(district=cast.larkmoor, message=message, at=NOW, state=State.QUEUED)
    Reminder.objects.create(
        district=cast.larkmoor,
        kind="letter_no_reply",
        subject_uid=letter.uid,
        recipient_uid=cast.principal.uid,
        occurrence="2026-11-20",
        message=message,
    )
    HomeState.objects.create(
        district=cast.larkmoor,
        membership=cast.principal,
        kind="letter_no_reply",
        subject_uid=letter.uid,
        done_at=NOW,
    )
    assert signed.retain_until < NOW.date()

    assert purge_says("--delete") == [
        "deleted: 1 letters of Larkmoor School District kept until before 2034-01-15: QMS-2627-014"
    ]
    gone = {"Letter", "SignedLetter", "LetterNumber", "LetterApproval", "LetterEvent", "Reply"}
    gone |= {"ReplyTakenBack", "ReplyLink", "Message", "MessageEvent", "Reminder", "HomeState"}
    assert {name: count for name, count in counts().items() if name in gone} == {"Letter": 1}
    assert (Letter.objects.get(), Letter.objects.get().replaces) == (stays, None)
    assert {name: count for name, count in before.items() if counts().get(name, 0) < count} == {}
    assert [record.what for record in PurgeRecord.objects.all()] == [
        "1 letters of Larkmoor School District kept until before 2034-01-15: QMS-2627-014"
    ]


def test_on_its_last_day_a_letter_is_still_kept(cast: Cast) -> None:
    signed = keep_as_signed(a_letter(cast.quillback, cast.principal))
    last = datetime.datetime.combine(signed.retain_until, datetime.time(18), datetime.UTC)
    with time_machine.travel(last, tick=False):
        assert purge_says() == ["Nothing has had its time."]
    with time_machine.travel(last + DAY, tick=False):
        assert len(purge_says()) == 2


def test_every_table_that_hangs_on_a_letter_is_known() -> None:
    hangs = {
        relation.related_model
        for relation in Letter._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete
    }
    assert hangs == {*purging.LETTER_TABLES, Letter}, "a letter that took another's place stays"


def test_kept_rows_are_guarded_again_afterwards(cast: Cast) -> None:
    letter = a_letter(cast.quillback, cast.principal)
    keep_as_signed(letter)
    event = {"district": cast.larkmoor, "kind": "signed", "at": NOW, "by": cast.principal}
    LetterEvent.objects.create(letter=letter, **event)
    purge_says("--delete")
    kept = a_letter(cast.quillback, cast.principal, partner="Harrow Lane Clinic", number=15)
    LetterEvent.objects.create(letter=kept, **event)
    for change in (LetterEvent.objects.all().delete, lambda: PurgeRecord.objects.update(what="")):
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            change()
        assert isinstance(refused.value.__cause__, errors.RestrictViolation)


def close(district: District, days_ago: int) -> None:
    District.objects.filter(pk=district.pk).update(closed_at=NOW - days_ago * DAY)


def test_a_closed_district_goes_whole_and_no_other(cast: Cast, files: Path) -> None:
    with scope(district=cast.brightmere):
        upload = store_file(
            name="list.zip",
            kind="other",
            media_type="application/zip",
            content=b"x",
            by=cast.brightmere_staff,
        )
        keep_as_signed(a_letter(cast.brightmere_school, cast.brightmere_principal))
        a_message(cast.brightmere)
    both = cast.brightmere_staff.user
    with scopes_disabled():
        Membership.objects.create(
            district=cast.larkmoor, user=both, role=Role.VIEWER, whole_district=True, since=NOW.date()
        )
    other = a_letter(cast.quillback, cast.principal, partner="Harrow Lane Clinic")
    with scopes_disabled():
        rest = {
            model: model._base_manager.filter(district=cast.larkmoor).count()
            for model in purging.tenant_models()
        }
        tables = sum(1 for m in rest if m._base_manager.filter(district=cast.brightmere).exists())
        rows = sum(m._base_manager.filter(district=cast.brightmere).count() for m in rest)
    close(cast.brightmere, 31)

    line = (
        f"Brightmere Schools (brightmere), closed on 2033-12-15: {rows} rows of {tables} tables, 1 files,"
        " 1 people who were in no other district"
    )
    with scopes_disabled():
        assert purging.purge() == [line]
        assert [
            model.__name__
            for model in purging.tenant_models()
            if model._base_manager.filter(district=cast.brightmere.pk).exists()
        ] == []
        assert {
            model: model._base_manager.filter(district=cast.larkmoor).count()
            for model in purging.tenant_models()
        } == rest
    assert list(District.objects.values_list("slug", flat=True)) == ["larkmoor"]
    assert User.objects.filter(pk=both.pk).exists()
    assert not User.objects.filter(pk=cast.brightmere_principal.user_id).exists()
    assert Letter.objects.get() == other
    assert PurgeRecord.objects.get().what == line
    assert upload.size == 1


@pytest.mark.django_db(transaction=True)
def test_the_files_of_a_closed_district_go_after_its_rows(committed_cast: Cast, files: Path) -> None:
    with scope(district=committed_cast.brightmere):
        store_file(name="a", kind="other", media_type="", content=b"x", by=committed_cast.brightmere_staff)
    kept = store_file(name="b", kind="other", media_type="", content=b"y", by=committed_cast.staff)
    close(committed_cast.brightmere, 31)
    purging.purge()
    left = [str(path.relative_to(files)) for path in files.rglob("*") if path.is_file()]
    assert left == [kept.path]


def test_a_closed_district_stays_for_thirty_days(cast: Cast) -> None:
    close(cast.brightmere, 30)
    assert purging.find() == []


def test_a_district_that_was_just_closed_can_be_opened_again(cast: Cast) -> None:
    call_command("close_district", "brightmere")
    assert purge_says() == ["Nothing has had its time."]
    call_command("close_district", "brightmere", "--reopen")
    assert District.objects.filter(closed_at=None).count() == 2


def test_what_has_expired(cast: Cast, files: Path) -> None:
    ended = invite(
        district=cast.larkmoor, email="a@x.example", role=Role.VIEWER, schools=[cast.quillback], by=cast.staff
    )
    fresh = invite(
        district=cast.larkmoor, email="b@x.example", role=Role.VIEWER, schools=[cast.quillback], by=cast.staff
    )
    Invitation.objects.filter(pk=ended.pk).update(expires_at=NOW - 91 * DAY)
    Invitation.objects.filter(pk=fresh.pk).update(expires_at=NOW - 89 * DAY)
    file = store_file(
        name="list.zip", kind="import", media_type="application/zip", content=b"x", by=cast.staff
    )
    StoredFile.objects.update(stored_at=NOW - 91 * DAY)
    job = Job.objects.create(
        district=cast.larkmoor,
        kind="import",
        label="x",
        started_by=cast.staff,
        file=file,
        created_at=NOW,
        queued_at=NOW,
    )
    batch = ImportBatch.objects.create(
        district=cast.larkmoor, source="211", kind="hsds", at=NOW - 91 * DAY, file=file, job=job
    )
    ImportRow.objects.create(
        district=cast.larkmoor, batch=batch, file_name="a.csv", row=2, state="added", raw={"name": "x"}
    )
    old = a_message(cast.larkmoor, state=State.SENT, ended_at=NOW - 366 * DAY)
    a_message(cast.larkmoor, 2, state=State.SENT, ended_at=NOW - 364 * DAY)
    gone = {"state": State.SKIPPED, "reason": "no_address", "to": "", "body": "", "ended_at": NOW - 366 * DAY}
    nowhere = a_message(cast.larkmoor, 3, **gone)
    MessageEvent.objects.create(
        district=cast.larkmoor, message=old, at=NOW, state=State.SENT, detail="250 person1@partner.example"
    )

    assert purge_says("--delete") == [
        "deleted: 1 rows and 1 files of imports older than 90 days",
        "deleted: 1 invitations that ended more than 90 days ago",
        "deleted: address and text of 2 messages that ended more than 365 days ago",
    ]
    assert Invitation.objects.get().email == "b@x.example"
    assert (StoredFile.objects.count(), ImportRow.objects.count(), ImportBatch.objects.get().file) == (
        0,
        0,
        None,
    )
    old.refresh_from_db()
    assert (old.to, old.body, old.subject, old.key) == ("", "", "", "notice:1")
    nowhere.refresh_from_db()
    assert (nowhere.subject, nowhere.to_name) == ("", "")
    assert MessageEvent.objects.get().detail == ""
    assert Message.objects.exclude(to="").get().to == "person2@partner.example"
    assert purge_says() == ["Nothing has had its time."]


def test_the_applications_role_may_not(cast: Cast, as_application: Any) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        as_application.execute("ALTER TABLE letters_signedletter DISABLE TRIGGER USER")
    with pytest.raises(errors.InsufficientPrivilege):
        as_application.execute("DELETE FROM letters_signedletter")


def test_the_command_as_the_applications_role_says_who_may(db: None) -> None:
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    url = urlunsplit(parts._replace(path=f"{parts.path.rpartition('/')[0]}/{name}"))
    done = subprocess.run(
        [sys.executable, "manage.py", "purge", "--delete"],
        cwd=portal_settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": url, "PORTAL_DB_ROLE": "application"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr == (
        "CommandError: Only the owner of the tables may delete these. Run: ./portal manage purge --delete\n"
    )
