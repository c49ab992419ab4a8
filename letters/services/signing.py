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
from letters.sheet import Sheet, document
from press import client
from press.documents import Pdf, PressUnavailable, Reason, Refusal

from .errors import CannotPrint, NotTheSigner, NotThisState, SignatureWaits
from .freezing import Printed, freeze_several, frozen_by_others, void
from .taking import take

GRACE = datetime.timedelta(seconds=60)  # how long a signature may be under way before the sweep takes it up
MOST_TRIES = 5  # how often the press may stop over one letter before its number is given up
TOO_LONG = Refusal(Reason.TOO_LARGE, "The letter is longer than a page.")

Finished = SignedLetter | CannotPrint | PressUnavailable


def sign_letter(*, letter: Letter, version: int, by: Membership, send: bool = True) -> SignedLetter:
    """Sign a letter: out comes what was frozen. With `send`, its mail is wanted where it goes by
    e-mail; the stage moves on once it has gone out.

    A principal, or their deputy for them, signs a letter handed in or a draft. Raises NotTheSigner,
    NotThisState, ContactGone, LetterIncomplete, NeedsApproval, ChangedMeanwhile; CannotPrint when the press
    refuses it (its number is voided, the letter waits as before); SignatureWaits when the press does not
    answer, or stops (the sweep finishes it).
    """
    principal = signs_for(by, letter.school_id, letter.signer_id)
    if principal is None:
        raise NotTheSigner
    if letter.state not in (State.DRAFT, State.TO_SIGN):
        raise NotThisState(letter.state)
    number = take(letter, version=version, send=send, principal=principal, by=by)
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
    return freeze_made(numbers, *print_numbers(numbers))


def print_numbers(
    numbers: Sequence[LetterNumber],
) -> tuple[list[Sheet], list[Pdf | Refusal | PressUnavailable]]:
    """Step 2: each number's sheet and what the press made of it. No table is touched."""
    sheets = [Sheet(**number.fixed["sheet"]) for number in numbers]
    made: list[Pdf | Refusal | PressUnavailable]
    try:
        made = [*client.render([document(sheet) for sheet in sheets])]
    except PressUnavailable as away:
        made = [*away.answers, *[away] * (len(sheets) - len(away.answers))]
    return sheets, made


def freeze_made(
    numbers: Sequence[LetterNumber],
    sheets: Sequence[Sheet],
    made: Sequence[Pdf | Refusal | PressUnavailable],
) -> list[Finished]:
    """Step 3 for what the press made: those that came out are frozen together, each other one is refused."""
    each = list(zip(numbers, sheets, made, strict=True))
    good = [Printed(number, sheet, pdf) for number, sheet, pdf in each if _is_a_page(pdf)]
    frozen = freeze_several(good)
    return [frozen[number.pk] if number.pk in frozen else _refuse(number, one) for number, _, one in each]


def unfinished_numbers(*, before: datetime.datetime | None = None) -> list[LetterNumber]:
    """Numbers that were taken over a minute ago and are neither frozen nor voided: work for the sweep.

    Those over which the press stopped come last, so that none of them holds the others up.
    """
    late = LetterNumber.objects.unfinished().filter(taken_at__lt=before or clock.now() - GRACE)
    return list(late.select_related("letter", "by__user", "by__district").order_by("tries", "taken_at", "pk"))


def _is_a_page(made: object) -> TypeGuard[Pdf]:
    return isinstance(made, Pdf) and made.pages == 1


def _refuse(number: LetterNumber, made: Pdf | Refusal | PressUnavailable) -> Finished:
    """What becomes of a number that the press did not make one page of."""
    if isinstance(made, PressUnavailable):
        return made
    refusal = made if isinstance(made, Refusal) else TOO_LONG
    if refusal.reason is Reason.STOPPED and _may_try_again(number):
        return PressUnavailable(refusal.words)
    reason = refusals.kept(refusal)
    return CannotPrint(reason) if void(number, reason) else frozen_by_others(number)


def _may_try_again(number: LetterNumber) -> bool:
    """Count a try over which the press stopped; false once there were enough, or where the number has ended.

    The press may have been restarted; only a letter that stops it every time is what is wrong.
    """
    waiting = LetterNumber.objects.unfinished().filter(pk=number.pk)
    waiting.update(tries=F("tries") + 1)
    return bool(waiting.filter(tries__lt=MOST_TRIES).exists())
