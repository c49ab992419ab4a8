"""A signed letter on its way: its personal link, its mail, its posting."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from contextlib import suppress

from django.db import transaction

from accounts import clock
from accounts.models import Membership
from accounts.outgoing import nudge_outbox
from accounts.versions import compare_and_set
from letters.enums import EventKind, State
from letters.going_out import on_paper, posted, with_posting
from letters.models import Batch, Letter, LetterEvent, ReplyLink
from partners.enums import Stage

from .errors import NothingToTakeBack, NotThisState
from .stages import move_on, take_stage_back
from .writing import add_event

LASTS = datetime.timedelta(days=180)


def make_links(letters: Iterable[Letter]) -> None:
    """The link by which each of these signed letters is answered; made once."""
    now = clock.now()
    ReplyLink.objects.bulk_create(
        (
            ReplyLink(district_id=letter.district_id, letter=letter, created_at=now, expires_at=now + LASTS)
            for letter in letters
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def want_mail(*, letter: Letter, version: int, by: Membership) -> None:
    """Ask that a signed letter is mailed; outreach pulls it. Raises NotThisState and ChangedMeanwhile."""
    if letter.state != State.SIGNED or not letter.contact.email:
        raise NotThisState(letter.state)
    compare_and_set(letter, expected=version, mail_wanted_at=clock.now())
    make_links([letter])
    nudge_outbox()


@transaction.atomic
def note_mailed(*, letter: Letter, to: str) -> None:
    """The mail has gone: its history says so, and the partner has been written to."""
    add_event(letter, EventKind.MAILED, by=None, reason=to)
    move_on(letter, Stage.CONTACTED, by=letter.signer)


@transaction.atomic
def note_posted(*, letter: Letter, by: Membership) -> LetterEvent:
    """Somebody has printed and posted it. A second time changes nothing. Raises NotThisState."""
    held = _held(letter)
    if held.state != State.SIGNED:
        raise NotThisState(held.state)
    already = posted(letter)
    if already:
        return already
    event = add_event(letter, EventKind.PRINTED, by=by)
    move_on(letter, Stage.CONTACTED, by=by)
    return event


@transaction.atomic
def take_posting_back(*, letter: Letter, by: Membership) -> None:
    """It was not posted after all; the stage that this moved is restored, unless it changed since.

    Raises NothingToTakeBack.
    """
    _held(letter)
    event = posted(letter)
    if event is None:
        raise NothingToTakeBack
    add_event(letter, EventKind.UNDONE, by=by)
    with suppress(NothingToTakeBack):
        take_stage_back(letter=letter, by=by, brought_since=event.at)


@transaction.atomic
def note_batch_posted(*, batch: Batch, by: Membership) -> int:
    """Somebody has posted all letters of a batch that go on paper; out: how many were not said to be yet."""
    waiting = with_posting(on_paper(batch)).filter(is_posted=False).select_related("partnership")
    return len([note_posted(letter=letter, by=by) for letter in waiting])


@transaction.atomic
def take_batch_posting_back(*, batch: Batch, by: Membership) -> int:
    """None of a batch's letters on paper was posted after all; out: how many were said to be.

    Raises NothingToTakeBack where none was.
    """
    gone = list(with_posting(on_paper(batch)).filter(is_posted=True).select_related("partnership"))
    if not gone:
        raise NothingToTakeBack
    for letter in gone:
        take_posting_back(letter=letter, by=by)
    return len(gone)


def _held(letter: Letter) -> Letter:
    """The letter's row as it stands, held until this transaction ends."""
    held: Letter = Letter.objects.select_for_update().get(pk=letter.pk)
    return held
