"""The signature: it takes number and code and fixes the values, prints without a lock, and freezes.

1. One short transaction sets the letter to "signing" by compare-and-set, takes the school's next number and
keeps everything that will stand on the sheet in LetterNumber (taking.py).
2. The press makes the PDF; no transaction is open and no row is locked.
3. Another short transaction keeps the bytes with their SHA-256, by compare-and-set on the letter's state
(freezing.py).
What is caught between 1 and 3 is finished by the sweep once the press is back, or voided with a reason: no
number is unexplained. Each step is for several letters, of which one is the ordinary case.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TypeGuard

from django.db.models import F

from accounts import clock
from accounts.deputies import signs_for
from accounts.models import Membership
from letters import refusals
from letters.enums import State
from letters.models import Letter, LetterNumber, SignedLetter
from letters.picture_queries import bytes_of
from letters.sheet import Sheet, document
from press import client
from press.documents import Document, Pdf, PressUnavailable, Reason, Refusal

from .errors import CannotPrint, NotTheSigner, NotThisState, SignatureWaits
from .freezing import Printed, freeze_several, frozen_by_others, void
from .taking import take

GRACE = datetime.timedelta(seconds=60)  # how long a signature may be under way before the sweep takes it up
MOST_TRIES = 5  # how often the press may stop over one letter before its number is given up

Made = Pdf | Refusal | PressUnavailable
Finished = SignedLetter | CannotPrint | PressUnavailable


def sign_letter(
    *, letter: Letter, version: int, by: Membership, send: bool = True, two_pages: bool = False
) -> SignedLetter:
    """Sign a letter: out comes what was frozen. With `send`, its mail is wanted where it goes by
    e-mail; the stage moves on once it has gone out.

    A principal, or their deputy for them, signs a letter handed in or a draft. A draft on two pages needs
    `two_pages`; of one handed in, who prepared it has said so. Raises NotTheSigner, NotThisState,
    ContactGone, LetterIncomplete, NeedsApproval, LetterTooLong, ChangedMeanwhile; CannotPrint when the press
    refuses it (its number is voided, the letter waits as before); SignatureWaits when the press does not
    answer, or stops (the sweep finishes it).
    """
    principal = signs_for(by, letter.school_id, letter.signer_id)
    if principal is None:
        raise NotTheSigner
    if letter.state not in (State.DRAFT, State.TO_SIGN):
        raise NotThisState(letter.state)
    number = take(letter, version=version, send=send, principal=principal, by=by, two_pages=two_pages)
    try:
        return finish_number(number=number)
    except PressUnavailable as away:
        raise SignatureWaits(number.reference) from away


def finish_number(*, number: LetterNumber) -> SignedLetter:
    """Steps 2 and 3 for one number that was taken.

    Raises PressUnavailable (the number waits for the press) and CannotPrint (the number was voided).
    """
    [finished] = finish_numbers(numbers=[number])
    if isinstance(finished, SignedLetter):
        return finished
    raise finished


def finish_numbers(*, numbers: Sequence[LetterNumber]) -> list[Finished]:
    """Steps 2 and 3 for numbers that were taken: print and freeze. Can be repeated; the first one counts.

    Out, for each: what was frozen; CannotPrint where its number was voided; or PressUnavailable where it
    waits for the press.
    """
    sheets, documents = to_print(numbers)
    return freeze_made(numbers, sheets, printed(documents))


def to_print(numbers: Sequence[LetterNumber]) -> tuple[list[Sheet], list[Document]]:
    """Each number's sheet, and what the press gets of it, with the bytes of its pictures."""
    sheets = [Sheet(**number.fixed["sheet"]) for number in numbers]
    pictures = bytes_of(sheets)
    return sheets, [document(sheet, held) for sheet, held in zip(sheets, pictures, strict=True)]


def printed(documents: Sequence[Document]) -> list[Made]:
    """Step 2: what the press makes of each. No table is touched, so that another thread may do it."""
    try:
        return [*client.render(documents)]
    except PressUnavailable as away:
        return [*away.answers, *[away] * (len(documents) - len(away.answers))]


def freeze_made(
    numbers: Sequence[LetterNumber], sheets: Sequence[Sheet], made: Sequence[Made]
) -> list[Finished]:
    """Step 3 for what the press made: those that came out are frozen together, each other one is refused."""
    each = list(zip(numbers, sheets, made, strict=True))
    good = [Printed(number, sheet, pdf) for number, sheet, pdf in each if _fits(pdf, number)]
    frozen = freeze_several(good)
    return [frozen[number.pk] if number.pk in frozen else _refuse(number, one) for number, _, one in each]


def unfinished_numbers(*, before: datetime.datetime | None = None) -> list[LetterNumber]:
    """Numbers that were taken over a minute ago and are neither frozen nor voided: work for the sweep.

    Those over which the press stopped come last, so that none of them holds the others up.
    """
    late = LetterNumber.objects.unfinished().filter(taken_at__lt=before or clock.now() - GRACE)
    return list(late.select_related("letter", "by__user", "by__district").order_by("tries", "taken_at", "pk"))


def _fits(made: Made, number: LetterNumber) -> TypeGuard[Pdf]:
    """Whether it came out, on no more pages than it may take."""
    return isinstance(made, Pdf) and made.pages <= number.fixed.get("pages", 1)


def _refuse(number: LetterNumber, made: Made) -> Finished:
    """What becomes of a number that did not come out."""
    if isinstance(made, PressUnavailable):
        return made
    if isinstance(made, Pdf):
        return _give_up(number, refusals.kept_length(made.pages), pages=made.pages)
    if made.reason is Reason.STOPPED and _may_try_again(number):
        return PressUnavailable(made.words)
    return _give_up(number, refusals.kept(made))


def _give_up(number: LetterNumber, reason: str, **counted: int) -> Finished:
    return CannotPrint(reason) if void(number, reason, **counted) else frozen_by_others(number)


def _may_try_again(number: LetterNumber) -> bool:
    """Count a try over which the press stopped; false once there were enough, or where the number has ended.

    The press may have been restarted; only a letter that stops it every time is what is wrong.
    """
    waiting = LetterNumber.objects.unfinished().filter(pk=number.pk)
    waiting.update(tries=F("tries") + 1)
    return bool(waiting.filter(tries__lt=MOST_TRIES).exists())
