"""Letters to many, up to their signature: a batch is begun, mended, handed in, sent back, cancelled."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts import clock
from accounts.models import Membership, School
from accounts.queries import signers_of
from accounts.versions import compare_and_set
from letters.batch_enums import Against, BatchLanguage, BatchState
from letters.enums import EventKind, GoesBy, State
from letters.models import Batch, BatchRow, Letter, LetterEvent
from letters.rules import writes
from partners.models import Contact, Partner
from partners.services import start_partnership

from .batch_checks import BatchCheck, RowCheck, check_batch
from .errors import ListChanged, NothingToSign, NotThisState, ReasonMissing
from .writing import check_length, make_proof

MOST = 400  # partners of one batch: as many as a page of them can be sent back with


@dataclass(frozen=True)
class RowChoice:
    """What was chosen for one row of the table: to whom, left out or not, and what mends it."""

    left_out: bool = False
    write_despite: bool = False
    result: str = ""
    contact_id: int | None = None


@transaction.atomic
def start_batch(
    *,
    school: School,
    kind: str,
    partners: Sequence[int],
    by: Membership,
    language: str = BatchLanguage.OWN,
    by_mail: bool = True,
    reason: str = "",
) -> Batch:
    """Begin a batch to the partners with these keys. Nothing is written to anybody yet.

    Raises ValueError where letters of this school are not theirs to write, or for more than MOST partners.
    """
    found = list(
        Partner.objects.filter(pk__in=partners, district=by.district_id).values_list("pk", flat=True)
    )
    if not writes(by, Batch(school=school)) or not 0 < len(found) <= MOST:
        raise ValueError("A batch is of one's own school, and to some partners, but not to too many.")
    batch: Batch = Batch.objects.create(
        district_id=by.district_id,
        school=school,
        kind=kind,
        language=language,
        by_mail=by_mail,
        reason=reason.strip(),
        by=by,
        created_at=clock.now(),
    )
    BatchRow.objects.bulk_create(
        BatchRow(district_id=by.district_id, batch=batch, partner_id=key) for key in found
    )
    return batch


@transaction.atomic
def mend_batch(
    *,
    batch: Batch,
    version: int,
    choices: Mapping[int, RowChoice],
    by: Membership,
    reason: str = "",
    by_mail: bool = True,
) -> None:
    """Keep what was chosen for rows, by their keys, and for all. Raises NotThisState, ChangedMeanwhile."""
    _expect(batch, BatchState.PREPARING)
    compare_and_set(batch, expected=version, reason=reason.strip(), by_mail=by_mail)
    rows = list(batch.rows.filter(pk__in=choices, letter=None))
    asked = [choice.contact_id for choice in choices.values() if choice.contact_id]
    known = set(Contact.objects.filter(pk__in=asked).values_list("pk", flat=True))
    for row in rows:
        chosen = choices[row.pk]
        row.left_out = Against.BY_HAND if chosen.left_out else ""
        row.write_despite, row.result = chosen.write_despite, chosen.result.strip()
        row.contact_id = chosen.contact_id if chosen.contact_id in known else row.contact_id
    BatchRow.objects.bulk_update(rows, ["left_out", "write_despite", "result", "contact"])


def hand_in_batch(*, batch: Batch, version: int, shown: int, by: Membership) -> int:
    """Write the letters that can be written, and put them before their signer; out: how many.

    `shown` is how many the page said. What would still go wrong is left out, with its reason. Raises
    NothingToSign, ListChanged, NotThisState, ChangedMeanwhile; LetterTooLong and CannotPrint where the
    longest letter of a language cannot be printed on a page.
    """
    _expect(batch, BatchState.PREPARING)
    check = check_batch(batch)
    ready = check.ready
    signer = next(iter(signers_of(batch.school_id, by.district)), None)
    if not ready or signer is None:
        raise NothingToSign
    if len(ready) != shown:
        raise ListChanged
    for sheet in check.longest:
        check_length(make_proof(sheet), two_pages=False)
    with transaction.atomic():
        now = clock.now()
        compare_and_set(
            batch, expected=version, state=BatchState.TO_SIGN, signer=signer, handed_in_at=now, note=""
        )
        _write(batch, ready, now, by)
        _leave_out(check)
    return len(ready)


@transaction.atomic
def send_back_batch(*, batch: Batch, version: int, note: str, by: Membership) -> None:
    """Give a batch back to those who prepared it. Raises ReasonMissing, NotThisState, ChangedMeanwhile."""
    if not note.strip():
        raise ReasonMissing
    _expect(batch, BatchState.TO_SIGN)
    compare_and_set(batch, expected=version, state=BatchState.PREPARING, note=note.strip()[:500])
    _discard_letters(batch, by, EventKind.SENT_BACK, note)


@transaction.atomic
def cancel_batch(*, batch: Batch, version: int, by: Membership) -> None:
    """Give a batch up before it is signed. Raises NotThisState and ChangedMeanwhile."""
    _expect(batch, BatchState.PREPARING, BatchState.TO_SIGN)
    compare_and_set(batch, expected=version, state=BatchState.CANCELLED)
    _discard_letters(batch, by)


def _write(batch: Batch, ready: list[RowCheck], now: datetime.datetime, by: Membership) -> None:
    """The letters, each to_sign, and their rows in the order of the envelopes."""
    after = batch.rows.filter(letter__isnull=False).count()  # those of an earlier time that were signed
    letters = []
    for check in ready:
        letter = check.letter
        assert letter is not None  # a row without one is not ready
        if check.partnership._state.adding:
            letter.partnership = start_partnership(partner=check.partner, school=batch.school, by=by)
        letter.state, letter.signer, letter.handed_in_at = State.TO_SIGN, batch.signer, now
        letter.goes_by = GoesBy.EMAIL if batch.by_mail and letter.contact.email else GoesBy.PRINT
        letters.append(letter)
    Letter.objects.bulk_create(letters)
    LetterEvent.objects.bulk_create(
        LetterEvent(
            district_id=batch.district_id,
            letter=letter,
            kind=EventKind.HANDED_IN,
            at=now,
            by=by,
        )
        for letter in letters
    )
    rows = []
    for n, (check, letter) in enumerate(zip(ready, letters, strict=True), after + 1):
        check.row.n, check.row.letter, check.row.contact = n, letter, check.contact
        rows.append(check.row)
    BatchRow.objects.bulk_update(rows, ["n", "letter", "contact"])


def _leave_out(check: BatchCheck) -> None:
    rows = [wrong.row for wrong in check.wrong]
    for wrong in check.wrong:
        wrong.row.left_out = wrong.against[0]
    BatchRow.objects.bulk_update(rows, ["left_out"])


def _discard_letters(batch: Batch, by: Membership, kind: EventKind | None = None, note: str = "") -> None:
    """Take back the letters that nobody signed; what was left out is looked at anew."""
    waiting = Letter.objects.filter(batch_row__batch=batch, state=State.TO_SIGN)
    keys, now = list(waiting.values_list("pk", flat=True)), clock.now()
    changes: dict[str, Any] = {"state": State.DISCARDED, "handed_in_at": None, "changed_at": now}
    Letter.objects.filter(pk__in=keys, state=State.TO_SIGN).update(version=F("version") + 1, **changes)
    if kind is not None:
        LetterEvent.objects.bulk_create(
            LetterEvent(
                district_id=batch.district_id,
                letter_id=key,
                kind=kind,
                at=now,
                by=by,
                reason=note.strip()[:500],
            )
            for key in keys
        )
    batch.rows.filter(letter__in=keys).update(letter=None, n=None)
    batch.rows.exclude(left_out=Against.BY_HAND).update(left_out="")


def _expect(batch: Batch, *states: BatchState) -> None:
    if batch.state not in states:
        raise NotThisState(batch.state)
