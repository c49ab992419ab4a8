"""A batch is signed: one act of the principal, then a job that signs each letter on their behalf.

Letters go in chunks: numbers are taken in one short transaction, the press prints while the next chunk is
taken, and what came out is frozen in another short transaction. So a worker that is killed leaves signed
letters, numbers that were taken, and letters that wait; whoever goes on finishes the numbers first, and takes
none for a letter that has one. Nothing is doubled, and nothing is missing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.attempts import Attempt, begin_job
from accounts.deputies import signs_for
from accounts.jobs import queue_job
from accounts.models import Job, Membership
from accounts.models.work import JobState
from accounts.versions import compare_and_set
from letters.batch_enums import BatchState
from letters.enums import State
from letters.models import Batch, Letter, LetterNumber
from letters.sheet import Sheet
from press.documents import PressUnavailable

from .errors import CannotPrint, NotTheSigner, NotThisState
from .signing import Finished, Made, finish_numbers, freeze_made, printed, to_print
from .taking import NotTaken, take_several

KIND = "letters"
CHUNK = 25  # letters for one connection to the press
UnderWay = tuple[Sequence[LetterNumber], Sequence[Sheet], Future[list[Made]]]
PRESSES = 2  # connections at a time: one for each core of a small machine


@transaction.atomic
def sign_batch(*, batch: Batch, version: int, by: Membership) -> Job:
    """Sign all letters of a batch: a job does it; again, where that has ended before all were signed.

    Raises NotTheSigner, NotThisState and ChangedMeanwhile.
    """
    if signs_for(by, batch.school_id, batch.signer_id) is None:
        raise NotTheSigner
    ended = batch.job is not None and batch.job.state not in JobState.open()
    if not (batch.state == BatchState.TO_SIGN or (batch.state == BatchState.SIGNING and ended)):
        raise NotThisState(batch.state)
    count = batch.rows.filter(letter__state=State.TO_SIGN).count()
    label = ngettext("Signing %(n)d letter", "Signing %(n)d letters", count) % {"n": count}
    job = queue_job(kind=KIND, label=label, by=by, args={"batch": str(batch.uid)})
    compare_and_set(batch, expected=version, state=BatchState.SIGNING, job=job)
    return job


def run_batch(*, job: Job) -> None:
    """The worker's part. What was signed stays signed, however the job ends."""
    attempt = begin_job(job=job)
    if attempt is None:
        return
    with attempt.at_work():
        batch = Batch.objects.select_related("school__district", "signer__user").get(job=job)
        principal = signs_for(job.started_by, batch.school_id, batch.signer_id)
        if principal is None:
            attempt.finish(error=_("Whoever signed may no longer sign for this school."))
            return
        work = _Work(batch, attempt, principal)
        work.sign_all()
        work.end()


class _Work:
    """One attempt at signing what of a batch is not signed yet."""

    def __init__(self, batch: Batch, attempt: Attempt, principal: Membership) -> None:
        self.batch, self.attempt, self.principal = batch, attempt, principal
        letters = Letter.objects.filter(batch_row__batch=batch)
        self.total = letters.count()
        self.keys = list(
            letters.filter(state=State.TO_SIGN).order_by("batch_row__n").values_list("pk", flat=True)
        )
        self.done = letters.exclude(state__in=(State.TO_SIGN, State.SIGNING)).count()
        self.not_signed: list[list[str]] = []
        self.again: list[LetterNumber] = []
        self.met: set[int] = set()  # numbers, by key, that this attempt took or found

    def sign_all(self) -> None:
        """Take, print and freeze, chunk after chunk. Raises Left once the job was cancelled; no number that
        was taken is left lying then."""
        under_way: deque[UnderWay] = deque()
        with ThreadPoolExecutor(PRESSES) as presses:
            try:
                for numbers in self._numbers():
                    sheets, documents = to_print(numbers)
                    under_way.append((numbers, sheets, presses.submit(printed, documents)))
                    if len(under_way) > PRESSES:
                        self._freeze(*under_way.popleft())
            finally:
                while under_way:
                    self._freeze(*under_way.popleft())
        for number in self.again:
            self._count(number, finish_numbers(numbers=[number])[0])

    def end(self) -> None:
        """Say that all is done, or for what somebody has to come back."""
        waiting = LetterNumber.objects.unfinished().filter(letter__batch_row__batch=self.batch).exists()
        if waiting:
            self.attempt.finish(
                error=_(
                    "The letters could not be printed just now. What was signed is kept; go on in a minute."
                )
            )
            return
        self.attempt.tell(self.done, self.total)
        with transaction.atomic():
            Batch.objects.filter(pk=self.batch.pk).update(state=BatchState.DONE)
            self.attempt.finish(outcome={"not_signed": self._left_unsigned()})

    def _left_unsigned(self) -> list[list[str]]:
        """What was not signed, without what another worker has signed since."""
        signed = Letter.objects.filter(batch_row__batch=self.batch, state=State.SIGNED)
        uids = {str(uid) for uid in signed.values_list("uid", flat=True)}
        return [one for one in self.not_signed if one[0] not in uids]

    def _numbers(self) -> Iterator[Sequence[LetterNumber]]:
        """First those that an earlier attempt took, then new ones; then what a worker took meanwhile that had
        only slept: it may leave them, or end them itself, and the first one counts."""
        yield from self._taken_by_others()
        for keys in _chunks(self.keys):
            self.attempt.tell(self.done, self.total)
            if numbers := self._take(keys):
                self.met |= {number.pk for number in numbers}
                yield numbers
        yield from self._taken_by_others()

    def _taken_by_others(self) -> Iterator[Sequence[LetterNumber]]:
        unfinished = LetterNumber.objects.unfinished().filter(letter__batch_row__batch=self.batch)
        taken = list(unfinished.exclude(pk__in=self.met).order_by("number"))
        self.met |= {number.pk for number in taken}
        for chunk in _chunks(taken):
            self.attempt.tell(self.done, self.total)
            yield chunk

    def _take(self, keys: Sequence[int]) -> list[LetterNumber]:
        rows = Letter.objects.filter(pk__in=keys, state=State.TO_SIGN).select_related("contact")
        letters = list(rows.order_by("batch_row__n"))
        for letter in letters:
            letter.school = self.batch.school
        by, send = self.attempt.job.started_by, self.batch.by_mail
        taken = take_several(letters, send=send, principal=self.principal, by=by)
        for letter, number in zip(letters, taken, strict=True):
            if not isinstance(number, LetterNumber):
                self._not_signed(letter.uid, number)
        return [number for number in taken if isinstance(number, LetterNumber)]

    def _freeze(
        self, numbers: Sequence[LetterNumber], sheets: Sequence[Sheet], printing: Future[list[Made]]
    ) -> None:
        for number, finished in zip(numbers, freeze_made(numbers, sheets, printing.result()), strict=True):
            if isinstance(finished, PressUnavailable):
                self.again.append(number)
            else:
                self._count(number, finished)

    def _count(self, number: LetterNumber, finished: Finished) -> None:
        if isinstance(finished, PressUnavailable):
            return
        if isinstance(finished, CannotPrint):
            self._not_signed(number.letter.uid, finished)
            return
        self.done += 1

    def _not_signed(self, uid: object, why: NotTaken | CannotPrint) -> None:
        words = why.why if isinstance(why, CannotPrint) else str(why) or _("Somebody changed it meanwhile.")
        self.not_signed.append([str(uid), words])
        self.done += 1


def _chunks(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (rows[place : place + CHUNK] for place in range(0, len(rows), CHUNK))
