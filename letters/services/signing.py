"""The signature: it takes number and code and fixes the values, prints without a lock, and freezes.

1. One short transaction sets the letter to "signing" by compare-and-set, takes the school's next number and
keeps everything that will stand on the sheet in LetterNumber.
2. The press makes the PDF; no transaction is open and no row is locked.
3. Another short transaction keeps the bytes with their SHA-256, by compare-and-set on the letter's state.
What is caught between 1 and 3 is finished by the sweep once the press is back, or voided with a reason: no
number is unexplained.
"""

from __future__ import annotations

import dataclasses
import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import clock
from accounts.deputies import signs_for
from accounts.models import Membership
from accounts.models.work import TaskKind
from accounts.outgoing import nudge_outbox
from accounts.versions import compare_and_set
from accounts.work import add_task
from letters import approval, queries, refusals
from letters.addressing import has_left
from letters.composing import for_signature
from letters.enums import EventKind, State
from letters.models import Letter, LetterNumber, SignedLetter
from letters.numbers import new_code, reference, school_year, take_number
from letters.placeholders import Placeholder, named
from letters.sheet import Sheet, document
from partners.enums import Stage
from partners.services import set_stage
from press import client
from press.documents import Pdf, PressUnavailable, Reason, Refusal

from .errors import (
    CannotPrint,
    ContactGone,
    LetterIncomplete,
    NeedsApproval,
    NotTheSigner,
    NotThisState,
    SignatureWaits,
)
from .writing import add_event

RETAIN_YEARS = 7
GRACE = datetime.timedelta(seconds=60)  # how long a signature may be under way before the sweep takes it up
MOST_TRIES = 5  # how often the press may stop over one letter before its number is given up
TOO_LONG = Refusal(Reason.TOO_LARGE, "The letter is longer than a page.")


def sign_letter(*, letter: Letter, version: int, by: Membership, send: bool = True) -> SignedLetter:
    """Sign a letter: out comes what was frozen. With `send`, its mail is wanted where the contact has an
    address.

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
    number = _take(letter, version=version, send=send, principal=principal, by=by)
    try:
        return finish_number(number=number)
    except PressUnavailable as away:
        raise SignatureWaits(number.reference) from away


@transaction.atomic
def _take(letter: Letter, *, version: int, send: bool, principal: Membership, by: Membership) -> LetterNumber:
    """Step 1: everything that the signature fixes."""
    whole = queries.whole(Letter.objects.filter(pk=letter.pk)).get()
    if has_left(whole.contact):
        raise ContactGone(whole.contact)
    day = clock.today(whole.school)
    sheet = for_signature(whole, by, principal, day=day)
    if sheet.problems:
        raise LetterIncomplete(sheet.problems)
    if need := approval.needed(whole):
        raise NeedsApproval(need)
    handed_in = letter.handed_in_at or clock.now()
    compare_and_set(
        letter,
        expected=version,
        state=State.SIGNING,
        signer=by,
        signed_for=None if principal.pk == by.pk else principal,
        handed_in_at=handed_in,
        waits_for_approval=False,
    )
    year = school_year(day, by.district)
    number = take_number(whole.school, year)
    named = dataclasses.replace(sheet, reference=reference(whole.school, year, number), code=new_code())
    taken: LetterNumber = LetterNumber.objects.create(
        district_id=letter.district_id,
        letter=letter,
        school=whole.school,
        year=year,
        number=number,
        reference=named.reference,
        code=named.code,
        fixed={"sheet": dataclasses.asdict(named), "send": send and bool(whole.contact.email)},
        by=by,
        taken_at=clock.now(),
    )
    return taken


def finish_number(*, number: LetterNumber) -> SignedLetter:
    """Steps 2 and 3 for a number that was taken: print and freeze. Can be repeated; the first one counts.

    Raises PressUnavailable (the number waits for the press) and CannotPrint (the number was voided).
    """
    sheet = Sheet(**number.fixed["sheet"])
    [made] = client.render([document(sheet)])
    if isinstance(made, Pdf) and made.pages == 1:
        return _freeze(number, sheet, made)
    refusal = made if isinstance(made, Refusal) else TOO_LONG
    if refusal.reason is Reason.STOPPED and _may_try_again(number):
        raise PressUnavailable(refusal.words)
    reason = refusals.kept(refusal)
    if not _void(number, reason):
        return _frozen(number)
    raise CannotPrint(reason)


def unfinished_numbers(*, before: datetime.datetime | None = None) -> list[LetterNumber]:
    """Numbers that were taken over a minute ago and are neither frozen nor voided: work for the sweep.

    Those over which the press stopped come last, so that none of them holds the others up.
    """
    late = LetterNumber.objects.unfinished().filter(taken_at__lt=before or clock.now() - GRACE)
    return list(late.select_related("letter", "by__user", "by__district").order_by("tries", "taken_at", "pk"))


@transaction.atomic
def _freeze(number: LetterNumber, sheet: Sheet, made: Pdf) -> SignedLetter:
    """Step 3, once: where somebody else was first, what they froze comes out."""
    letter = Letter.objects.select_for_update().get(pk=number.letter_id)
    if not _is_under_way(number):
        return _frozen(number)
    now = clock.now()
    signed: SignedLetter = SignedLetter.objects.create(
        district_id=number.district_id,
        letter=letter,
        number=number,
        reference=number.reference,
        code=number.code,
        sha256=made.sha256,
        pdf=made.content,
        values=sheet.values,
        recipient={"lines": sheet.recipient},
        signer={
            "name": sheet.signer,
            "title": sheet.signer_title,
            **({"for": sheet.signs_for} if sheet.signs_for else {}),
        },
        signed_at=now,
        retain_until=_years_on(clock.today(letter.school), RETAIN_YEARS),
    )
    compare_and_set(
        letter,
        expected=letter.version,
        state=State.SIGNED,
        signed_at=now,
        reference=number.reference,
        mail_wanted_at=now if number.fixed["send"] else None,
    )
    if number.fixed["send"]:
        nudge_outbox()
    add_event(letter, EventKind.SIGNED, by=number.by)
    _follow_up(letter, number)
    return signed


def _may_try_again(number: LetterNumber) -> bool:
    """Count a try over which the press stopped; false once there were enough, or where the number has ended.

    The press may have been restarted; only a letter that stops it every time is what is wrong.
    """
    waiting = LetterNumber.objects.unfinished().filter(pk=number.pk)
    waiting.update(tries=F("tries") + 1)
    return bool(waiting.filter(tries__lt=MOST_TRIES).exists())


def _is_under_way(number: LetterNumber) -> bool:
    """Whether the number still waits for its PDF; asked under the lock of its letter. A press that answers
    late must not end a number that was voided, nor the letter's next one."""
    return bool(LetterNumber.objects.unfinished().filter(pk=number.pk).exists())


def _frozen(number: LetterNumber) -> SignedLetter:
    """What came of a number that somebody else has ended. Raises CannotPrint where it was voided."""
    signed: SignedLetter | None = SignedLetter.objects.filter(number=number).first()
    if signed is None:
        number.refresh_from_db(fields=["void_reason"])
        raise CannotPrint(number.void_reason)
    return signed


def _follow_up(letter: Letter, number: LetterNumber) -> None:
    """What a signature brings: the call that it promises becomes a task, and the stage moves on."""
    partnership = letter.partnership
    if partnership.stage == Stage.IDENTIFIED:
        set_stage(partnership=partnership, stage=Stage.CONTACTED, by=number.by, cause_uid=letter.uid)
    if letter.call_on is None or Placeholder.CALL_ON not in named(letter.blocks):
        return
    caller = letter.liaison or number.by
    with override(caller.user.language):
        title = _("Call %(name)s at %(partner)s about letter %(reference)s") % {
            "name": letter.contact.name,
            "partner": partnership.partner.name,
            "reference": number.reference,
        }
    add_task(
        kind=TaskKind.PROMISED_CALL,
        title=title,
        owner=caller,
        due_on=letter.call_on,
        by=number.by,
        subject_kind="letter",
        subject_uid=letter.uid,
    )


@transaction.atomic
def _void(number: LetterNumber, reason: str) -> bool:
    """Give a number up, with its reason, and let the letter wait for a signature as before.

    Out: False where somebody else has ended it already.
    """
    letter = Letter.objects.select_for_update().get(pk=number.letter_id)
    if not _is_under_way(number):
        return False
    LetterNumber.objects.filter(pk=number.pk).update(voided_at=clock.now(), void_reason=reason[:255])
    compare_and_set(
        letter,
        expected=letter.version,
        state=State.TO_SIGN,
        signer=letter.signed_for or letter.signer,
        signed_for=None,
    )
    add_event(letter, EventKind.VOIDED, by=number.by, reason=f"{number.reference}: {reason}")
    return True


def _years_on(day: datetime.date, years: int) -> datetime.date:
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)
