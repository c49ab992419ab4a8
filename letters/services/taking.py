"""Step 1 of a signature: number and code are taken, and everything that will stand on the sheet is fixed."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce

from accounts import clock
from accounts.models import Membership, School
from accounts.versions import ChangedMeanwhile
from letters import approval, queries
from letters.addressing import has_left
from letters.composing import for_signature
from letters.enums import GoesBy, State
from letters.facts import FactsOfMany
from letters.models import Letter, LetterNumber
from letters.numbers import new_code, reference, school_year, take_numbers
from letters.sheet import Sheet

from .errors import ContactGone, LetterIncomplete, LetterTooLong, NeedsApproval
from .writing import check_length

NotTaken = ContactGone | LetterIncomplete | LetterTooLong | NeedsApproval | ChangedMeanwhile


def take(
    letter: Letter,
    *,
    version: int,
    send: bool,
    principal: Membership,
    by: Membership,
    two_pages: bool = False,
) -> LetterNumber:
    """The number of one letter. Raises ContactGone, LetterIncomplete, NeedsApproval,
    LetterTooLong and ChangedMeanwhile."""
    letter.version = version
    [taken] = take_several([letter], send=send, principal=principal, by=by, two_pages=two_pages)
    if isinstance(taken, LetterNumber):
        return taken
    raise taken


@transaction.atomic
def take_several(
    letters: Sequence[Letter], *, send: bool, principal: Membership, by: Membership, two_pages: bool = False
) -> list[LetterNumber | NotTaken]:
    """For each of a school's letters its number, or why it has none: one short transaction for all.

    Each is signed at the version that it has in memory. All sheets are made before the first number is
    taken, so that the school's row is held for the writing alone.
    """
    if not letters:
        return []
    wholes = {row.pk: row for row in queries.whole(Letter.objects.filter(pk__in=[one.pk for one in letters]))}
    sheets = _sheets(wholes.values(), letters[0].school, principal=principal, by=by)
    why_not: dict[int, NotTaken] = {}
    for letter in letters:
        try:
            _check(wholes[letter.pk], sheets[letter.pk])
            may_be_two = two_pages or bool(letter.also) or letter.state == State.TO_SIGN
            check_length(letter.pages or letter.pages_meant, two_pages=may_be_two)
        except (ContactGone, LetterIncomplete, LetterTooLong, NeedsApproval) as error:
            why_not[letter.pk] = error
    ready = [letter for letter in letters if letter.pk not in why_not]
    still = _set_signing(ready, principal=principal, by=by)
    why_not |= {letter.pk: ChangedMeanwhile() for letter in ready if letter.pk not in still}
    ready = [letter for letter in ready if letter.pk in still]
    taken = _numbers(ready, sheets, send=send, by=by) if ready else {}
    return [taken.get(letter.pk) or why_not[letter.pk] for letter in letters]


def _sheets(
    wholes: Collection[Letter], school: School, *, principal: Membership, by: Membership
) -> dict[int, Sheet]:
    """The sheet of each letter, as this person signs it today."""
    facts = FactsOfMany([whole.partnership.partner for whole in wholes], school)
    return {whole.pk: for_signature(whole, by, principal, facts=facts) for whole in wholes}


def _check(letter: Letter, sheet: Sheet) -> None:
    """Raise what keeps a letter from being signed."""
    if has_left(letter.contact):
        raise ContactGone(letter.contact)
    if problems := sheet.problems:
        raise LetterIncomplete(problems)
    if need := approval.needed(letter):
        raise NeedsApproval(need)


def _set_signing(letters: Sequence[Letter], *, principal: Membership, by: Membership) -> set[int]:
    """Write that they are signed, where they still have the version of memory; out: the keys of those.

    Two statements, however many letters: compare-and-set one by one would take a tenth of a batch's time.
    """
    rows = Letter.objects.filter(pk__in=[letter.pk for letter in letters])
    stored = dict(rows.select_for_update().order_by("pk").values_list("pk", "version"))
    same = [letter for letter in letters if stored.get(letter.pk) == letter.version]
    changes: dict[str, Any] = {
        "state": State.SIGNING,
        "signer": by,
        "signed_for": None if principal.pk == by.pk else principal,
        "waits_for_approval": False,
    }
    now = clock.now()
    on_paper = [letter.pk for letter in same if not letter.contact.email]
    rows.filter(pk__in=[letter.pk for letter in same]).update(
        version=F("version") + 1,
        handed_in_at=Coalesce("handed_in_at", Value(now)),
        goes_by=Case(When(pk__in=on_paper, then=Value(GoesBy.PRINT)), default=F("goes_by")),
        **changes,
    )
    for letter in same:
        letter.version += 1
        letter.handed_in_at = letter.handed_in_at or now
        letter.goes_by = letter.goes_by if letter.contact.email else GoesBy.PRINT
        for name, value in changes.items():
            setattr(letter, name, value)
    return {letter.pk for letter in same}


def _numbers(
    letters: Sequence[Letter], sheets: dict[int, Sheet], *, send: bool, by: Membership
) -> dict[int, LetterNumber]:
    """A number for each letter, kept with its sheet: by the letter's key."""
    school, now = letters[0].school, clock.now()
    year = school_year(clock.today(school), by.district)
    rows = []
    for letter, number in zip(letters, take_numbers(school, year, len(letters)), strict=True):
        named = dataclasses.replace(
            sheets[letter.pk], reference=reference(school, year, number), code=new_code()
        )
        fixed = {
            "sheet": dataclasses.asdict(named),
            "send": send and letter.by_mail,
            "pages": letter.pages or letter.pages_meant,  # how many it may take
        }
        rows.append(
            LetterNumber(
                district_id=letter.district_id,
                letter=letter,
                school=school,
                year=year,
                number=number,
                reference=named.reference,
                code=named.code,
                fixed=fixed,
                by=by,
                taken_at=now,
            )
        )
    return {row.letter_id: row for row in LetterNumber.objects.bulk_create(rows)}
