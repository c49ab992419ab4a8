"""A letter up to its signature: prepared, edited, handed in, sent back, discarded."""

from __future__ import annotations

import dataclasses
import uuid
from typing import Any

from django.db import IntegrityError, transaction

from accounts import clock
from accounts.models import Membership
from accounts.queries import signers_of
from accounts.versions import compare_and_set
from letters import approval, queries, refusals
from letters.addressing import has_left
from letters.blocks import for_letter
from letters.composing import compose
from letters.enums import EventKind, GoesBy, State
from letters.facts import ASKED, Facts
from letters.models import MOST_PAGES, Letter, LetterEvent
from letters.picture_queries import bytes_for
from letters.second import as_second
from letters.sheet import Sheet, document, proof
from partners.models import Contact, Partnership
from press import client
from press.documents import Document, Refusal

from .dates import propose
from .errors import CannotPrint, ContactGone, LetterIncomplete, LetterTooLong, NotThisState, ReasonMissing

EDITABLE = frozenset(
    {
        *("contact", "liaison", "blocks", "suggested_by", "result", "goes_by", "supplied", "left_out"),
        *("meeting_1", "meeting_2", "reply_by", "call_on"),
    }
)


def propose_letter(
    *,
    partnership: Partnership,
    contact: Contact,
    kind: str,
    language: str,
    by: Membership,
    also: str = "",
    reason: str = "",
    facts: Facts = ASKED,
) -> Letter:
    """A letter out of the template's current text, with proposed dates; not saved. `partnership` is with a
    school; `also` is the second language of a letter in two."""
    school = partnership.school
    if school is None:
        raise ValueError("A letter belongs to a school; this partnership is with the district.")
    text = facts.text(kind, language, school)
    other = facts.text(kind, also, school) if also else None
    now = clock.now()
    return Letter(
        district_id=by.district_id,
        partnership=partnership,
        school=school,
        contact=contact,
        kind=kind,
        language=language,
        template_version=text,
        also=also,
        also_version=other,
        reason=reason.strip(),
        blocks=[*for_letter(text.blocks), *as_second(also, for_letter(other.blocks if other else []))],
        signer=next(iter(facts.signers(school)), None),
        liaison=partnership.owner or by,
        prepared_by=by,
        goes_by=GoesBy.EMAIL if contact.email else GoesBy.PRINT,
        created_at=now,
        changed_at=now,
        **dataclasses.asdict(propose(school, clock.today(school))),
    )


def prepare_letter(
    *,
    partnership: Partnership,
    contact: Contact,
    kind: str,
    language: str,
    by: Membership,
    also: str = "",
    reason: str = "",
    once: uuid.UUID | None = None,
) -> Letter:
    """A saved draft, as `propose_letter` has it; where the records lack nothing it can be handed in at once.

    `once` names the form that was filled in: sent again by the same person with the same choices, it gives
    the letter that it made, unless that was discarded. Raises ReasonMissing where the stage asks for a
    reason, or where the letter is not the stage's, and ContactGone where the person has left.
    """
    choices = (by.pk, partnership.pk, contact.pk, kind, language, also, reason)
    made = made_already(once, *choices)
    if made is not None:
        return made
    if has_left(contact):
        raise ContactGone(contact)
    if queries.needs_reason(partnership, kind) and not reason.strip():
        raise ReasonMissing
    letter = propose_letter(
        partnership=partnership,
        contact=contact,
        kind=kind,
        language=language,
        also=also,
        by=by,
        reason=reason,
    )
    if once is None:
        letter.save(force_insert=True)
        return letter
    letter.uid = _uid(once, choices)
    return _save_once(letter)


def made_already(once: uuid.UUID | None, *choices: object) -> Letter | None:
    """The letter that a form has made, unless that was discarded: by whom, in which partnership, to whom,
    which kind, languages and reason are its `choices`. A second click is no new letter, though the first one
    has moved the stage, which asks for another kind now."""
    if once is None:
        return None
    found: Letter | None = (
        Letter.objects.filter(uid=_uid(once, choices)).exclude(state=State.DISCARDED).first()
    )
    return found


def _uid(once: uuid.UUID, choices: tuple[object, ...]) -> uuid.UUID:
    return uuid.uuid5(once, "|".join(map(str, choices)))


def _save_once(letter: Letter) -> Letter:
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError:
        made: Letter | None = Letter.objects.filter(uid=letter.uid).first()
        if made is None:
            raise
        if made.state != State.DISCARDED:
            return made
        letter.uid = uuid.uuid4()
        letter.save(force_insert=True)
    return letter


def edit_draft(*, letter: Letter, version: int, by: Membership, **changes: Any) -> None:
    """Change a draft; its pages are not counted any more. Raises ChangedMeanwhile, and NotThisState once it
    was handed in."""
    unknown = set(changes) - EDITABLE
    if unknown:
        raise TypeError(f"Not for editing: {sorted(unknown)}")
    _expect(letter, State.DRAFT)
    compare_and_set(letter, expected=version, changed_at=clock.now(), pages=None, **changes)


def count_pages(*, letter: Letter) -> int:
    """How many pages a draft takes as it stands, gaps and all; kept with it. Raises CannotPrint and
    PressUnavailable."""
    whole = queries.whole(Letter.objects.filter(pk=letter.pk)).get()
    sheet = compose(whole)
    return _keep_pages(letter, whole.version, _pages_of(proof(sheet, bytes_for(sheet))))


def hand_in(*, letter: Letter, version: int, by: Membership, two_pages: bool = False) -> None:
    """Put a draft before its signer. Raises ContactGone, LetterIncomplete, LetterTooLong,
    CannotPrint and ChangedMeanwhile.

    The signer is a principal of the school; where there is none, LetterIncomplete says so. One that needs the
    district's approval waits for that first. One page a language is the rule; with `two_pages` somebody has
    said that two are meant.
    """
    _expect(letter, State.DRAFT)
    whole = queries.whole(Letter.objects.filter(pk=letter.pk)).get()
    if has_left(whole.contact):
        raise ContactGone(whole.contact)
    signers = signers_of(letter.school_id, by.district)
    whole.signer = whole.signer if whole.signer in signers else next(iter(signers), None)
    pages = _keep_pages(letter, version, make_proof(compose(whole)))
    check_length(pages, two_pages=two_pages or bool(letter.also))
    with transaction.atomic():
        compare_and_set(
            letter,
            expected=version,
            state=State.TO_SIGN,
            signer=whole.signer,
            handed_in_at=clock.now(),
            waits_for_approval=approval.needed(whole) is not None,
        )
        add_event(letter, EventKind.HANDED_IN, by=by)


def send_back(*, letter: Letter, version: int, note: str, by: Membership) -> None:
    """Give a letter back to those who prepared it, with a note. Raises ReasonMissing and ChangedMeanwhile."""
    if not note.strip():
        raise ReasonMissing
    _expect(letter, State.TO_SIGN)
    with transaction.atomic():
        compare_and_set(
            letter,
            expected=version,
            state=State.DRAFT,
            handed_in_at=None,
            waits_for_approval=False,
            changed_at=clock.now(),
        )
        add_event(letter, EventKind.SENT_BACK, by=by, reason=note)


def address_to(*, letter: Letter, version: int, contact: Contact, by: Membership) -> None:
    """Let a letter that waits for its signature go to another person at the partner; who had read it reads
    it again.

    Raises ContactGone for somebody who has left, ValueError for somebody of another partner,
    NotThisState and ChangedMeanwhile.
    """
    _expect(letter, State.TO_SIGN)
    if has_left(contact):
        raise ContactGone(contact)
    if contact not in queries.contacts_of(letter.partnership):
        raise ValueError("A letter goes to somebody at its own partner.")
    with transaction.atomic():
        compare_and_set(letter, expected=version, contact=contact, changed_at=clock.now())
        add_event(letter, EventKind.ADDRESSED, by=by)


def discard_letter(*, letter: Letter, version: int, by: Membership) -> None:
    """Take a draft out of all lists; its row stays. Raises ChangedMeanwhile."""
    _expect(letter, State.DRAFT)
    compare_and_set(letter, expected=version, state=State.DISCARDED, changed_at=clock.now())


def make_proof(sheet: Sheet) -> int:
    """Print a letter once to see that it can be, and on how many pages. Raises LetterIncomplete and
    CannotPrint."""
    if sheet.problems or not sheet.signer:
        raise LetterIncomplete(sheet.problems)
    return _pages_of(document(sheet, bytes_for(sheet)))


def check_length(pages: int, *, two_pages: bool) -> None:
    """Raise LetterTooLong unless that many pages are allowed."""
    if pages > (MOST_PAGES if two_pages else 1):
        raise LetterTooLong(pages)


def add_event(letter: Letter, kind: EventKind, *, by: Membership | None, reason: str = "") -> LetterEvent:
    """One more line of a letter's history."""
    event: LetterEvent = LetterEvent.objects.create(
        district_id=letter.district_id,
        letter=letter,
        kind=kind,
        at=clock.now(),
        by=by,
        reason=reason.strip()[:500],
    )
    return event


def _pages_of(printed: Document) -> int:
    [made] = client.render([printed])
    if isinstance(made, Refusal):
        raise CannotPrint(refusals.kept(made))
    return made.pages


def _keep_pages(letter: Letter, version: int, pages: int) -> int:
    """Keep how many pages that version takes; nobody edits it, so the version stays."""
    Letter.objects.filter(pk=letter.pk, version=version).update(pages=pages)
    letter.pages = pages
    return pages


def _expect(letter: Letter, *states: State) -> None:
    if letter.state not in states:
        raise NotThisState(letter.state)
