"""The writes for files and tasks; those for jobs are in jobs.py."""

from __future__ import annotations

import datetime
import hashlib
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from . import clock
from .models import Membership, StoredFile, Task
from .models.work import TaskKind

_after_done: dict[str, Callable[[uuid.UUID], None]] = {}


def after_done(subject_kind: str, tell: Callable[[uuid.UUID], None]) -> None:
    """Have an upper floor told, by the uid of its thing, when a task about such a thing is done."""
    _after_done[subject_kind] = tell


def store_file(
    *,
    name: str,
    kind: str,
    media_type: str,
    content: bytes,
    by: Membership | None,
    district_id: int | None = None,
) -> StoredFile:
    """Keep bytes under a random path with their SHA-256; `district_id` where they come from none of us."""
    uid, district_id = uuid.uuid4(), by.district_id if by else district_id
    path = default_storage.save(f"{district_id}/{uid}", ContentFile(content))
    stored: StoredFile = StoredFile.objects.create(
        district_id=district_id,
        uid=uid,
        name=name[:255],
        kind=kind,
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        path=path,
        stored_at=clock.now(),
        stored_by=by,
    )
    return stored


def read_file(file: StoredFile) -> bytes:
    """The bytes of a stored file."""
    with default_storage.open(file.path, "rb") as opened:
        return bytes(opened.read())


def planned_task(
    *,
    kind: TaskKind,
    title: str,
    owner: Membership | None,
    due_on: datetime.date | None,
    by: Membership,
    subject_kind: str = "",
    subject_uid: uuid.UUID | None = None,
    owner_text: str = "",
) -> Task:
    """One more thing to do, for one of us or for somebody named in words; not saved."""
    return Task(
        district_id=by.district_id,
        kind=kind,
        title=title[:200],
        owner=owner,
        owner_text=owner_text,
        due_on=due_on,
        subject_kind=subject_kind,
        subject_uid=subject_uid,
        created_by=by,
        created_at=clock.now(),
    )


def add_task(**planned: Any) -> Task:
    """Save a `planned_task`."""
    task = planned_task(**planned)
    task.save(force_insert=True)
    return task


def add_tasks(tasks: Iterable[Task]) -> None:
    """Save several at once."""
    Task.objects.bulk_create(tasks)


@transaction.atomic
def complete_task(*, task: Task, by: Membership, at: datetime.datetime | None = None) -> bool:
    """Mark a task done, now or when it was; False where that was known already."""
    done: int = Task.objects.filter(pk=task.pk, done_at=None).update(done_at=at or clock.now(), done_by=by)
    if done and task.subject_uid and (tell := _after_done.get(task.subject_kind)):
        tell(task.subject_uid)
    return done == 1
