"""Files of a decision: added to its question, or as what shows that answers were given; and taken away."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction

from accounts import clock
from accounts.models import Membership, StoredFile
from accounts.work import store_file
from decisions.facts import ERASED_FILE
from decisions.models import Attachment, Decision, Event, Evidence, Sealed
from decisions.register import Sealer, append
from partners.uploads import Upload

from .errors import FilesFull
from .while_open import hold_open

DECISION_FILE = "decision"
MOST_FILES = 10
"""How many files one question takes: each is up to 10 MB, and whoever answers should read them."""


@dataclass(frozen=True)
class Shown:
    """What shows that answers were given: a text, such as a reply that was pasted, or a file, or both."""

    text: str = ""
    upload: Upload | None = None

    def __bool__(self) -> bool:
        return bool(self.text.strip() or self.upload)


@transaction.atomic
def attach_file(*, decision: Decision, upload: Upload, by: Membership) -> Attachment:
    """Add a file to an open question: its SHA-256 goes into the register, its name is sealed there.

    Raises AlreadyClosed, AnswersEnded, FilesFull.
    """
    hold_open(decision)
    if decision.attachments.exclude(sealed__person=None).count() >= MOST_FILES:
        raise FilesFull
    added = Attachment(district_id=decision.district_id, decision=decision, added_by=by, at=clock.now())
    added.file = _kept(upload, by)
    sealer = Sealer()
    digest = sealer.digest(file=added.file.name)
    event = append(
        district_id=decision.district_id,
        decision_uid=decision.uid,
        kind="attached",
        at=added.at,
        fields={
            "file": str(added.uid),
            "sha256": added.file.sha256,
            "sealed": digest,
            "by": sealer.name("added_by", by),
        },
        sealer=sealer,
    )
    added.sealed = Sealed.objects.get(event=event, digest=digest)
    added.save(force_insert=True)
    return added


def begin_evidence(
    shown: Shown, decision: Decision, by: Membership, sealer: Sealer
) -> tuple[Evidence, dict[str, Any]]:
    """What shows answers, not saved yet, and what their entry in the register says of it."""
    begun = Evidence(district_id=decision.district_id, decision=decision, recorded_by=by)
    begun.file = _kept(shown.upload, by) if shown.upload else None
    texts: dict[str, Any] = {"evidence": shown.text.strip()}
    fields = {"evidence": str(begun.uid)}
    if begun.file:
        texts["file"], fields["sha256"] = begun.file.name, begun.file.sha256
    return begun, fields | {"shown": sealer.digest(**texts)}


def keep_evidence(begun: Evidence, digest: str, event: Event) -> None:
    """Save what shows the answers of an entry, beside which its text is sealed."""
    begun.sealed = Sealed.objects.get(event=event, digest=digest)
    begun.save(force_insert=True)


def take_file_away(sealed: Sealed) -> None:
    """A file whose name is erased goes, too: its bytes when the transaction ends, its name at once."""
    holder = Attachment.objects.filter(sealed=sealed).first() or Evidence.objects.get(sealed=sealed)
    path = holder.file.path
    StoredFile.objects.filter(pk=holder.file_id).update(name=ERASED_FILE, path="")
    transaction.on_commit(partial(default_storage.delete, path))


def _kept(upload: Upload, by: Membership) -> StoredFile:
    return store_file(
        name=upload.name,
        kind=DECISION_FILE,
        media_type=upload.media_type,
        content=upload.content,
        by=by,
    )
