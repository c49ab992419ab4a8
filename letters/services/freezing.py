"""Step 3 of a signature: the bytes are kept with their SHA-256, or the number is given up with a reason."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case, F, OuterRef, Subquery, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import clock
from accounts.models import Task
from accounts.models.work import TaskKind
from accounts.outgoing import nudge_outbox
from accounts.versions import compare_and_set
from accounts.work import add_tasks, planned_task
from letters.enums import EventKind, State
from letters.models import Letter, LetterEvent, LetterNumber, SignedLetter
from letters.placeholders import Placeholder, named
from letters.sheet import Sheet
from press.documents import Pdf

from .afterwards import withdraw_replaced
from .errors import CannotPrint
from .going_out import make_links
from .writing import add_event

RETAIN_YEARS = 7


@dataclass(frozen=True)
class Printed:
    """A number, its sheet, and the PDF that the press made of it."""

    number: LetterNumber
    sheet: Sheet
    pdf: Pdf


@transaction.atomic
def freeze_several(printed: Sequence[Printed]) -> dict[int, SignedLetter | CannotPrint]:
    """What was frozen, by the number's key: once, whoever else prints the same.

    Where somebody else was first, what they froze comes out, or why they voided it. One transaction and a
    handful of statements for all.
    """
    of_these = Letter.objects.filter(pk__in=[one.number.letter_id for one in printed]).order_by("pk")
    letters = {
        letter.pk: letter
        for letter in of_these.select_for_update(of=("self",)).select_related(
            "school__district", "partnership__partner", "contact", "liaison__user"
        )
    }
    mine = under_way([one.number for one in printed])
    first = [one for one in printed if one.number.pk in mine]
    now = clock.now()
    if first:
        kept = SignedLetter.objects.bulk_create(
            [_as_signed(one, letters[one.number.letter_id], now) for one in first]
        )
        _mark_signed([one.number for one in first], now)
        make_links(letters[one.number.letter_id] for one in first)
        for one, signed in zip(first, kept, strict=True):
            letter = letters[one.number.letter_id]
            signed.letter = _in_memory(letter, one.number, now)
            withdraw_replaced(letter, by=one.number.by)
        add_tasks(_promised_calls((letters[one.number.letter_id], one.number) for one in first))
        frozen: dict[int, SignedLetter | CannotPrint] = {signed.number_id: signed for signed in kept}
    else:
        frozen = {}
    return frozen | {
        one.number.pk: frozen_by_others(one.number) for one in printed if one.number.pk not in frozen
    }


def under_way(numbers: Iterable[LetterNumber]) -> set[int]:
    """Those that still wait for their PDF, by key; asked under the locks of their letters.

    A press that answers late must not end a number that was voided, nor the letter's next one.
    """
    keys = [number.pk for number in numbers]
    return set(LetterNumber.objects.unfinished().filter(pk__in=keys).values_list("pk", flat=True))


def frozen_by_others(number: LetterNumber) -> SignedLetter | CannotPrint:
    """What came of a number that somebody else has ended."""
    signed: SignedLetter | None = SignedLetter.objects.filter(number=number).first()
    if signed is not None:
        return signed
    number.refresh_from_db(fields=["void_reason"])
    return CannotPrint(number.void_reason)


@transaction.atomic
def void(number: LetterNumber, reason: str, **counted: int) -> bool:
    """Give a number up, with its reason, and let the letter wait for a signature as before: on two pages,
    where it was `counted` so.

    Out: False where somebody else has ended it already.
    """
    letter = Letter.objects.select_for_update().get(pk=number.letter_id)
    if not under_way([number]):
        return False
    LetterNumber.objects.filter(pk=number.pk).update(voided_at=clock.now(), void_reason=reason[:255])
    compare_and_set(
        letter,
        expected=letter.version,
        state=State.TO_SIGN,
        signer=letter.signed_for or letter.signer,
        signed_for=None,
        **counted,
    )
    add_event(letter, EventKind.VOIDED, by=number.by, reason=f"{number.reference}: {reason}")
    return True


def _as_signed(one: Printed, letter: Letter, now: datetime.datetime) -> SignedLetter:
    """The row that is kept, not yet written."""
    number, sheet = one.number, one.sheet
    return SignedLetter(
        district_id=number.district_id,
        letter=letter,
        number=number,
        reference=number.reference,
        code=number.code,
        sha256=one.pdf.sha256,
        pdf=one.pdf.content,
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


def _mark_signed(numbers: Sequence[LetterNumber], now: datetime.datetime) -> None:
    """The letters are signed, their mail wanted where it is, and their history says so. They are locked."""
    keys = [number.letter_id for number in numbers]
    mailed = [number.letter_id for number in numbers if number.fixed["send"]]
    of_its_number = LetterNumber.objects.filter(letter=OuterRef("pk"), voided_at=None).values("reference")
    Letter.objects.filter(pk__in=keys).update(
        version=F("version") + 1,
        state=State.SIGNED,
        signed_at=now,
        reference=Subquery(of_its_number[:1]),
        mail_wanted_at=Case(When(pk__in=mailed, then=Value(now)), default=F("mail_wanted_at")),
    )
    LetterEvent.objects.bulk_create(
        LetterEvent(
            district_id=number.district_id,
            letter_id=number.letter_id,
            kind=EventKind.SIGNED,
            at=now,
            by=number.by,
        )
        for number in numbers
    )
    if mailed:
        nudge_outbox()


def _in_memory(letter: Letter, number: LetterNumber, now: datetime.datetime) -> Letter:
    letter.version += 1
    letter.state, letter.signed_at, letter.reference = State.SIGNED, now, number.reference
    if number.fixed["send"]:
        letter.mail_wanted_at = now
    return letter


def _promised_calls(signed: Iterable[tuple[Letter, LetterNumber]]) -> Iterator[Task]:
    """The call that a letter promises becomes the caller's task."""
    for letter, number in signed:
        if letter.call_on is None or Placeholder.CALL_ON not in named(letter.blocks):
            continue
        caller = letter.liaison or number.by
        with override(caller.user.language):
            title = _("Call %(name)s at %(partner)s about letter %(reference)s") % {
                "name": letter.contact.name,
                "partner": letter.partnership.partner.name,
                "reference": number.reference,
            }
        yield planned_task(
            kind=TaskKind.PROMISED_CALL,
            title=title,
            owner=caller,
            due_on=letter.call_on,
            by=number.by,
            subject_kind="letter",
            subject_uid=letter.uid,
        )


def _years_on(day: datetime.date, years: int) -> datetime.date:
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)
